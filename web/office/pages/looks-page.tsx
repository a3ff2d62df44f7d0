import { useCallback, useState } from 'react';
import type { SessionReply } from '../../../contract/people.ts';
import type { LookReleaseReply, PersonLookReply } from '../../../contract/persons.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';
import { useMoment } from '../moment.ts';
import { RowActions } from '../row-actions.tsx';

type Grants = SessionReply['grants'];

/** Who has opened personal data for a stated reason; and who asks a second person for more. Auditors see the network, others their centre. */
export function LooksPage({ grants }: { readonly grants: Grants | null }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [chosen, setChosen] = useState<number | null>(null);
  const [before, setBefore] = useState<number | null>(null);
  const seesAll =
    grants?.some(({ scope, rights }) => scope.kind === 'network' && rights.includes('read-audit')) ?? true;
  const ask = useCallback(async () => {
    const centres = await call('GET /api/centres', {});
    const own = grants?.find(({ scope }) => scope.kind === 'centre')?.scope.id ?? null;
    const centreId = chosen ?? (seesAll ? null : own === null ? (centres[0]?.centreId ?? null) : Number(own));
    const query = before === null ? {} : { before };
    if (centreId === null)
      return { centres, centreId, looks: await call('GET /api/person-looks', { query }), asked: [] };
    const params = { centreId };
    const asked = await call('GET /api/centres/:centreId/look-releases', { params }).catch(() => []);
    const looks = await call('GET /api/centres/:centreId/person-looks', { params, query }).catch((error: Error) => {
      // Whoever runs the hall answers requests, and reviews nothing.
      if (asked.length === 0) throw error;
      return [];
    });
    return { centres, centreId, looks, asked };
  }, [grants, seesAll, chosen, before]);
  const { value, problem, reload } = useLoaded(ask);
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  const { centres, centreId, looks, asked } = value;
  const last = looks.at(-1);
  return (
    <>
      <p>{words.looksLead}</p>
      <label>
        <span>{words.place}</span>
        <select
          value={centreId ?? ''}
          onChange={({ target }) => {
            setBefore(null);
            setChosen(target.value === '' ? null : Number(target.value));
          }}
        >
          {seesAll && <option value="">{words.places.network}</option>}
          {centres.map((centre) => (
            <option key={centre.centreId} value={centre.centreId}>
              {centre.name[language]}
            </option>
          ))}
        </select>
      </label>
      {centreId !== null && asked.length > 0 && <Releases centreId={centreId} asked={asked} reload={reload} />}
      <LooksTable looks={looks} centres={centres} />
      {last !== undefined && (
        <button type="button" onClick={() => setBefore(last.lookId)}>
          {words.older}
        </button>
      )}
    </>
  );
}

interface ReleasesProps {
  readonly centreId: number;
  readonly asked: readonly LookReleaseReply[];
  readonly reload: () => Promise<void>;
}

function Releases({ centreId, asked, reload }: ReleasesProps) {
  const words = useMessages(messages);
  const when = useMoment();
  const decide = async (releaseId: string, agreed: boolean) => {
    const params = { centreId, releaseId };
    await call('POST /api/centres/:centreId/look-releases/:releaseId', { params, body: { agreed } });
    await reload();
  };
  return (
    <section>
      <h2>{words.releasesTitle}</h2>
      {asked.map(({ releaseId, who, reason, at }) => (
        <div key={releaseId}>
          <p>{words.releaseAsked(who, when(at, centreId), reason)}</p>
          <RowActions
            actions={[
              { label: words.releaseAgree, run: () => decide(releaseId, true) },
              { label: words.dropRefuse, run: () => decide(releaseId, false) },
            ]}
          />
        </div>
      ))}
    </section>
  );
}

interface LooksTableProps {
  readonly looks: readonly PersonLookReply[];
  readonly centres: readonly {
    readonly centreId: number;
    readonly name: { readonly ru: string; readonly en: string };
  }[];
}

function LooksTable({ looks, centres }: LooksTableProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const when = useMoment();
  const nameOf = (id: number | null) => centres.find(({ centreId }) => centreId === id)?.name[language] ?? '';
  return (
    <DataTable
      name={words.pages.looks}
      rows={looks}
      keyOf={({ lookId }) => String(lookId)}
      columns={[
        { label: words.when, value: ({ at, centreId }) => when(at, centreId) },
        { label: words.who, value: ({ who }) => who ?? words.demoPerson },
        { label: words.place, value: ({ centreId }) => nameOf(centreId) },
        { label: words.what, value: ({ action }) => words.looks[action] },
        { label: words.reason, value: ({ reason }) => reason ?? words.ownApplication },
        { label: words.recordsOpened, value: ({ persons }) => String(persons) },
      ]}
    />
  );
}
