import { useCallback } from 'react';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';

/** Every service with the version that is in force. */
export function CataloguePage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { value, problem } = useLoaded(useCallback(() => call('GET /api/catalogue', {}), []));
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  return (
    <DataTable
      name={words.pages.catalogue}
      rows={value}
      keyOf={({ serviceId }) => serviceId}
      columns={[
        { label: words.letter, value: ({ letter }) => letter },
        { label: words.group, value: ({ group }) => group[language] },
        {
          label: words.service,
          value: ({ name }) => name[language],
          show: ({ serviceId, name }) => <a href={`/office/catalogue/${serviceId}`}>{name[language]}</a>,
        },
        { label: words.version, value: ({ version }) => version },
        { label: words.draft, value: ({ draft }) => (draft ? words.yes : words.no) },
        { label: words.pilotOnly, value: ({ pilotOnly }) => (pilotOnly ? words.yes : words.no) },
      ]}
    />
  );
}
