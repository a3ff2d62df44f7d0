import { useCallback, useState } from 'react';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';
import { useMoment } from '../moment.ts';

/** The centre of an entry that is about one: `centre 84`. */
function centreIn(object: string): number | null {
  const [, id] = /^centre (\d+)\b/.exec(object) ?? [];
  return id === undefined ? null : Number(id);
}

/** Who did what, newest first, a page at a time. */
export function AuditPage() {
  const words = useMessages(messages);
  const when = useMoment('medium');
  const [before, setBefore] = useState<number | null>(null);
  const ask = useCallback(() => call('GET /api/audit', { query: before === null ? {} : { before } }), [before]);
  const { value, problem } = useLoaded(ask);
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  const last = value.at(-1);
  return (
    <>
      <DataTable
        name={words.pages.audit}
        rows={value}
        keyOf={({ entryId }) => String(entryId)}
        columns={[
          { label: words.when, value: ({ at, object }) => when(at, centreIn(object)) },
          { label: words.who, value: ({ actor }) => [actor.kind, actor.id].filter((part) => part !== null).join(' ') },
          { label: words.what, value: ({ action }) => action },
          { label: words.object, value: ({ object }) => object },
          { label: words.particulars, value: ({ details }) => JSON.stringify(details) },
        ]}
      />
      {last !== undefined && (
        <button type="button" onClick={() => setBefore(last.entryId)}>
          {words.older}
        </button>
      )}
    </>
  );
}
