import { hallOf } from '../../../core/queue/hall.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { EventStream } from '../../platform/event-stream.ts';
import type { DayBook } from './day-book.ts';
import { publicEvent } from './replies.ts';

/** A client that comes back is told at most so many events; one that missed more reads the hall afresh. */
const CATCH_UP_MAX = 500;
/** How often a stream looks whether a new day has begun. */
const DAY_CHECK_MS = 1_000;

export interface LiveHall {
  readonly dayBook: DayBook;
  /** The running business day of a centre. */
  today(centreId: CentreId): Promise<DayKey>;
}

/**
 * Streams a hall: the whole of it, or what the client missed, and then every event as soon as it is durable.
 * Throws ProblemError before the stream is opened.
 */
export async function streamHall(
  { dayBook, today }: LiveHall,
  centreId: CentreId,
  lastEventId: string | null,
  open: () => EventStream,
): Promise<void> {
  let key = await today(centreId);
  let sent = 0;
  let early: QueueEvent[] | null = [];
  const send = (stream: EventStream, event: QueueEvent) => {
    if (event.seq <= sent) return;
    sent = event.seq;
    stream.send('queue', publicEvent(event), placeOf(key, event.seq));
  };
  let stream: EventStream | null = null;
  const hear = (events: readonly QueueEvent[]) => {
    if (early !== null || stream === null) early?.push(...events);
    else for (const event of events) send(stream, event);
  };

  let stopListening = dayBook.live.listen(key, hear);
  try {
    const missed = await missedEvents(dayBook, key, lastEventId);
    const hall = missed === null ? await dayBook.view(key, hallOf) : null;
    stream = open();
    if (hall !== null) {
      sent = hall.seq;
      stream.send('hall', hall, placeOf(key, hall.seq));
    } else if (missed !== null) {
      sent = missed.from;
      for (const event of missed.events) send(stream, event);
    }
    dayBook.live.reached(key, sent);
    for (const event of early) send(stream, event);
    early = null;
  } catch (error) {
    stopListening();
    throw error;
  }

  const opened = stream;
  const nextDay = async () => {
    const now = await today(centreId);
    if (now.day === key.day || opened.closed) return;
    const hall = await dayBook.view(now, hallOf).catch(() => null);
    if (hall === null || opened.closed) return;
    stopListening();
    key = now;
    sent = hall.seq;
    stopListening = dayBook.live.listen(key, hear);
    dayBook.live.reached(key, sent);
    opened.send('hall', hall, placeOf(key, hall.seq));
  };
  // A day that cannot be read now is asked for again a second later.
  const dayCheck = setInterval(() => void nextDay().catch(() => undefined), DAY_CHECK_MS);
  opened.onClose(() => {
    clearInterval(dayCheck);
    stopListening();
  });
}

function placeOf({ day }: DayKey, seq: number): string {
  return `${day}/${seq}`;
}

/** The place that the client names and what came after it; null when it has to read the hall afresh. */
async function missedEvents(
  dayBook: DayBook,
  key: DayKey,
  lastEventId: string | null,
): Promise<{ from: number; events: QueueEvent[] } | null> {
  const [day, place] = lastEventId?.split('/') ?? [];
  const from = Number(place);
  if (day !== key.day || !Number.isInteger(from) || from < 1) return null;
  const head = await dayBook.view(key, ({ seq }) => seq);
  if (from > head || head - from > CATCH_UP_MAX) return null;
  return { from, events: await dayBook.eventsAfter(key, from, CATCH_UP_MAX) };
}
