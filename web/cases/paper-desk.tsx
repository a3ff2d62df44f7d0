import { useState } from 'react';
import type { Manifest, ManifestRow } from '../../contract/papers.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { call, type ReplyOf } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, together, useAgain, useQuery } from '../shared/query.ts';
import { ManifestView } from '../shared/papers/manifest-view.tsx';
import { messages as paperMessages } from '../shared/papers/messages/index.ts';
import { Departures } from './departures.tsx';
import { messages } from './messages/index.ts';
import { Shelf } from './shelf.tsx';
import { Problem } from '../shared/problem.tsx';
import { localeOf } from '../shared/locale.ts';

const ASK_EVERY_MS = 10_000;
/** Agencies change seldom. */
const AGENCIES_EVERY_MS = 5 * 60_000;

/** The courier desk: what waits to be sent, the manifests, and the one that is worked on. */
export function PaperDesk({ centreId, timeZone }: { readonly centreId: number; readonly timeZone: string }) {
  const [manifest, setManifest] = useState<Manifest | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const params = { centreId };
  const known = together({
    agencies: useQuery('GET /api/agencies', {}, AGENCIES_EVERY_MS),
    papers: useQuery('GET /api/centres/:centreId/papers', { params }, ASK_EVERY_MS),
    manifests: useQuery('GET /api/centres/:centreId/manifests', { params }, ASK_EVERY_MS),
  });
  const again = useAgain('GET /api/centres/:centreId/papers', 'GET /api/centres/:centreId/manifests');
  const shown = (changed: Manifest) => {
    setManifest(changed);
    void again();
  };
  const show = (asked: Promise<Manifest>) => {
    setProblem(null);
    asked.then(shown, (error: Error) => setProblem(error.message));
  };
  const openTo = (agencyId: string) => {
    const body = { commandId: crypto.randomUUID(), direction: 'out' as const, agencyId };
    show(call('POST /api/centres/:centreId/manifests', { params, body }));
  };
  const open = (manifestId: string) => show(call('GET /api/manifests/:manifestId', { params: { manifestId } }));
  const isOurs = manifest !== null && manifest.direction !== 'in' && manifest.toCentreId !== centreId;
  return (
    <div className="columns">
      <div className="paper-lists">
        <QueryState of={known} />
        {known.data !== null && (
          <>
            <WaitingPapers {...known.data} timeZone={timeZone} openTo={openTo} />
            <ManifestList manifests={known.data.manifests} open={open} />
            <Shelf papers={known.data.papers} />
          </>
        )}
        <Departures centreId={centreId} />
        <Problem text={problem} />
      </div>
      {manifest !== null && <ManifestView manifest={manifest} sends={isOurs} changed={shown} />}
    </div>
  );
}

interface WaitingProps {
  readonly papers: ReplyOf<'GET /api/centres/:centreId/papers'>;
  readonly agencies: ReplyOf<'GET /api/agencies'>;
  readonly timeZone: string;
  readonly openTo: (agencyId: string) => void;
}

/** What waits to be sent, agency by agency, with the day by which it has to leave. */
function WaitingPapers({ papers, agencies, timeZone, openTo }: WaitingProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const nameOf = (id: string) => agencies.find(({ agencyId }) => agencyId === id)?.name[language] ?? '…';
  const waiting = Map.groupBy(
    papers.filter(({ goesTo }) => goesTo !== null),
    ({ goesTo }) => goesTo as string,
  );
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{words.waitingPapers}</h2>
      {waiting.size === 0 && <p>{words.nothingWaits}</p>}
      <ul>
        {Array.from(waiting, ([agencyId, own]) => (
          <li key={agencyId}>
            {[
              `${nameOf(agencyId)}: ${own.length}`,
              ...(dueBy(own) === null ? [] : [words.sendBy(dayInDigits(dueBy(own) as string))]),
            ].join(', ')}{' '}
            <button type="button" onClick={() => openTo(agencyId)}>
              {words.openManifest}
            </button>
            <Courier papers={own} timeZone={timeZone} />
            <ul>
              {own.map(({ barcode, number }) => (
                <li key={barcode}>
                  <code>{barcode}</code> {number}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** When the next courier leaves, and which papers will be late with it. */
function Courier({ papers, timeZone }: Pick<WaitingProps, 'papers' | 'timeZone'>) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const leavesAt = papers[0]?.leavesAt ?? null;
  if (leavesAt === null) return null;
  const shown = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  const late = [...new Set(papers.filter(({ tooLate }) => tooLate).flatMap(({ number }) => number ?? []))];
  return (
    <>
      <p>{words.courierLeaves(new Intl.DateTimeFormat(localeOf(language), { ...shown, timeZone }).format(leavesAt))}</p>
      {late.length > 0 && <p className="problem">{words.courierTooLate(late.join(', '))}</p>}
    </>
  );
}

/** The earliest day by which one of these has to leave. */
function dueBy(papers: WaitingProps['papers']): string | null {
  return papers.flatMap(({ dispatchBy }) => dispatchBy ?? []).toSorted()[0] ?? null;
}

interface ManifestListProps {
  readonly manifests: readonly ManifestRow[];
  readonly open: (manifestId: string) => void;
}

function ManifestList({ manifests, open }: ManifestListProps) {
  const words = useMessages(messages);
  const { states, directions } = useMessages(paperMessages);
  const { language } = useLanguage();
  return (
    <section aria-labelledby="manifests">
      <h2 id="manifests">{words.manifestsTitle}</h2>
      <ul>
        {manifests.map(({ manifestId, number, state, direction, agency }) => (
          <li key={manifestId}>
            <button type="button" className="link" onClick={() => open(manifestId)}>
              {number}
            </button>{' '}
            {directions[direction]} {agency?.[language]} · {states[state]}
          </li>
        ))}
      </ul>
    </section>
  );
}
