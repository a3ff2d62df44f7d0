import { useState } from 'react';
import type { SessionReply } from '../../../contract/people.ts';
import type { LookReleaseReply, PersonLookReply } from '../../../contract/persons.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { useMoment } from '../moment.ts';
import { RowActions } from '../row-actions.tsx';

/** What is read again after a request has been answered. */
const ANSWERED = ['GET /api/centres/:centreId/look-releases', 'GET /api/centres/:centreId/person-looks'] as const;

type Grants = SessionReply['grants'];

/** Who has opened personal data for a stated reason; and who asks a second person for more. Auditors see the network, others their centre. */
export function LooksPage({ grants }: { readonly grants: Grants | null }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [chosen, setChosen] = useState<number | null>(null);
  const [before, setBefore] = useState<number | null>(null);
  const seesAll =
    grants?.some(({ scope, rights }) => scope.kind === 'network' && rights.includes('read-audit')) ?? true;
  const centres = useQuery('GET /api/centres', {});
  if (centres.data === null) return <QueryState of={centres} />;
  const own = grants?.find(({ scope }) => scope.kind === 'centre')?.scope.id ?? null;
  const centreId = chosen ?? (seesAll ? null : own === null ? (centres.data[0]?.centreId ?? null) : Number(own));
  return (
    <>
      <QueryState of={centres} />
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
          {centres.data.map((centre) => (
            <option key={centre.centreId} value={centre.centreId}>
              {centre.name[language]}
            </option>
          ))}
        </select>
      </label>
      <Looks centreId={centreId} centres={centres.data} before={before} older={setBefore} />
    </>
  );
}

interface LooksProps {
  /** Null: everywhere. */
  readonly centreId: number | null;
  readonly centres: LooksTableProps['centres'];
  readonly before: number | null;
  readonly older: (before: number) => void;
}

function Looks({ centreId, centres, before, older }: LooksProps) {
  const words = useMessages(messages);
  const here = centreId === null ? null : { params: { centreId } };
  const query = before === null ? {} : { before };
  const asked = useQuery('GET /api/centres/:centreId/look-releases', here);
  const everywhere = useQuery('GET /api/person-looks', here === null ? { query } : null);
  const ofCentre = useQuery('GET /api/centres/:centreId/person-looks', here === null ? null : { ...here, query });
  const looks = here === null ? everywhere : ofCentre;
  const releases = asked.data ?? [];
  const last = looks.data?.at(-1);
  // A person who runs the hall answers requests and reviews nothing; one who reviews answers none.
  const isRefused = looks.error !== null && releases.length > 0;
  return (
    <>
      {centreId !== null && releases.length > 0 && <Releases centreId={centreId} asked={releases} />}
      {!isRefused && <QueryState of={looks} />}
      {looks.data !== null && <LooksTable looks={looks.data} centres={centres} />}
      {last !== undefined && (
        <button type="button" onClick={() => older(last.lookId)}>
          {words.older}
        </button>
      )}
    </>
  );
}

interface ReleasesProps {
  readonly centreId: number;
  readonly asked: readonly LookReleaseReply[];
}

function Releases({ centreId, asked }: ReleasesProps) {
  const words = useMessages(messages);
  const when = useMoment();
  const answer = useChange('POST /api/centres/:centreId/look-releases/:releaseId', ANSWERED);
  const decide = async (releaseId: string, agreed: boolean) => {
    const params = { centreId, releaseId };
    await answer.send({ params, body: { agreed } });
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
