import { useCallback, useState } from 'react';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { ListEditor } from '../../shared/list-editor.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';

/** What became of the network year by year, each with where it is known from. */
export function HistoryPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [year, setYear] = useState<number | null>(null);
  const { value, problem, reload } = useLoaded(useCallback(() => call('GET /api/network/history', {}), []));
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  return (
    <>
      <DataTable
        name={words.history}
        rows={value}
        keyOf={({ year: of, text }) => `${of} ${text.ru}`}
        columns={[
          { label: words.year, value: (row) => row.year },
          { label: words.entries, value: ({ text }) => text[language] },
          { label: words.source, value: ({ source }) => source },
        ]}
      />
      <Form
        title={words.year}
        action={words.show}
        fields={[{ name: 'year', label: words.year, kind: 'number' }]}
        run={async ({ year: wanted }) => setYear(Number(wanted))}
      />
      {year !== null && (
        <ListEditor
          key={year}
          title={`${words.entries}: ${year}`}
          fields={[
            { name: 'ru', label: words.textRu, kind: 'text' },
            { name: 'en', label: words.textEn, kind: 'text' },
            { name: 'source', label: words.source, kind: 'text' },
          ]}
          rows={value.filter((row) => row.year === year).map(({ text, source }) => ({ ...text, source }))}
          save={async (rows) => {
            const entries = rows.map(({ ru = '', en = '', source = '' }) => ({ text: { ru, en }, source }));
            await call('PUT /api/network/history/:year', { params: { year }, body: { entries } });
            await reload();
          }}
        />
      )}
    </>
  );
}
