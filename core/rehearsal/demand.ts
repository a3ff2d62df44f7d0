import { lognormalParameters } from '../planning/normal.ts';
import { MINUTE, type Milliseconds } from '../time/instant.ts';
import type { RehearsalCity, RehearsalSite, ServiceClass } from './frozen-city.ts';
import { exponential, normal, type Random, random, streamOf } from './random.ts';

/** A visitor to come, as only the rehearsal knows them: when, for what, and how long it will take. */
export interface Visitor {
  /** When they come, from midnight. */
  readonly arrivesMs: Milliseconds;
  /** The place of their service in the city's classes. */
  readonly classIndex: number;
  readonly serviceMs: Milliseconds;
  /** The time of their appointment from midnight; null for a walk-in. */
  readonly slotMs: Milliseconds | null;
}

/**
 * The visitors of one day of one site, in the order in which they come. The same city, site, seed and day give the same
 * visitors to the byte, whatever else is drawn. Walk-ins are Poisson within each half hour, moved by the day's factor;
 * appointments are booked on the grid so that the expected shows are their share, and come about their time, within the hours.
 */
export function demandOf(city: RehearsalCity, site: RehearsalSite, seed: number, day: number): Visitor[] {
  const draw = random(streamOf(seed, day, Number(BigInt(site.siteId) % 4_294_967_291n)));
  const deviation = city.dayFactorDeviation;
  const factor = Math.exp(deviation * normal(draw) - (deviation * deviation) / 2);
  const walkIns = (1 - city.appointments.share) * site.visitsPerDay * factor;
  const pick = classPicker(city.classes);
  const visitor = (arrives: number, slot: number | null): Visitor => {
    const { index, mu, sigma } = pick(draw);
    const serviceMs = Math.max(1, Math.round(Math.exp(mu + sigma * normal(draw)) * MINUTE));
    const slotMs = slot === null ? null : slot * MINUTE;
    return { arrivesMs: Math.round(arrives * MINUTE), classIndex: index, serviceMs, slotMs };
  };
  const visitors = walkInTimes(city, walkIns, draw).map((at) => visitor(at, null));
  for (const { slot, booked } of bookings(city, site)) {
    for (let place = 0; place < booked; place += 1) {
      if (draw() < city.appointments.noShow) continue;
      const { offsetMean, offsetDeviation } = city.appointments;
      const arrives = slot + offsetMean + offsetDeviation * normal(draw);
      visitors.push(visitor(Math.min(Math.max(arrives, city.opens), city.closes - 1 / 60), slot));
    }
  }
  return visitors.sort((a, b) => a.arrivesMs - b.arrivesMs);
}

/** How many a site's plan expects in each half hour, walk-ins and appointments together. */
export function expectedPerHalfHour(city: RehearsalCity, { visitsPerDay }: RehearsalSite): number[] {
  const sum = total(city.weights);
  return city.weights.map((weight) => (visitsPerDay * weight) / sum);
}

/** How many are booked for each slot: whole people, whose shows sum up to the appointments' share of what is expected. */
export function bookings(city: RehearsalCity, site: RehearsalSite): { slot: number; booked: number }[] {
  const { gridMinutes, share, noShow } = city.appointments;
  const expected = expectedPerHalfHour(city, site);
  const slots: { slot: number; booked: number }[] = [];
  let wanted = 0;
  let given = 0;
  for (let slot = city.opens; slot < city.closes; slot += gridMinutes) {
    const halfHour = Math.floor((slot - city.opens) / 30);
    wanted += (((expected[halfHour] ?? 0) * gridMinutes) / 30) * (share / (1 - noShow));
    const booked = Math.round(wanted) - given;
    given += booked;
    slots.push({ slot, booked });
  }
  return slots;
}

/** The moments of a Poisson process whose rate changes with the half hours: unit steps on the clock of what is expected. */
function walkInTimes(city: RehearsalCity, expected: number, draw: Random): number[] {
  const times: number[] = [];
  const sum = total(city.weights);
  let left = exponential(draw, 1);
  city.weights.forEach((weight, halfHour) => {
    const here = (expected * weight) / sum;
    const begins = city.opens + halfHour * 30;
    while (left < here) {
      times.push(begins + (left / here) * 30);
      left += exponential(draw, 1);
    }
    left -= here;
  });
  return times;
}

function classPicker(classes: readonly ServiceClass[]) {
  const choices = classes.map(({ share, meanMinutes, cv }, index) => ({
    index,
    share,
    ...lognormalParameters(meanMinutes, cv),
  }));
  const last = choices.at(-1);
  if (last === undefined) throw new Error('a city without services cannot be rehearsed');
  return (draw: Random) => {
    let left = draw() * choices.reduce((sum, choice) => sum + choice.share, 0);
    for (const choice of choices) {
      left -= choice.share;
      if (left < 0) return choice;
    }
    return last;
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
