import { useState } from 'react';
import type { ApplicationFile } from '../../contract/applications.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person } from '../../contract/persons.ts';
import type { FormField } from '../../core/applications/form.ts';
import { call } from '../shared/client.ts';
import { Form } from '../shared/form.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { CaseDesk } from './case-desk.tsx';
import { messages } from './messages/index.ts';
import { PackageGraph } from './package-graph.tsx';

interface PackageDeskProps {
  readonly first: PackageFile;
  readonly person: Person | null;
}

/** A package at the window: what is known of it once, its course, and the step that is worked on. */
export function PackageDesk({ first, person }: PackageDeskProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [pack, setPack] = useState(first);
  const [file, setFile] = useState<ApplicationFile | null>(null);
  const { packageId } = pack;
  const again = () => call('GET /api/packages/:packageId', { params: { packageId } }).then(setPack);
  const open = (applicationId: string) =>
    void call('GET /api/applications/:applicationId', { params: { applicationId } }).then(setFile);
  return (
    <section className="package" aria-labelledby="package">
      <h2 id="package">
        {words.package}: {pack.name[language]}
      </h2>
      {pack.lastDay !== null && (
        <p>
          {words.wholeLastDay} <strong>{pack.lastDay.split('-').toReversed().join('.')}</strong>
        </p>
      )}
      <PackageGraph pack={pack} opened={file?.applicationId ?? null} open={open} />
      <PackageFacts
        key={JSON.stringify(pack.facts)}
        pack={pack}
        written={(next) => {
          setPack(next);
          if (file !== null) open(file.applicationId);
        }}
      />
      {file !== null && (
        <CaseDesk
          key={`${file.applicationId}/${file.edition}`}
          file={file}
          person={person}
          changed={(next) => {
            setFile(next);
            void again();
          }}
        />
      )}
    </section>
  );
}

/** What is asked once for the whole package. */
function PackageFacts({
  pack,
  written,
}: {
  readonly pack: PackageFile;
  readonly written: (pack: PackageFile) => void;
}) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const fields = pack.fields as readonly FormField[];
  return (
    <Form
      title={words.fill}
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
        written(
          await call('PUT /api/packages/:packageId/facts', { params: { packageId: pack.packageId }, body: { facts } }),
        );
        return words.saved;
      }}
    />
  );
}
