import { useState } from 'react';
import { SEEDED_ROLES } from '../../../core/access/roles.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useQuery } from '../../shared/query.ts';
import { actionInWords, detailsInWords, subjectInWords } from '../audit-words.ts';
import { messages } from '../messages/index.ts';
import { useMoment } from '../moment.ts';

/** The centre of an entry that is about one: `centre 84`. */
function centreIn(object: string): number | null {
  const [, id] = /^centre (\d+)\b/.exec(object) ?? [];
  return id === undefined ? null : Number(id);
}

const ASK_EVERY_MS = 3_600_000;

/** Who did what, newest first, a page at a time: in words. */
export function AuditPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const when = useMoment('medium');
  const { data: centres } = useQuery('GET /api/centres', {}, ASK_EVERY_MS);
  const { data: services } = useQuery('GET /api/catalogue', {}, ASK_EVERY_MS);
  const names = new Map([
    ...(centres ?? []).map(({ centreId, name }) => [`centre ${centreId}`, name[language]] as const),
    ...(services ?? []).map(({ serviceId, name }) => [`service ${serviceId}`, name[language]] as const),
    ...SEEDED_ROLES.map(({ roleId, name }) => [`role ${roleId}`, name[language]] as const),
  ]);
  const [before, setBefore] = useState<number | null>(null);
  const entries = useQuery('GET /api/audit', { query: before === null ? {} : { before } });
  if (entries.data === null) return <QueryState of={entries} />;
  const last = entries.data.at(-1);
  return (
    <>
      <DataTable
        name={words.pages.audit}
        rows={entries.data}
        keyOf={({ entryId }) => String(entryId)}
        columns={[
          { label: words.when, value: ({ at, object }) => when(at, centreIn(object)) },
          {
            label: words.who,
            value: ({ actor, who }) => who ?? subjectInWords(`${actor.kind} ${actor.id ?? ''}`.trim(), language, names),
          },
          { label: words.what, value: ({ action }) => actionInWords(action, language) },
          { label: words.object, value: ({ object, whose }) => subjectInWords(object, language, names, whose) },
          {
            label: words.particulars,
            value: ({ details }) => detailsInWords(details as Readonly<Record<string, unknown>>, language, names),
          },
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
