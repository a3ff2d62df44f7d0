import { randomUUID } from 'node:crypto';
import type { Ticket } from '../../../contract/queue.ts';
import type { CommandBodies } from '../../../core/queue/commands.ts';
import { refuse } from '../../../core/problems.ts';
import type { CommandId, DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { commandOf, derivedId } from './chain.ts';
import type { HallContext } from './context.ts';
import { linkVisit } from './persons/queries.ts';
import { ticketOf, ticketOfVisit } from './replies.ts';
import { tokenOf, type VisitPlace } from './visit-token.ts';

/** An appointment whose visitor has come, as the room that keeps appointments knows it. */
export interface Booking extends Pick<CommandBodies['take'], 'services' | 'persons' | 'classLetter' | 'language'> {
  readonly bookingId: string;
  /** What `visitIdOfBooking` gave. */
  readonly visitId: VisitId;
  readonly key: DayKey;
  readonly slot: Instant;
}

/**
 * The visit that a booking becomes: known before its visitor comes. `before`: the visit that the booking was and that is over for good;
 * null for the first. So each check-in has one visit, however often and from wherever it is sent, and a new one has another.
 */
export function visitIdOfBooking(bookingId: string, before: VisitId | null): VisitId {
  return derivedId(before === null ? `booking/${bookingId}` : `booking/${bookingId}/${before}`) as string as VisitId;
}

/**
 * The door for appointments: the visitor has come and lines up, due by their time. The command's id is that of the visit, so however
 * often and from wherever it is sent, it is one visit. Throws ProblemError as a take does.
 */
export async function arrive({ db, halls, visitKey }: HallContext, booking: Booking): Promise<Ticket> {
  const { bookingId, key, slot, services, persons, classLetter, language } = booking;
  const body = { services, persons, classLetter, language, remote: false, slot };
  const events = await halls.dayBook.carryOut(key, commandOf('take', booking.visitId as string as CommandId, body));
  const ticket = ticketOf(events, (visitId) => tokenOf(visitKey, { key, visitId }));
  await db.writeNow((tx) => linkVisit(tx, { key, visitId: ticket.visitId }, { kind: 'booking', target: bookingId }));
  return ticket;
}

/**
 * A visitor who did not come when called, or who left, is there again: the same visit waits, as far as the rules of the hall let it.
 * Throws visit-state, returns-used, left-for-good and whatever refuses commands.
 */
export async function comeBack(context: HallContext, place: VisitPlace): Promise<Ticket> {
  await context.halls.dayBook.carryOut(place.key, commandOf('reactivate', randomUUID(), { visitId: place.visitId }));
  return ticketNow(context, place);
}

/** The ticket of a visit as it is now. Throws unknown-visit. */
export async function ticketNow({ halls, visitKey }: HallContext, place: VisitPlace): Promise<Ticket> {
  const { key, visitId } = place;
  return halls.dayBook.view(key, (day) => {
    const visit = day.visits.get(visitId) ?? refuse('unknown-visit', { visitId });
    return ticketOfVisit(day, visit, tokenOf(visitKey, place));
  });
}
