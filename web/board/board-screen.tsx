import { useEffect, useState } from 'react';
import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call } from '../shared/client.ts';
import { useClock, wallTime } from '../shared/clock.tsx';
import { Connection } from '../shared/connection.tsx';
import { useHall } from '../shared/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

const FRESH_MS = 20_000;
const SEAL_EVERY_MS = 30_000;

/** Shows the hall to everybody in it: who is called where, and what the windows do. */
export function BoardScreen() {
  const [centreId = 0] = numbersInAddress();
  const { language } = useLanguage();
  const words = useMessages(messages);
  const centre = useCentre(centreId);
  const live = useHall(centreId);
  const { now } = useClock();
  const { hall } = live;
  useEffect(() => {
    document.body.classList.toggle('stale', live.lostAt !== null);
  }, [live.lostAt]);

  return (
    <main>
      <header>
        <h1>{centre?.name[language]}</h1>
        <p className="clock">{now !== null && centre !== null && wallTime(now, centre.timeZone, language)}</p>
      </header>
      <Connection live={live} />
      {hall !== null && live.lostAt === null && (
        <>
          {hall.stopped !== null && (
            <p className="stopped" role="alert">
              {words.stopped}
            </p>
          )}
          <Calls hall={hall} now={now} />
          <section className="windows" aria-labelledby="windows">
            <h2 id="windows">
              {words.windows} · {words.waiting(hall.waiting.reduce((sum, line) => sum + line.visits, 0))}
            </h2>
            <ul>
              {hall.windows
                .filter(({ state }) => state !== 'closed')
                .map((window) => (
                  <WindowSign key={window.windowId} window={window} />
                ))}
            </ul>
          </section>
          {hall.state === 'closed' && <DaySeal hall={hall} />}
        </>
      )}
    </main>
  );
}

/** After closing: the root under which anybody can check that the day was not rewritten. */
function DaySeal({ hall: { centreId, day } }: { hall: Hall }) {
  const words = useMessages(messages);
  const [root, setRoot] = useState<string | null>(null);
  useEffect(() => {
    const ask = () =>
      call('GET /api/centres/:centreId/days/:day/seal', { params: { centreId, day } }).then(
        (seal) => setRoot(seal.root),
        // The seal follows the closing within a minute.
        () => setRoot(null),
      );
    void ask();
    const again = setInterval(() => void ask(), SEAL_EVERY_MS);
    return () => clearInterval(again);
  }, [centreId, day]);
  return root === null ? null : (
    <p className="seal">
      {words.seal(day)} <code>{root}</code>
    </p>
  );
}

function Calls({ hall, now }: { hall: Hall; now: number | null }) {
  const words = useMessages(messages);
  return (
    <section className="calls" aria-labelledby="calls">
      <h2 id="calls">{words.calls}</h2>
      {hall.calls.length === 0 ? (
        <p>{hall.state === 'open' ? words.noCalls : words.closedToday}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.number}</th>
              <th scope="col">{words.window}</th>
            </tr>
          </thead>
          <tbody aria-live="polite">
            {hall.calls.slice(0, 8).map(({ number, windowId, at }) => (
              <tr key={`${number}@${at}`} className={now !== null && now - at < FRESH_MS ? 'fresh' : ''}>
                <td>{number}</td>
                <td>{windowId}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function WindowSign({ window: { windowId, state, pauseReason, visit } }: { window: HallWindow }) {
  const words = useMessages(messages);
  const says = state === 'paused' && pauseReason !== null ? words.reasons[pauseReason] : words.states[state];
  return (
    <li className={state}>
      <strong>{windowId}</strong>
      <span>{visit?.number ?? says}</span>
    </li>
  );
}
