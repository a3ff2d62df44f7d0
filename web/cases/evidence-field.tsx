import { useState } from 'react';
import type { ApplicationFile, GivenEvidence } from '../../contract/applications.ts';
import { messages as applicationMessages } from '../shared/application/messages/index.ts';
import type { Variant } from '../shared/application/passport.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { upload, type Uploaded } from '../shared/upload.ts';
import { DocumentCamera } from './document-camera.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

/** A document as it was seen, with the scans that it has and those that are new. */
export interface Given {
  readonly seen: GivenEvidence['seen'];
  readonly copies: number;
  readonly files: ApplicationFile['evidence'][number]['files'];
  readonly fresh: readonly string[];
}

/** A document with more files as its scan. */
export function withFiles(given: Given | null, files: readonly Uploaded[]): Given {
  const before = given ?? { seen: 'scan' as const, copies: 0, files: [], fresh: [] };
  return {
    ...before,
    files: [...before.files, ...files.map(({ fileId, name, state }) => ({ fileId, name, state, contentType: '' }))],
    fresh: [...before.fresh, ...files.map(({ fileId }) => fileId)],
  };
}

const WAYS = ['original-shown', 'original-kept', 'copy', 'scan', 'lawful-reason'] as const;

interface EvidenceFieldProps {
  readonly need: Variant['evidence'][number];
  readonly given: Given | null;
  readonly give: (given: Given | null) => void;
}

/** One document: how it was seen, how many copies, and its scan from a file, a scanner or the camera. */
export function EvidenceField({ need, given, give }: EvidenceFieldProps) {
  const words = useMessages(messages);
  const { seen: ways, infected, waiting } = useMessages(applicationMessages);
  const { language } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const name = need.name[language];
  const take = async (files: readonly File[]) => {
    setProblem(null);
    const sent = await Promise.all(files.map(upload));
    if (sent.some(({ state }) => state === 'infected')) setProblem(infected);
    const clean = sent.filter(({ state }) => state !== 'infected');
    give(withFiles(given, clean));
  };
  const takeOrSay = (files: readonly File[]) => void take(files).catch((error: Error) => setProblem(error.message));
  return (
    <div className="evidence" role="group" aria-label={name}>
      <span>
        {name} <span className="quiet">({need.need === 'must' ? words.must : words.ifPresent})</span>
      </span>
      <select
        aria-label={`${name}: ${words.seen}`}
        value={given?.seen ?? ''}
        onChange={(event) => {
          const seen = event.target.value as Given['seen'] | '';
          give(seen === '' ? null : { ...(given ?? { copies: need.copies, files: [], fresh: [] }), seen });
        }}
      >
        <option value="">{words.notSeen}</option>
        {[...WAYS, ...(given === null || (WAYS as readonly string[]).includes(given.seen) ? [] : [given.seen])].map(
          (way) => (
            <option key={way} value={way}>
              {ways[way]}
            </option>
          ),
        )}
      </select>
      <input
        type="file"
        aria-label={`${name}: ${words.scan}`}
        accept="image/*,application/pdf"
        multiple
        onChange={(event) => {
          takeOrSay(Array.from(event.target.files ?? []));
        }}
      />
      <DocumentCamera name={name} taken={(picture) => takeOrSay([picture])} />
      {given !== null && given.files.length > 0 && (
        <ul>
          {given.files.map(({ fileId, name: file, state }) => (
            <li key={fileId}>
              {file}
              {state === 'waiting' && ` (${waiting})`}
            </li>
          ))}
        </ul>
      )}
      <Problem text={problem} />
    </div>
  );
}
