import { MINUTE } from '../time/instant.ts';
import type { Visitor } from './demand.ts';
import type { RehearsalCity, RehearsalSite } from './frozen-city.ts';
import { random, streamOf } from './random.ts';
import type { HallRehearsal } from './rehearse-day.ts';

/** Visitors choose among near centres. */
export interface Diversion {
  /** Of the walk-ins so many (0 to 1) look at the waits and go where way and wait together are shortest. */
  readonly share: number;
  /** `home`: before they leave home. `hall`: they are told in the hall, and go on only if that saves `gainMinutes`. */
  readonly where: 'home' | 'hall';
  readonly gainMinutes: number;
  readonly minutesPerKm: number;
}

/** Centres within so many km are near, and in any case the nearest so many. */
export const NEAR_KM = 3;
export const NEAR_LEAST = 3;
const KM_PER_DEGREE = 111.195;

interface Near {
  readonly site: number;
  readonly km: number;
}

/** What moving visitors came to. */
export interface Moved {
  visitors: number;
  /** The way to the chosen centre beyond the way to the first one. */
  addedMinutes: number;
}

/** The near centres of each, nearest first; distances as the crow flies. */
export function nearCentres({ sites }: RehearsalCity): Near[][] {
  return sites.map((from, index) => {
    const others = sites
      .map((to, site) => ({ site, km: kmBetween(from, to) }))
      .filter(({ site }) => site !== index)
      .sort((a, b) => a.km - b.km);
    return others.filter(({ km }, place) => km <= NEAR_KM || place < NEAR_LEAST);
  });
}

/** A visitor who chooses: when, where they would go without advice, and the way from their home to each centre. */
interface Choice {
  readonly atMs: number;
  readonly site: number;
  readonly visitor: Visitor;
  readonly ways: readonly { readonly site: number; readonly minutes: number }[];
}

/**
 * Lets those visitors of a day choose, and plays the halls as far as that takes. Where visitors live is an assumption: evenly in a
 * circle round their centre that reaches half way to the nearest other one. The waits that they see are those that the halls show then.
 */
export function divert(
  city: RehearsalCity,
  near: readonly (readonly Near[])[],
  halls: readonly HallRehearsal[],
  choosing: readonly { readonly site: number; readonly visitor: Visitor }[],
  { where, gainMinutes, minutesPerKm }: Diversion,
  seed: number,
): Moved {
  const draw = random(streamOf(seed, 4));
  const moved: Moved = { visitors: 0, addedMinutes: 0 };
  const choices = choosing.map(({ site, visitor }): Choice => {
    const home = where === 'home' ? homeOf(city.sites[site] as RehearsalSite, near[site] ?? [], draw) : null;
    const from = home ?? (city.sites[site] as RehearsalSite);
    const ways = [{ site }, ...(near[site] ?? [])].map((to) => ({
      site: to.site,
      minutes: minutesPerKm * kmBetween(from, city.sites[to.site] as RehearsalSite),
    }));
    return { atMs: visitor.arrivesMs - Math.round((ways[0]?.minutes ?? 0) * MINUTE), site, visitor, ways };
  });
  for (const { atMs, visitor, ways } of choices.sort((a, b) => a.atMs - b.atMs)) {
    const [own] = ways;
    if (own === undefined) continue;
    const total = (way: (typeof ways)[number]) => {
      const hall = halls[way.site] as HallRehearsal;
      hall.advance(atMs);
      return way.minutes + hall.shownWaitMinutes;
    };
    const stay = total(own);
    let best = own;
    let least = stay - gainMinutes;
    for (const way of ways.slice(1)) {
      const minutes = way.minutes < least ? total(way) : Infinity;
      if (minutes < least) [best, least] = [way, minutes];
    }
    if (best !== own) {
      moved.visitors += 1;
      moved.addedMinutes += best.minutes - own.minutes;
    }
    const arrivesMs = atMs + Math.round(best.minutes * MINUTE);
    const inTime = arrivesMs < city.closes * MINUTE;
    const goes = inTime ? best : own;
    const when = Math.min(inTime ? arrivesMs : visitor.arrivesMs, city.closes * MINUTE - 1);
    (halls[goes.site] as HallRehearsal).receive({ ...visitor, arrivesMs: when });
  }
  return moved;
}

function homeOf(site: RehearsalSite, near: readonly Near[], draw: () => number) {
  const reach = Math.min(near[0]?.km ?? NEAR_KM, NEAR_KM) / 2;
  const km = reach * Math.sqrt(draw());
  const angle = 2 * Math.PI * draw();
  return {
    latitude: site.latitude + (km * Math.sin(angle)) / KM_PER_DEGREE,
    longitude: site.longitude + (km * Math.cos(angle)) / (KM_PER_DEGREE * Math.cos((site.latitude * Math.PI) / 180)),
  };
}

interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** As the crow flies; on the scale of a city the earth is flat. */
export function kmBetween(a: Place, b: Place): number {
  const north = (b.latitude - a.latitude) * KM_PER_DEGREE;
  const middle = ((a.latitude + b.latitude) / 2) * (Math.PI / 180);
  const east = (b.longitude - a.longitude) * KM_PER_DEGREE * Math.cos(middle);
  return Math.hypot(north, east);
}
