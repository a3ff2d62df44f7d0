import { useState } from 'react';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../../shared/query.ts';
import { ListEditor } from '../../shared/list-editor.tsx';
import { messages } from '../messages/index.ts';

/** What became of the network year by year, each with where it is known from. */
export function HistoryPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [year, setYear] = useState<number | null>(null);
  const history = useQuery('GET /api/network/history', {});
  const write = useChange('PUT /api/network/history/:year', ['GET /api/network/history']);
  if (history.data === null) return <QueryState of={history} />;
  return (
    <>
      <QueryState of={history} />
      <DataTable
        name={words.history}
        rows={history.data}
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
          rows={history.data.filter((row) => row.year === year).map(({ text, source }) => ({ ...text, source }))}
          save={async (rows) => {
            const entries = rows.map(({ ru = '', en = '', source = '' }) => ({ text: { ru, en }, source }));
            await write.send({ params: { year }, body: { entries } });
          }}
        />
      )}
    </>
  );
}
