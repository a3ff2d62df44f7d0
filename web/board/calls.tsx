import { useEffect, useState } from 'react';
import type { Hall } from '../../core/queue/hall.ts';
import { useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

const FRESH_MS = 20_000;
const ROWS = 7;
const PAGE_MS = 6_000;
const LAST_CALLS = 4;

/** Who is called now, newest first; when there are more than fit, they take turns, and new ones come at once. */
export function Calls({ hall, now }: { readonly hall: Hall; readonly now: number | null }) {
  const words = useMessages(messages);
  const calledAt = new Map(hall.calls.map(({ number, windowId, at }) => [`${number}/${windowId}`, at]));
  const called = hall.windows
    .flatMap(({ windowId, state, since, visit }) =>
      state === 'calling' && visit !== null
        ? [{ number: visit.number, windowId, at: calledAt.get(`${visit.number}/${windowId}`) ?? since }]
        : [],
    )
    .toSorted((a, b) => b.at - a.at);
  const page = usePage(Math.ceil(called.length / ROWS), called[0]?.at ?? 0);
  const isNew = (at: number) => now !== null && now - at < FRESH_MS;
  const here = new Set(called.map(({ number }) => number));
  const last = hall.calls.filter(({ number }) => !here.has(number)).slice(0, LAST_CALLS);
  return (
    <section className="calls" aria-labelledby="calls">
      <h2 id="calls">{words.calls}</h2>
      {called.length === 0 ? (
        <p className="nobody">
          {hall.state === 'open' || hall.state === 'doors-closed' ? words.noCalls : words.closedToday}
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.number}</th>
              <th scope="col">{words.window}</th>
            </tr>
          </thead>
          <tbody aria-live="polite">
            {called.slice(page * ROWS, (page + 1) * ROWS).map(({ number, windowId, at }) => (
              <tr key={`${number}@${at}`} className={isNew(at) ? 'fresh' : ''}>
                <td>{number}</td>
                <td>{windowId}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {called.length > ROWS && <p className="quiet">{words.page(page + 1, Math.ceil(called.length / ROWS))}</p>}
      {last.length > 0 && (
        <>
          <h3>{words.lastCalls}</h3>
          <ul className="last">
            {last.map(({ number, windowId, at }) => (
              <li key={`${number}@${at}`}>
                {number} → {windowId}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Turns the pages, and goes back to the first when there is something new. */
export function usePage(pages: number, newest: number): number {
  const [turned, setTurned] = useState({ newest, page: 0 });
  useEffect(() => {
    if (pages < 2) return undefined;
    const timer = setInterval(
      () => setTurned((before) => ({ newest, page: before.newest === newest ? (before.page + 1) % pages : 1 })),
      PAGE_MS,
    );
    return () => clearInterval(timer);
  }, [pages, newest]);
  return turned.newest === newest ? Math.min(turned.page, Math.max(0, pages - 1)) : 0;
}
