import { conflictsOf, type ConflictReason } from '../../../../core/booking/conflicts.ts';
import { type LedgerDays, nearestTimes, type Place } from '../../../../core/booking/times.ts';
import { kilometresBetween } from '../../../../core/city/distance.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import { businessDayAt } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import { type GivenService, givenServices } from '../../network/index.ts';
import { type BookableCentre, bookableCentre } from '../bookable-centre.ts';
import type { BookingContext } from '../context.ts';
import { fillWithin } from '../ledger/fill.ts';
import { centreOf, offerAt, type OfferFacts } from '../offer-lookup.ts';
import type { BookingRow } from '../queries.ts';
import { comingBookings, tightCells } from './queries.ts';

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
export async function conflictsAt(context: BookingContext, centreId: CentreId): Promise<Conflict[]> {
  const facts = await context.offers.read();
  const centre = centreOf(facts, centreId);
  const now = context.now();
  const { coming, found } = await context.db.read((tx) => crowdedOut(tx, centre, facts.services.get(centreId), now));
  if (found.length === 0) return [];
  const days = await context.ledger.read();
  const byId = new Map(coming.map((booking) => [booking.bookingId, booking]));
  return found
    .flatMap(({ bookingId, reason }) => {
      const booking = byId.get(bookingId);
      return booking === undefined ? [] : [{ booking, reason, offers: otherTimes(facts, days, booking, now) }];
    })
    .toSorted((a, b) => a.booking.at - b.booking.at);
}

/**
 * How many bookings of a centre have no room once this work is done that had room before. Within a transaction, so that the answer is
 * there before anything is kept.
 */
export async function newConflicts(
  tx: Write,
  context: BookingContext,
  centreId: CentreId,
  work: () => Promise<unknown>,
): Promise<number> {
  const crowded = async () => {
    const entry = (await context.directory.within(tx)).find(({ centre }) => centre.centre_id === centreId);
    if (entry === undefined) return [];
    const given = (await givenServices(tx)).filter((service) => service.centreId === centreId);
    const services = new Map(given.map((service) => [service.serviceId, service]));
    const { found } = await crowdedOut(tx, bookableCentre(entry), services, context.now());
    return found.map(({ bookingId }) => bookingId);
  };
  await fillWithin(tx, context, centreId);
  const before = new Set(await crowded());
  await work();
  await fillWithin(tx, context, centreId);
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

/** The nearest other times for a booking, here and near by. */
export function otherTimes(facts: OfferFacts, days: LedgerDays, booking: BookingRow, now: Instant): Place[] {
  // The hall may use every place: it is the centre that has to make it good.
  const wish = { services: booking.services, persons: booking.persons, channel: 'reception' } as const;
  const timesAt = (centreId: CentreId, count: number): Place[] => {
    const offer = offerAt(facts, centreId, wish, now);
    return offer === null
      ? []
      : nearestTimes(days, offer, wish, booking.at, count, now).map((at) => ({ centreId, at }));
  };
  const near = nearCentres(facts, booking.centreId).flatMap((centreId) => timesAt(centreId, OFFERS_NEAR));
  return [...timesAt(booking.centreId, OFFERS_HERE), ...near];
}

function nearCentres({ centres }: OfferFacts, centreId: CentreId): CentreId[] {
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
