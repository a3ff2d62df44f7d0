import type { call } from '../../../shared/client.ts';
import { DataTable } from '../../../shared/data-table.tsx';
import { useMessages } from '../../../shared/language.tsx';
import { QueryState, useQuery } from '../../../shared/query.ts';
import { messages } from '../../messages/index.ts';

type ServiceId = Parameters<typeof call<'GET /api/catalogue/:serviceId'>>[1]['params']['serviceId'];

interface DifferencesProps {
  readonly serviceId: string;
  readonly from: number;
  readonly to: number;
}

/** The changes of the draft: its publisher sees these first. */
export function PassportDifferences({ serviceId, from, to }: DifferencesProps) {
  const words = useMessages(messages);
  const differences = useQuery('GET /api/catalogue/:serviceId/differences', {
    params: { serviceId: serviceId as ServiceId },
    query: { from, to },
  });
  if (differences.data === null) return <QueryState of={differences} />;
  return (
    <DataTable
      name={words.differences}
      rows={differences.data}
      keyOf={({ path }) => path}
      columns={[
        { label: words.where, value: ({ path }) => path },
        { label: words.before, value: ({ before }) => inWords(before) },
        { label: words.after, value: ({ after }) => inWords(after) },
      ]}
    />
  );
}

function inWords(value: unknown): string {
  return value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value);
}
