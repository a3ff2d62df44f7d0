import { kilometresBetween, type Position } from '../city/distance.ts';
import { refuse } from '../problems.ts';
import type { CentreId } from '../queue/ids.ts';
import { addDays, businessDayAt, type CivilDate } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import { localTime } from '../time/wording.ts';
import { type Asked, freeTimes, type FreeTime, isFree, type LedgerDay, poolsTaken, rememberedCount } from './free.ts';
import { horizonOf } from './life.ts';
import { releasedAt } from './offer.ts';
import { CELL, type Channel, channelPool, WINDOWS_POOL } from './setting.ts';
import type { Offer, Wish } from './wish.ts';

/** The ledger of all centres at one moment. */
export interface LedgerDays {
  /** Null: nothing is offered on that day. */
  day(centreId: CentreId, day: CivilDate): LedgerDay | null;
  /** The days on which a centre offers anything, in order. */
  daysOf(centreId: CentreId): readonly CivilDate[];
}

/** What a booking takes of the ledger. */
export interface Claim {
  readonly pools: readonly string[];
  readonly cells: number;
  /** Until when the place is taken, the rest afterwards included. */
  readonly until: Instant;
}

/** The number of other times that come with a refusal. */
const OFFERED_INSTEAD = 5;

/**
 * What a booking at this time takes. Throws time-past, time-too-far, time-too-soon, service-off, or time-taken with the nearest times that
 * can be had.
 */
export function claimAt(days: LedgerDays, offer: Offer, wish: Wish, at: Instant, now: Instant): Claim {
  const { zone, need } = offer;
  const day = businessDayAt(at, zone);
  const within = horizon(offer, wish.channel, now);
  const { from, to, notBefore } = within;
  if (at <= now) return refuse('time-past', {});
  if (day > to) return refuse('time-too-far', { day: to });
  if (day < from || at < notBefore) return refuse('time-too-soon', {});
  if (isOffOn(offer, day)) return refuse('service-off', { serviceId: offer.given[0]?.serviceId ?? '' });
  const found = askedOn(days, offer, wish.channel, day, within);
  const pools =
    found !== null && isFree(found.ledger, found.asked, at) ? poolsTaken(found.ledger, found.asked, at) : null;
  if (pools === null) {
    const next = nearestTimes(days, offer, wish, at, OFFERED_INSTEAD, now);
    return refuse('time-taken', { next, times: next.map((time) => localTime(time, zone)).join(', ') });
  }
  return { pools, cells: need.cells, until: at + need.cells * CELL };
}

/** The free times of one day at a centre for a caller of a channel. */
export function timesOn(
  days: LedgerDays,
  offer: Offer,
  { channel }: Pick<Wish, 'channel'>,
  day: CivilDate,
  now: Instant,
): FreeTime[] {
  return timesWithin(days, offer, channel, day, horizon(offer, channel, now));
}

function timesWithin(days: LedgerDays, offer: Offer, channel: Channel, day: CivilDate, within: Horizon): FreeTime[] {
  const found = askedOn(days, offer, channel, day, within);
  return found === null ? [] : freeTimes(found.ledger, found.asked);
}

/** The days on which a channel may book at a centre, the moment before which it may not, and now. */
interface Horizon {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly notBefore: Instant;
  readonly now: Instant;
}

function horizon({ setting, today }: Offer, channel: Channel, now: Instant): Horizon {
  return { ...horizonOf(setting, channel, today, now), now };
}

/** A day of the ledger and what is asked of it; null where the channel may not book it, or nothing is offered or given. */
function askedOn(
  days: LedgerDays,
  offer: Offer,
  channel: Channel,
  day: CivilDate,
  { from, to, notBefore, now }: Horizon,
): { readonly ledger: LedgerDay; readonly asked: Asked } | null {
  const { centreId, setting, need } = offer;
  const ledger = day < from || day > to ? null : days.day(centreId, day);
  if (ledger === null || isOffOn(offer, day)) return null;
  const isReleased = setting.channels[channel].share === null || now >= releasedAt(setting, channel, ledger.begins);
  const own = isReleased || need.atHome ? null : channelPool(channel);
  return { ledger, asked: { need, stepMinutes: setting.stepMinutes, notBefore, channel: own } };
}

function isOffOn({ given }: Offer, day: CivilDate): boolean {
  return given.some(({ off }) => off.some(({ from, to }) => from <= day && day <= to));
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
  { channel }: Wish,
  dates: { readonly from: CivilDate | null; readonly to: CivilDate | null },
  now: Instant,
): FreeDay[] {
  const within = horizon(offer, channel, now);
  const first = dates.from === null || dates.from < within.from ? within.from : dates.from;
  const last = dates.to === null || dates.to > within.to ? within.to : dates.to;
  const name = JSON.stringify([offer.need, offer.setting.stepMinutes]);
  const found: FreeDay[] = [];
  for (const day of days.daysOf(offer.centreId)) {
    if (day < first || day > last) continue;
    const on = askedOn(days, offer, channel, day, within);
    const free = on === null ? null : rememberedCount(on.ledger, on.asked, `${name} ${on.asked.channel ?? ''}`);
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
  const middle = businessDayAt(around, offer.zone);
  const within = horizon(offer, wish.channel, now);
  const found: Instant[] = [];
  for (let away = 0; away <= DAYS_LOOKED_AT && found.length < count; away += 1) {
    const both = away === 0 ? [middle] : [addDays(middle, -away), addDays(middle, away)];
    const times = both.flatMap((day) => timesWithin(days, offer, wish.channel, day, within).map(({ at }) => at));
    found.push(...times.toSorted((a, b) => Math.abs(a - around) - Math.abs(b - around)).slice(0, count - found.length));
  }
  return found.toSorted((a, b) => a - b);
}

/**
 * The centre near a place that has the greatest part of its places free at a time: so visitors who do not care are spread, and the
 * one that has most room is filled first. Of equals the nearer. Null when none is free then.
 */
export function roomiestNear(
  days: LedgerDays,
  offers: readonly Offer[],
  wish: Wish,
  at: Instant,
  near: Position & { readonly kilometres: number },
  now: Instant,
): Offer | null {
  let best: { readonly offer: Offer; readonly room: number; readonly away: number } | null = null;
  for (const offer of offers) {
    const away = offer.position === null ? Infinity : kilometresBetween(offer.position, near);
    if (away > near.kilometres) continue;
    const day = businessDayAt(at, offer.zone);
    const ledger = days.day(offer.centreId, day);
    const time = timesOn(days, offer, wish, day, now).find((free) => free.at === at);
    if (ledger === null || time === undefined) continue;
    const room = time.left / placesAt(ledger, at);
    if (best === null || room > best.room || (room === best.room && away < best.away)) best = { offer, room, away };
  }
  return best?.offer ?? null;
}

function placesAt({ begins, pools }: LedgerDay, at: Instant): number {
  return pools.get(WINDOWS_POOL)?.places[Math.round((at - begins) / CELL)] ?? 1;
}
