import { useState } from 'react';
import type { ApplicationFile, GivenEvidence } from '../../contract/application-shapes.ts';
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
  /** Why it is not needed, where the law does not ask for it. */
  readonly reason?: string;
  /** When it was issued, where it is good for some days only. */
  readonly issuedOn?: string;
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

/** As the server's own limit for every way in. */
const SCAN_BYTES_MAX = 20 * 1_024 * 1_024;

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
    const problems: string[] = [];
    const sent = await Promise.all(
      files.map(async (file) => {
        // The person is still there: what will not be taken is said before it travels.
        if (file.size > SCAN_BYTES_MAX) return void problems.push(words.scanTooLarge(file.name));
        const said = await upload(file).catch((error: Error) => void problems.push(`${file.name}: ${error.message}`));
        if (said?.state !== 'infected') return said;
        return void problems.push(`${file.name}: ${infected}`);
      }),
    );
    if (problems.length > 0) setProblem(problems.join(' '));
    // One that is refused takes the others nothing.
    const taken = sent.filter((one) => one !== undefined);
    if (taken.length > 0) give(withFiles(given, taken));
  };
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
      <Details need={need} given={given} give={give} />
      <input
        type="file"
        aria-label={`${name}: ${words.scan}`}
        title={words.scanRule}
        accept="image/*,.heic,.heif,.tif,.tiff,application/pdf"
        multiple
        onChange={(event) => {
          void take(Array.from(event.target.files ?? []));
          // The same file, mended, may be chosen again.
          event.target.value = '';
        }}
      />
      <DocumentCamera name={name} taken={(picture) => void take([picture])} />
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

/** Details of a document in addition to how it was seen: why it is not needed, or when it was issued. */
function Details({ need, given, give }: EvidenceFieldProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const name = need.name[language];
  return (
    <>
      {given?.seen === 'lawful-reason' && (
        <input
          aria-label={`${name}: ${words.lawfulReason}`}
          placeholder={words.lawfulReason}
          minLength={5}
          maxLength={300}
          required
          value={given.reason ?? ''}
          onChange={(event) => give({ ...given, reason: event.target.value })}
        />
      )}
      {given !== null && need.shelfLifeDays !== null && given.seen !== 'lawful-reason' && (
        <label>
          <span>{words.issuedOn}</span>
          <input
            type="date"
            value={given.issuedOn ?? ''}
            onChange={(event) => give({ ...given, issuedOn: event.target.value })}
          />
        </label>
      )}
    </>
  );
}
