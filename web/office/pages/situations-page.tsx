import { useCallback } from 'react';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';

/** The situations in life in which several services are asked for at once. */
export function SituationsPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { value, problem } = useLoaded(useCallback(() => call('GET /api/package-templates', {}), []));
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  return (
    <>
      <DataTable
        name={words.pages.situations}
        rows={value}
        keyOf={({ templateId }) => templateId}
        columns={[
          {
            label: words.situation,
            value: ({ template }) => template.name[language],
            show: ({ templateId, template }) => (
              <a href={`/office/situations/${templateId}`}>{template.name[language]}</a>
            ),
          },
          { label: words.steps, value: ({ template }) => template.steps.length },
          { label: words.version, value: ({ version }) => version },
          { label: words.draft, value: ({ draft }) => (draft ? words.yes : words.no) },
        ]}
      />
      <Form
        title={words.newSituation}
        action={words.open}
        fields={[{ name: 'id', label: words.situationId, kind: 'text' }]}
        run={async ({ id = '' }) => location.assign(`/office/situations/${encodeURIComponent(id)}`)}
      />
    </>
  );
}
