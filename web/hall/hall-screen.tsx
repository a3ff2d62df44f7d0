import { useEffect, useRef, useState } from 'react';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call, CallProblem } from '../shared/client.ts';
import { useClock } from '../shared/clock.tsx';
import { Connection } from '../shared/connection.tsx';
import { DayCourse } from '../shared/course.tsx';
import { Frame } from '../shared/frame.tsx';
import { useHall } from '../shared/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useQuery } from '../shared/query.ts';
import { onClock } from '../shared/spans.ts';
import { Pages } from '../shared/ui/pages.tsx';
import { Advice } from './advice.tsx';
import { Alerts } from './alerts.tsx';
import { Bookings } from './bookings.tsx';
import { ChangeByNumber } from './change-visit.tsx';
import { Equipment } from './equipment.tsx';
import { type HallProps, type QueueReply, SOON_MS } from './hall-props.ts';
import { HallSwitches } from './hall-switches.tsx';
import { messages } from './messages/index.ts';
import { QueueTable } from './queue-table.tsx';
import { Reception } from './reception.tsx';
import { WindowGrid } from './window-grid.tsx';
import { paths } from '../shared/paths.ts';
import { thisPage } from '../shared/place.ts';

const ADVICE_EVERY_MS = 10_000;

/** The hall administrator's screen: who breaks the promise first, and what can be done. */
export function HallScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { now } = useClock();
  const centre = useCentre(centreId);
  const live = useHall(centreId);
  const { queue, problem } = useQueue(centreId, live.hall?.seq ?? 0);
  const { hall } = live;
  return (
    <Frame over={words.title} title={centre?.name[language]} timeZone={centre?.timeZone ?? null}>
      <Connection live={live} />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem.sentence} {problem.signIn && <a href={paths.signIn(thisPage())}>{words.signIn}</a>}
        </p>
      )}
      {hall !== null && queue !== null && centre !== null && now !== null && live.lostAt === null && (
        <Shown centre={centre} hall={hall} queue={queue} now={now} />
      )}
    </Frame>
  );
}

function Shown(props: HallProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { centre, hall } = props;
  const { centreId } = centre;
  const advice = useQuery('GET /api/centres/:centreId/advice', { params: { centreId } }, ADVICE_EVERY_MS);
  return (
    <>
      <Alerts centreId={centre.centreId} timeZone={centre.timeZone} />
      <HallFigures {...props} />
      <Advice centreId={centreId} advice={advice} />
      <HallSwitches {...props} />
      <Pages
        label={words.pages}
        pages={[
          {
            id: 'now',
            title: words.now,
            content: (
              <div className="hall-now">
                <WindowGrid {...props} />
                <QueueTable {...props} risks={advice.data?.risks ?? []} />
              </div>
            ),
          },
          {
            id: 'day',
            title: words.day,
            content: (
              <DayCourse
                centreId={hall.centreId}
                day={hall.day}
                timeZone={centre.timeZone}
                name={centre.name[language]}
              />
            ),
          },
          { id: 'bookings', title: words.bookings, content: <Bookings {...props} /> },
          {
            id: 'reception',
            title: words.reception,
            content: (
              <>
                <Reception {...props} />
                <ChangeByNumber centre={centre} hall={hall} />
              </>
            ),
          },
          {
            id: 'equipment',
            title: words.equipment,
            content: <Equipment centreId={centre.centreId} timeZone={centre.timeZone} />,
          },
        ]}
      />
    </>
  );
}

/** The visitors who wait now and for how long, then the day so far. */
function HallFigures({ hall, queue, now }: HallProps) {
  const words = useMessages(messages);
  const waiting = queue.visits.filter(({ state }) => state === 'waiting');
  const working = hall.windows.filter(({ state }) => state !== 'closed' && state !== 'paused').length;
  const late = waiting.filter(({ promiseBroken }) => promiseBroken).length;
  const soon = waiting.filter(({ breaksAt }) => breaksAt !== null && breaksAt - now < SOON_MS).length;
  return (
    <dl className="tiles-of-figures">
      <div>
        <dt>{words.waiting}</dt>
        <dd>{waiting.length}</dd>
      </div>
      <div className={late > 0 ? 'bad' : ''}>
        <dt>{words.lateNow}</dt>
        <dd>{late}</dd>
        <dd className="quiet">{words.over15(queue.over15)}</dd>
      </div>
      <div className={soon > 0 ? 'bad' : ''}>
        <dt>{words.soon}</dt>
        <dd>{soon}</dd>
      </div>
      <div>
        <dt>{words.meanWait}</dt>
        <dd>{queue.meanWaitMs === null ? '—' : onClock(queue.meanWaitMs)}</dd>
      </div>
      <div>
        <dt>{words.served}</dt>
        <dd>{queue.served}</dd>
      </div>
      <div>
        <dt>{words.working}</dt>
        <dd>{working}</dd>
      </div>
    </dl>
  );
}

const LOOK_MS = 1_000;
const AT_MOST_MS = 10_000;

interface Problem {
  readonly sentence: string;
  readonly signIn: boolean;
}

/** The queue, read again when the hall has changed, once a second at most. */
function useQueue(centreId: number, seq: number): { queue: QueueReply | null; problem: Problem | null } {
  const [queue, setQueue] = useState<QueueReply | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const newest = useRef(seq);
  useEffect(() => {
    newest.current = seq;
  }, [seq]);
  useEffect(() => {
    let read = { seq: -1, at: 0 };
    const look = () => {
      if (read.seq === newest.current && performance.now() - read.at < AT_MOST_MS) return;
      read = { seq: newest.current, at: performance.now() };
      call('GET /api/centres/:centreId/queue', { params: { centreId } }).then(
        (found) => {
          setQueue(found);
          setProblem(null);
        },
        (error: unknown) => {
          read.seq = -1;
          if (error instanceof CallProblem && error.code !== 'offline')
            setProblem({ sentence: error.message, signIn: error.code === 'key-needed' });
        },
      );
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [centreId]);
  return { queue, problem };
}
