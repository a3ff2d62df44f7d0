import { type Asked, freeTimes, type FreeTime, type LedgerDay, rememberedCount } from '../../../core/booking/free.ts';
import { kilometresBetween, type Position } from '../../../core/city/distance.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { LedgerDays } from './ledger/ledger.ts';
import type { BookableCentre } from './room.ts';
import { askOn, horizon, type Horizon, type Known, type Offer, offerAt, type Wish } from './wanted.ts';

/** The free times of one day at a centre for a caller of a channel. */
export function timesOn(days: LedgerDays, offer: Offer, wish: Wish, day: CivilDate, within: Horizon): FreeTime[] {
  const [ledger, asked] = askedOn(days, offer, wish, day, within);
  return ledger === null || asked === null ? [] : freeTimes(ledger, asked);
}

/** A day of the ledger and what is asked of it; null where the channel may not book it, or nothing is offered. */
function askedOn(
  days: LedgerDays,
  offer: Offer,
  { channel }: Wish,
  day: CivilDate,
  within: Horizon,
): readonly [LedgerDay | null, Asked | null] {
  const ledger = day < within.from || day > within.to ? null : days.day(offer.centre.centreId, day);
  return [ledger, ledger === null ? null : askOn(offer, channel, day, ledger.begins, within)];
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
  const within = horizon(offer, wish.channel, now);
  const first = dates.from === null || dates.from < within.from ? within.from : dates.from;
  const last = dates.to === null || dates.to > within.to ? within.to : dates.to;
  const name = JSON.stringify([offer.need, offer.setting.stepMinutes]);
  const found: FreeDay[] = [];
  for (const day of days.daysOf(offer.centre.centreId)) {
    if (day < first || day > last) continue;
    const [ledger, asked] = askedOn(days, offer, wish, day, within);
    const free =
      ledger === null || asked === null ? null : rememberedCount(ledger, asked, `${name} ${asked.channel ?? ''}`);
    if (free !== null) found.push({ day, ...free });
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
  const middle = businessDayAt(around, offer.centre.zone);
  const within = horizon(offer, wish.channel, now);
  const found: Instant[] = [];
  for (let away = 0; away <= DAYS_LOOKED_AT && found.length < count; away += 1) {
    const both = away === 0 ? [middle] : [addDays(middle, -away), addDays(middle, away)];
    const times = both.flatMap((day) => timesOn(days, offer, wish, day, within).map(({ at }) => at));
    found.push(...times.toSorted((a, b) => Math.abs(a - around) - Math.abs(b - around)).slice(0, count - found.length));
  }
  return found.toSorted((a, b) => a - b);
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
    const time = timesOn(days, offer, wish, day, horizon(offer, wish.channel, now)).find((free) => free.at === at);
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
