import { useCallback, useEffect, useState } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person } from '../../contract/persons.ts';
import type { FormField } from '../../core/applications/form.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { call } from '../shared/client.ts';
import { Form } from '../shared/form.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { CaseDesk } from './case-desk.tsx';
import { isUnsaved } from './draft-writer.ts';
import { messages } from './messages/index.ts';
import { PackageGraph } from './package-graph.tsx';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 3_000;
/** Longer than an answer to what was written here is on its way. */
const SETTLE_MS = 1_000;

interface PackageDeskProps {
  readonly first: PackageFile;
  readonly person: Person | null;
}

/** A package at the window: what is known of it once, its course, and the step that is worked on. */
export function PackageDesk({ first, person }: PackageDeskProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [file, setFile] = useState<ApplicationFile | null>(null);
  const [turn, setTurn] = useState(0);
  const { packageId } = first;
  // Agencies answer at any time: the page is refreshed again and again.
  const known = useQuery('GET /api/packages/:packageId', { params: { packageId } }, ASK_EVERY_MS);
  const pack = known.data ?? first;
  const open = useCallback(
    (applicationId: string, isStillWanted: () => boolean = () => true) =>
      void call('GET /api/applications/:applicationId', { params: { applicationId } }).then((found) => {
        if (!isStillWanted()) return;
        setFile(found);
        setTurn((before) => before + 1);
      }),
    [],
  );
  const newest = pack.steps.find(({ applicationId }) => applicationId === file?.applicationId)?.edition ?? 0;
  const opened = file?.applicationId;
  const isBehind = file !== null && newest > file.edition;
  useEffect(() => {
    if (!isBehind || opened === undefined) return;
    // Another window has changed it. What is being typed here is left alone; the server says so when it is sent.
    let gone = false;
    const timer = setTimeout(() => open(opened, () => !gone && !isUnsaved(opened)), SETTLE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [isBehind, opened, open]);
  return (
    <section className="package" aria-labelledby="package">
      <h2 id="package">
        {words.package}: {pack.name[language]}
      </h2>
      <QueryState of={known} calm />
      {pack.lastDay !== null && (
        <p>
          {words.wholeLastDay} <strong>{dayInDigits(pack.lastDay)}</strong>
        </p>
      )}
      <PackageGraph pack={pack} opened={file?.applicationId ?? null} open={open} />
      <PackageFacts
        key={JSON.stringify(pack.facts)}
        pack={pack}
        written={() => {
          void known.again();
          if (file !== null) open(file.applicationId);
        }}
      />
      <MoreSteps pack={pack} />
      {file !== null && (
        <CaseDesk
          key={`${file.applicationId}/${turn}`}
          file={file}
          person={person}
          changed={(next) => {
            setFile(next);
            void known.again();
          }}
        />
      )}
    </section>
  );
}

/** Steps that can still be taken into the package. */
function MoreSteps({ pack: { packageId, more } }: { readonly pack: PackageFile }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const adding = useChange('POST /api/packages/:packageId/steps', ['GET /api/packages/:packageId']);
  if (more.length === 0) return null;
  const add = (stepId: string) =>
    adding.run({ params: { packageId }, body: { commandId: crypto.randomUUID(), stepId } });
  return (
    <section aria-label={words.addStep}>
      <h3>{words.addStep}</h3>
      <div className="row-actions">
        {more.map(({ stepId, name }) => (
          <button key={stepId} type="button" onClick={() => add(stepId)}>
            {name[language]}
          </button>
        ))}
      </div>
      <Problem text={adding.problem} />
    </section>
  );
}

/** What is asked once for the whole package. */
function PackageFacts({ pack, written }: { readonly pack: PackageFile; readonly written: () => void }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const fields = pack.fields as readonly FormField[];
  return (
    <Form
      title={words.packageFacts}
      action={words.saveDraft}
      fields={fields.map(({ name, label, kind, fact = '' }) => ({
        name,
        label: label[language],
        kind: kind === 'date' ? 'date' : kind === 'yes-no' ? 'choice' : 'text',
        value: pack.facts[fact] ?? '',
        optional: true,
        ...(kind === 'yes-no'
          ? {
              options: [
                { value: '', label: '' },
                { value: 'yes', label: words.yes },
                { value: 'no', label: words.no },
              ],
            }
          : {}),
      }))}
      run={async (values) => {
        const facts = Object.fromEntries(
          fields.flatMap(({ name, fact }) => {
            const value = values[name] ?? '';
            return fact === undefined || value === '' ? [] : [[fact, value]];
          }),
        );
        await call('PUT /api/packages/:packageId/facts', { params: { packageId: pack.packageId }, body: { facts } });
        written();
        return words.saved;
      }}
    />
  );
}
