import { hallOf } from '../../../core/queue/hall.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import { type EventStream, frameOf } from '../../platform/event-stream.ts';
import type { HallContext } from './context.ts';
import type { DayBook } from './day-book.ts';
import { publicEvent } from './replies.ts';

/** A client that comes back is told at most so many events; one that missed more reads the hall afresh. */
const CATCH_UP_MAX = 500;

/**
 * Streams a hall: the whole of it, or what the client missed, and then every event as soon as it is durable.
 * Throws ProblemError before the stream is opened.
 */
export async function streamHall(
  { halls, watch }: HallContext,
  centreId: CentreId,
  lastEventId: string | null,
  open: () => EventStream,
): Promise<void> {
  const { dayBook } = halls;
  let key = await halls.today(centreId);
  let sent = 0;
  let early: QueueEvent[] | null = [];
  const send = (stream: EventStream, events: readonly QueueEvent[]) => {
    const news = (events[0]?.seq ?? 0) > sent ? events : events.filter((event) => event.seq > sent);
    if (news.length === 0) return;
    sent = news.at(-1)?.seq ?? sent;
    stream.send(eventFrames(key, news));
  };
  let stream: EventStream | null = null;
  const hear = (events: readonly QueueEvent[]) => {
    if (early !== null || stream === null) return void early?.push(...events);
    try {
      send(stream, events);
    } catch (error) {
      // One who missed something comes back and reads the hall.
      stream.cut();
      throw error;
    }
  };

  let stopListening = dayBook.live.listen(key, hear);
  try {
    const missed = await missedEvents(dayBook, key, lastEventId);
    const hall = missed === null ? await dayBook.view(key, hallOf) : null;
    stream = open();
    if (hall !== null) {
      sent = hall.seq;
      stream.send(frameOf('hall', hall, placeOf(key, hall.seq)));
    } else if (missed !== null) {
      sent = missed.from;
      send(stream, missed.events);
    }
    dayBook.live.reached(key, sent);
    send(stream, early);
    early = null;
  } catch (error) {
    stopListening();
    stream?.cut();
    throw error;
  }

  const opened = stream;
  const nextDay = async () => {
    const now = await halls.today(centreId);
    if (now.day === key.day || opened.closed) return;
    const hall = await dayBook.view(now, hallOf).catch(() => null);
    if (hall === null || opened.closed) return;
    stopListening();
    key = now;
    sent = hall.seq;
    stopListening = dayBook.live.listen(key, hear);
    dayBook.live.reached(key, sent);
    opened.send(frameOf('hall', hall, placeOf(key, hall.seq)));
  };
  // Thousands of boards share one timer. A day that cannot be read now is asked for again a second later.
  const stopWatching = watch.everySecond(() => void nextDay().catch(() => undefined));
  opened.onClose(() => {
    stopWatching();
    stopListening();
  });
}

/** What events are on the wire: made once, however many boards hear them. */
const frames = new WeakMap<readonly QueueEvent[], Buffer>();

function eventFrames(key: DayKey, events: readonly QueueEvent[]): Buffer {
  const known = frames.get(events);
  if (known !== undefined) return known;
  const made = Buffer.from(
    events.map((event) => frameOf('queue', publicEvent(event), placeOf(key, event.seq))).join(''),
  );
  frames.set(events, made);
  return made;
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
