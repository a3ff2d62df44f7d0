import { useCallback, useState } from 'react';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';

/** Who did what, newest first, a page at a time. */
export function AuditPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [before, setBefore] = useState<number | null>(null);
  const ask = useCallback(() => call('GET /api/audit', { query: before === null ? {} : { before } }), [before]);
  const { value, problem } = useLoaded(ask);
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  const last = value.at(-1);
  return (
    <>
      <DataTable
        name={words.pages.audit}
        rows={value}
        keyOf={({ entryId }) => String(entryId)}
        columns={[
          { label: words.when, value: ({ at }) => when.format(at) },
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
