import type { ApplicationRow } from '../../../contract/application-shapes.ts';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { STATE_WORDS } from '../../../core/applications/life.ts';
import { DataTable } from '../data-table.tsx';
import { useLanguage, useMessages } from '../language.tsx';
import { messages } from './messages/index.ts';

interface ApplicationTableProps {
  readonly name: string;
  readonly rows: readonly ApplicationRow[];
  /** The day by which the reader of the table has to be done. */
  readonly due: { readonly label: string; readonly of: (row: ApplicationRow) => string | null };
  readonly open: (applicationId: string) => void;
}

/** Applications without names, the most urgent first; the number opens one. */
export function ApplicationTable({ name, rows, due, open }: ApplicationTableProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <DataTable
      name={name}
      rows={rows}
      keyOf={({ applicationId }) => applicationId}
      columns={[
        {
          label: words.number,
          value: ({ number }) => number ?? '',
          show: ({ applicationId, number }) => (
            <button type="button" className="link" onClick={() => open(applicationId)}>
              {number ?? '—'}
            </button>
          ),
        },
        { label: words.service, value: ({ service }) => service[language] },
        { label: words.state, value: ({ state }) => STATE_WORDS[state][language] },
        {
          label: due.label,
          value: (row) => due.of(row) ?? '',
          show: (row) =>
            [dayInDigits(due.of(row) ?? ''), row.standing === null ? '' : words[row.standing]].join(' ').trim(),
        },
      ]}
    />
  );
}
