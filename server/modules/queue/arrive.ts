import type { CommandBodies } from '../../../core/queue/commands.ts';
import type { Ticket } from '../../../contract/queue.ts';
import type { CommandId, DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { commandOf, derivedId } from './chain.ts';
import type { DayBook } from './day-book.ts';
import { linkVisit } from './persons/store.ts';
import { ticketOf } from './replies.ts';
import type { Queries } from './store.ts';
import { tokenOf } from './visit-token.ts';

/** An appointment whose visitor has come, as the room that keeps appointments knows it. */
export interface Booking extends Pick<CommandBodies['take'], 'services' | 'persons' | 'classLetter' | 'language'> {
  readonly bookingId: string;
  readonly key: DayKey;
  readonly slot: Instant;
}

function commandOfBooking(bookingId: string): CommandId {
  return derivedId(`booking/${bookingId}`);
}

/** The visit that a booking becomes: known before its visitor comes. */
export function visitIdOfBooking(bookingId: string): VisitId {
  return commandOfBooking(bookingId) as string as VisitId;
}

/**
 * The door for appointments: the visitor has come and lines up, due by his time. The command's id is made of the booking,
 * so however often and from wherever it is sent, it is one visit. Throws ProblemError as a take does.
 */
export async function arrive(dayBook: DayBook, queries: Queries, visitKey: Buffer, booking: Booking): Promise<Ticket> {
  const { bookingId, key, slot, services, persons, classLetter, language } = booking;
  const body = { services, persons, classLetter, language, remote: false, slot };
  const events = await dayBook.carryOut(key, commandOf('take', commandOfBooking(bookingId), body));
  const ticket = ticketOf(events, (visitId) => tokenOf(visitKey, { key, visitId }));
  await linkVisit(queries, { key, visitId: ticket.visitId }, { kind: 'booking', target: bookingId });
  return ticket;
}
