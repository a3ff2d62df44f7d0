import { freeTimes, type FreeTime, type LedgerDay } from '../../../core/booking/free.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { LedgerDays } from './ledger/ledger.ts';
import type { BookableCentre } from './room.ts';
import { askOn, horizon, type Known, type Offer, offerAt, type Wish } from './wanted.ts';

/** The free times of one day at a centre for somebody who asks through a channel. */
export function timesOn(days: LedgerDays, offer: Offer, { channel }: Wish, day: CivilDate, now: Instant): FreeTime[] {
  const { from, to } = horizon(offer, channel, now);
  if (day < from || day > to) return [];
  const ledger = days.day(offer.centre.centreId, day);
  if (ledger === null) return [];
  const asked = askOn(offer, channel, day, ledger.begins, now);
  return asked === null ? [] : freeTimes(ledger, asked);
}

/** A day with free times: how many, and the first. */
export interface FreeDay {
  readonly day: CivilDate;
  readonly times: number;
  readonly first: Instant;
}

/** The days on which a centre has free times, within a channel's horizon and the dates asked for. */
export function freeDays(
  days: LedgerDays,
  offer: Offer,
  wish: Wish,
  dates: { readonly from: CivilDate | null; readonly to: CivilDate | null },
  now: Instant,
): FreeDay[] {
  const { from, to } = horizon(offer, wish.channel, now);
  const first = dates.from === null || dates.from < from ? from : dates.from;
  const last = dates.to === null || dates.to > to ? to : dates.to;
  const found: FreeDay[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const times = timesOn(days, offer, wish, day, now);
    if (times[0] !== undefined) found.push({ day, times: times.length, first: times[0].at });
  }
  return found;
}

/** A time at a centre. */
export interface Place {
  readonly centreId: CentreId;
  readonly at: Instant;
}

const DAYS_LOOKED_AT = 14;

/** The nearest free times around a moment at one centre, at most so many, in order. */
export function nearestTimes(
  days: LedgerDays,
  offer: Offer,
  wish: Wish,
  around: Instant,
  count: number,
  now: Instant,
): Instant[] {
  const { zone } = offer.centre;
  const middle = businessDayAt(around, zone);
  const found: Instant[] = [];
  for (let away = 0; away <= DAYS_LOOKED_AT && found.length < count; away += 1) {
    const both = away === 0 ? [middle] : [addDays(middle, -away), addDays(middle, away)];
    const times = both.flatMap((day) => timesOn(days, offer, wish, day, now).map(({ at }) => at));
    found.push(...times.toSorted((a, b) => Math.abs(a - around) - Math.abs(b - around)).slice(0, count - found.length));
  }
  return found.toSorted((a, b) => a - b);
}

const EARTH_KM = 6_371;

/** Kilometres as the crow flies (haversine). */
export function kilometresBetween(a: Position, b: Position): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half));
}

interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * The centre near a place that has the greatest part of its places free at a time: so visitors who do not care are spread, and the
 * one that has most room is filled first. Of equals the nearer. Null when none is free then.
 */
export function roomiestNear(
  known: Known,
  days: LedgerDays,
  wish: Wish,
  at: Instant,
  near: Position & { readonly kilometres: number },
  now: Instant,
): Offer | null {
  let best: { readonly offer: Offer; readonly room: number; readonly away: number } | null = null;
  for (const centre of known.centres.values()) {
    const away = awayFrom(centre, near);
    if (away === null || away > near.kilometres) continue;
    const offer = offerAt(known, centre.centreId, wish);
    if (offer === null) continue;
    const day = businessDayAt(at, centre.zone);
    const ledger = days.day(centre.centreId, day);
    const time = timesOn(days, offer, wish, day, now).find((free) => free.at === at);
    if (ledger === null || time === undefined) continue;
    const room = time.left / placesAt(ledger, at);
    if (best === null || room > best.room || (room === best.room && away < best.away)) best = { offer, room, away };
  }
  return best?.offer ?? null;
}

function awayFrom({ position }: BookableCentre, near: Position): number | null {
  return position === null ? null : kilometresBetween(position, near);
}

function placesAt({ begins, pools }: LedgerDay, at: Instant): number {
  return pools.get('windows')?.places[Math.round((at - begins) / 300_000)] ?? 1;
}
