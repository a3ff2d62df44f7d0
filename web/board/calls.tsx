import { ArrowRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Hall } from '../../core/queue/hall.ts';
import { useMessages } from '../shared/language.tsx';
import type { Said } from './announcer.ts';
import { messages } from './messages/index.ts';

/** A call is lit so long, and while it is spoken. */
const FRESH_MS = 20_000;
/** Up to so many calls the newest one fills most of the board. */
const CALM = 3;
const AT_ONCE = 8;
const PAGE_MS = 6_000;
/** So long a visitor may need to look up after the board has lost its line: calls of that time are shown with their age. */
const MISSED_MS = 3 * 60_000;
const MINUTE_MS = 60_000;

interface CallsProps {
  readonly hall: Hall;
  readonly now: number | null;
  readonly said: Said | null;
  /** When the line to the server was back after a break; null where it never broke. */
  readonly backAt: number | null;
}

interface Shown {
  readonly number: string;
  readonly windowId: number;
  readonly at: number;
}

/** The numbers that are called now, the newest first. More than fit take turns, and a new one comes at once. */
export function Calls({ hall, now, said, backAt }: CallsProps) {
  const words = useMessages(messages);
  const called = calledNow(hall);
  const pages = Math.ceil(called.length / AT_ONCE);
  const page = usePage(pages, called[0]?.at ?? 0);
  const shown = called.slice(page * AT_ONCE, (page + 1) * AT_ONCE);
  const isCalm = called.length <= CALM;
  const isLit = ({ number, at }: Shown) => said?.number === number || (now !== null && now - at < FRESH_MS);
  return (
    <section className="board__called" aria-label={words.calls}>
      {called.length === 0 ? (
        <p className="board__nobody">
          {hall.state === 'open' || hall.state === 'doors-closed' ? words.noCalls : words.closedToday}
        </p>
      ) : (
        <ol className={`board__calls board__calls--${isCalm ? 'calm' : 'busy'}`} aria-live="polite">
          {shown.map((call, place) => (
            <Call
              key={`${call.number}@${call.at}`}
              call={call}
              isLit={isLit(call)}
              isHero={isCalm && place === 0}
              missedFor={missedFor(call, now, backAt)}
            />
          ))}
        </ol>
      )}
      {pages > 1 && <p className="board__page">{words.page(page + 1, pages)}</p>}
    </section>
  );
}

interface CallProps {
  readonly call: Shown;
  readonly isLit: boolean;
  readonly isHero: boolean;
  /** The age of a call that came while the board had no line, in minutes; null for any other. */
  readonly missedFor: number | null;
}

function Call({ call: { number, windowId }, isLit, isHero, missedFor: minutes }: CallProps) {
  const words = useMessages(messages);
  return (
    <li className={`call${isHero ? ' call--hero' : ''}${isLit ? ' call--lit is-new' : ''}`}>
      {isHero && (
        <span className="call__caps" aria-hidden="true">
          <span>{words.number}</span>
          <span>{words.window}</span>
        </span>
      )}
      <span className="call__row">
        <span>{number}</span>
        <span className="call__arrow">
          <ArrowRight className="icon" />
        </span>
        <span className="unseen">{words.window} </span>
        <span className="call__window">{windowId}</span>
      </span>
      {minutes !== null && <span className="call__ago">{words.calledAgo(minutes)}</span>}
    </li>
  );
}

function calledNow(hall: Hall): Shown[] {
  const calledAt = new Map(hall.calls.map(({ number, windowId, at }) => [`${number}/${windowId}`, at]));
  return hall.windows
    .flatMap(({ windowId, state, since, visit }) =>
      state === 'calling' && visit !== null
        ? [{ number: visit.number, windowId, at: calledAt.get(`${visit.number}/${windowId}`) ?? since }]
        : [],
    )
    .toSorted((a, b) => b.at - a.at);
}

function missedFor({ at }: Shown, now: number | null, backAt: number | null): number | null {
  if (now === null || backAt === null || at > backAt || now - backAt > MISSED_MS) return null;
  return Math.max(1, Math.round((now - at) / MINUTE_MS));
}

/** Turns the pages, and goes back to the first when there is something new. */
function usePage(pages: number, newest: number): number {
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
