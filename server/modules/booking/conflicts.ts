import { conflictsOf, type ConflictReason } from '../../../core/booking/conflicts.ts';
import { kilometresBetween } from '../../../core/city/distance.ts';
import { ProblemError } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { GivenService } from '../network/index.ts';
import type { LedgerDays } from './ledger/ledger.ts';
import { moveTo } from './desk.ts';
import { fillWithin } from './ledger/fill.ts';
import type { Desk } from './make.ts';
import type { BookableCentre } from './room.ts';
import { nearestTimes, type Place } from './search.ts';
import { type BookingRow, comingBookings, tightCells } from './store.ts';
import { centreOf, type Known, offerAt } from './wanted.ts';

/** A booking for which there is no room any more, and where there is. */
export interface Conflict {
  readonly booking: BookingRow;
  readonly reason: ConflictReason;
  readonly offers: readonly Place[];
}

const OFFERS_HERE = 2;
const OFFERS_NEAR = 1;
const CENTRES_NEAR = 3;

/** The bookings of a centre for which there is no room any more, in order of time, with the nearest other times here and near by. */
export async function conflictsAt({ room, ledger, known: knownNow }: Desk, centreId: CentreId): Promise<Conflict[]> {
  const known = await knownNow.read();
  const centre = centreOf(known, centreId);
  const now = room.now();
  const { coming, found } = await room.db.read((tx) => crowdedOut(tx, centre, known.services.get(centreId), now));
  if (found.length === 0) return [];
  const days = await ledger.read();
  const byId = new Map(coming.map((booking) => [booking.bookingId, booking]));
  return found
    .flatMap(({ bookingId, reason }) => {
      const booking = byId.get(bookingId);
      return booking === undefined ? [] : [{ booking, reason, offers: otherTimes(known, days, booking, now) }];
    })
    .toSorted((a, b) => a.booking.at - b.booking.at);
}

/**
 * How many bookings of a centre have no room once this work is done that had room before. Within a transaction, so that the answer is
 * there before anything is kept.
 */
export async function newConflicts(
  { room }: Desk,
  tx: Write,
  centreId: CentreId,
  work: () => Promise<unknown>,
): Promise<number> {
  const crowded = async () => {
    const centre = (await room.centresWithin(tx)).find((one) => one.centreId === centreId);
    if (centre === undefined) return [];
    const given = (await room.services(tx)).filter((service) => service.centreId === centreId);
    const services = new Map(given.map((service) => [service.serviceId, service]));
    const { found } = await crowdedOut(tx, centre, services, room.now());
    return found.map(({ bookingId }) => bookingId);
  };
  await fillWithin(room, tx, centreId);
  const before = new Set(await crowded());
  await work();
  await fillWithin(room, tx, centreId);
  return (await crowded()).filter((bookingId) => !before.has(bookingId)).length;
}

/** The bookings that are to come at a centre, and those of them for which there is no room, each with the reason. */
async function crowdedOut(
  tx: Read,
  centre: BookableCentre,
  given: ReadonlyMap<string, GivenService> | undefined,
  now: Instant,
) {
  const coming = await comingBookings(tx, centre.centreId, now);
  const tight = await tightCells(tx, centre.centreId, businessDayAt(now, centre.zone));
  const isOff = ({ services, day }: BookingRow) =>
    services.some(({ serviceId }) => {
      const service = given?.get(serviceId);
      return service === undefined || service.off.some(({ from, to }) => from <= day && day <= to);
    });
  const isOutside = ({ day, at, until }: BookingRow) => {
    const doors = centre.doorsOn(day);
    return doors === null || at < doors.opens || until > doors.closes;
  };
  const found = conflictsOf(
    coming.map((booking) => ({ ...booking, isOff: isOff(booking), isOutside: !booking.atHome && isOutside(booking) })),
    tight,
  );
  return { coming, found };
}

/** Moves each of them to the nearest other time at its own centre, or else near by, and tells the visitor. */
export async function moveConflicts(
  desk: Desk,
  centreId: CentreId,
  actor: Actor,
): Promise<{ moved: number; left: number }> {
  const known = await desk.known.read();
  let moved = 0;
  const conflicts = await conflictsAt(desk, centreId);
  for (const { booking } of conflicts) {
    // A booking moved earlier may have taken what was offered when the list was made.
    const offers = otherTimes(known, await desk.ledger.read(), booking, desk.room.now());
    if (await moveToFirst(desk, booking.bookingId, offers, actor)) moved += 1;
  }
  return { moved, left: conflicts.length - moved };
}

async function moveToFirst(desk: Desk, bookingId: string, offers: readonly Place[], actor: Actor): Promise<boolean> {
  for (const place of offers) {
    try {
      await moveTo(desk, bookingId, place, { actor, by: 'staff', told: 'booking-moved-by-centre' });
      return true;
    } catch (error) {
      // Taken meanwhile, or the visitor is elsewhere then: the next one.
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return false;
}

function otherTimes(known: Known, days: LedgerDays, booking: BookingRow, now: Instant): Place[] {
  // The hall may use every place: it is the centre that has to make it good.
  const wish = { services: booking.services, persons: booking.persons, channel: 'reception' } as const;
  const timesAt = (centreId: CentreId, count: number): Place[] => {
    const offer = offerAt(known, centreId, wish);
    return offer === null
      ? []
      : nearestTimes(days, offer, wish, booking.at, count, now).map((at) => ({ centreId, at }));
  };
  const near = nearCentres(known, booking.centreId).flatMap((centreId) => timesAt(centreId, OFFERS_NEAR));
  return [...timesAt(booking.centreId, OFFERS_HERE), ...near];
}

function nearCentres({ centres }: Known, centreId: CentreId): CentreId[] {
  const from = centres.get(centreId)?.position ?? null;
  if (from === null) return [];
  return [...centres.values()]
    .flatMap(({ centreId: id, position }) =>
      id === centreId || position === null ? [] : [{ id, away: kilometresBetween(from, position) }],
    )
    .toSorted((a, b) => a.away - b.away)
    .slice(0, CENTRES_NEAR)
    .map(({ id }) => id);
}
