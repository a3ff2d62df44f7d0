import { useEffect, useState } from 'react';
import type { CentreNow } from '../../contract/hall-desk.ts';
import { call, CallProblem } from '../shared/client.ts';
import { useClock } from '../shared/clock.tsx';
import { DayCourse } from '../shared/course.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { Frame } from '../shared/frame.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { NetworkMap } from './network-map.tsx';
import { messages } from './messages/index.ts';
import { TimeMachine } from './time-machine.tsx';
import type { Shown } from './shown.ts';
import { paths } from '../shared/paths.ts';
import { thisPage } from '../shared/place.ts';

const CENTRES_EVERY_MS = 60_000;
const NOW_EVERY_MS = 5_000;
const MINUTE = 60_000;

/** The analyst's screen: every centre now or at a past moment, on a map and as a list, and each one's day. */
export function NetworkScreen() {
  const words = useMessages(messages);
  const { now } = useClock();
  const { language } = useLanguage();
  const [at, setAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const centres = useAnswer('GET /api/centres', {}, CENTRES_EVERY_MS);
  const { figures, problem, busy } = useFigures(at);
  if (centres === null || now === null)
    return (
      <main>
        <h1>{words.title}</h1>
        <p role="status">{words.loading}</p>
      </main>
    );
  const byId = new Map(figures?.map((one) => [one.centreId, one]));
  const shown: Shown[] = centres
    .filter(({ doors }) => doors !== null)
    .map((centre) => ({ ...centre, figures: byId.get(centre.centreId) ?? null }));
  const centre = centres.find(({ centreId }) => centreId === chosen);
  const zone = centres[0]?.timeZone ?? 'UTC';
  return (
    <Frame title={words.title} timeZone={zone} at={at}>
      <TimeMachine now={now} at={at} timeZone={zone} change={setAt} busy={busy} />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem.message} {problem.code === 'key-needed' && <a href={paths.signIn(thisPage())}>{words.signIn}</a>}
        </p>
      )}
      <Totals shown={shown} />
      <div className="network-now">
        <NetworkMap shown={shown} chosen={chosen} choose={setChosen} />
        <CentreList shown={shown} choose={setChosen} />
      </div>
      {centre !== undefined && (
        <DayCourse
          centreId={centre.centreId}
          day={at === null ? centre.today : dayOf(at, centre.timeZone)}
          timeZone={centre.timeZone}
          name={centre.name[language]}
        />
      )}
    </Frame>
  );
}

function useFigures(at: number | null) {
  const [figures, setFigures] = useState<readonly CentreNow[] | null>(null);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let gone = false;
    const ask = () => {
      setBusy(true);
      const answer = at === null ? call('GET /api/network/now', {}) : call('GET /api/network/at', { query: { at } });
      answer.then(
        ({ centres }) => {
          if (gone) return;
          setFigures(centres);
          setProblem(null);
          setBusy(false);
        },
        (error: unknown) => {
          if (gone) return;
          if (error instanceof CallProblem) setProblem(error);
          setBusy(false);
        },
      );
    };
    ask();
    const timer = at === null ? setInterval(ask, NOW_EVERY_MS) : undefined;
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [at]);
  return { figures, problem, busy };
}

function Totals({ shown }: { readonly shown: readonly Shown[] }) {
  const words = useMessages(messages);
  const known = shown.flatMap(({ figures }) => (figures === null || figures.state === 'unknown' ? [] : [figures]));
  const sum = (value: (one: CentreNow) => number) => known.reduce((total, one) => total + value(one), 0);
  const longest = Math.max(0, ...known.map(({ longestWaitMs }) => longestWaitMs));
  const tiles = [
    [words.open, known.filter(({ state }) => state === 'open').length],
    [words.waiting, sum(({ waiting }) => waiting)],
    [words.working, sum(({ working }) => working)],
    [words.longest, Math.floor(longest / MINUTE)],
    [words.broken, sum(({ promisesBroken }) => promisesBroken)],
  ] as const;
  return (
    <dl className="tiles-of-figures">
      {tiles.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function CentreList({
  shown,
  choose,
}: {
  readonly shown: readonly Shown[];
  readonly choose: (centreId: number) => void;
}) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const minutes = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : Math.round(ms / (MINUTE / 10)) / 10;
  return (
    <DataTable
      name={words.centres}
      rows={shown}
      keyOf={({ centreId }) => String(centreId)}
      columns={[
        {
          label: words.centre,
          value: ({ name }) => name[language],
          show: ({ centreId, name }) => (
            <button type="button" className="link" onClick={() => choose(centreId)}>
              {name[language]}
            </button>
          ),
        },
        { label: words.district, value: ({ district }) => district[language] },
        { label: words.meanWait, value: ({ figures }) => minutes(figures?.meanWaitMs) },
        { label: words.longest, value: ({ figures }) => minutes(figures?.longestWaitMs) },
        { label: words.waiting, value: ({ figures }) => figures?.waiting ?? null },
        { label: words.working, value: ({ figures }) => figures?.working ?? null },
        { label: words.broken, value: ({ figures }) => figures?.promisesBroken ?? null },
      ]}
    />
  );
}

/** The business day of a moment in a zone, as the queue counts it: it begins at four in the morning. */
function dayOf(at: number, timeZone: string): string {
  const FOUR_HOURS = 4 * 60 * MINUTE;
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at - FOUR_HOURS);
}
