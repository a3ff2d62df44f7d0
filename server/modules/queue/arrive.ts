import type { CommandBodies } from '../../../core/queue/commands.ts';
import type { DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { commandOf, derivedId } from './chain.ts';
import type { DayBook } from './day-book.ts';
import { linkVisit } from './persons/store.ts';
import type { Queries } from './store.ts';

/** An appointment whose visitor has come, as the room that keeps appointments knows it. */
export interface Booking extends Pick<CommandBodies['take'], 'services' | 'persons' | 'classLetter' | 'language'> {
  readonly bookingId: string;
  readonly key: DayKey;
  readonly slot: Instant;
}

/**
 * The door for appointments: the visitor has come and lines up, due by his time. The command's id is made of the booking,
 * so however often and from wherever it is sent, it is one visit. Throws ProblemError as a take does.
 */
export async function arrive(dayBook: DayBook, queries: Queries, booking: Booking): Promise<VisitId> {
  const { bookingId, key, slot, services, persons, classLetter, language } = booking;
  const body = { services, persons, classLetter, language, remote: false, slot };
  const events = await dayBook.carryOut(key, commandOf('take', derivedId(`booking/${bookingId}`), body));
  const taken = events.find((event) => event.kind === 'visit-taken');
  if (taken === undefined) throw new Error('an arrival without a visit');
  const { visitId } = taken.body;
  await linkVisit(queries, { key, visitId }, { kind: 'booking', target: bookingId });
  return visitId;
}
