import { kilometresBetween, type Position } from '../city/distance.ts';
import { type Instant, MINUTE } from '../time/instant.ts';

/** The kind of resource that goes to people's homes: a specialist with a car. */
export const HOME_CREW = 'home-crew';

/** By car in the city, with finding the door: so many minutes for a kilometre as the crow flies, and so many at least. */
const MINUTES_PER_KM = 3;
const LEAST_MINUTES = 10;

/** A visit at home that a crew is to make. */
export interface HomeStop {
  readonly bookingId: string;
  readonly at: Instant;
  readonly until: Instant;
  /** Where it is; null where nobody said: then the way is not known. */
  readonly position: Position | null;
}

/** A visit with the way to it from where the crew was before: the centre, or the visit before. */
export interface RouteStop extends HomeStop {
  readonly wayMinutes: number | null;
  readonly leaveAt: Instant | null;
  /** True when the crew cannot be there in time. */
  readonly isTight: boolean;
}

/** The day of one crew, in the order of the times that were booked. `from`: where it begins. */
export function routeOf(from: Position | null, stops: readonly HomeStop[]): RouteStop[] {
  let here = from;
  let free: Instant | null = null;
  return stops
    .toSorted((a, b) => a.at - b.at)
    .map((stop) => {
      const wayMinutes = here === null || stop.position === null ? null : wayBetween(here, stop.position);
      const leaveAt = wayMinutes === null ? null : stop.at - wayMinutes * MINUTE;
      const isTight = leaveAt !== null && free !== null && leaveAt < free;
      here = stop.position ?? here;
      free = stop.until;
      return { ...stop, wayMinutes, leaveAt, isTight };
    });
}

/** Minutes from one place to another. */
export function wayBetween(a: Position, b: Position): number {
  return Math.max(LEAST_MINUTES, Math.ceil(kilometresBetween(a, b) * MINUTES_PER_KM));
}
