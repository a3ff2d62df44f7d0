import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProblemCode, ProblemError } from '../problems.ts';
import { addDays, type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import { HOUR, MINUTE } from '../time/instant.ts';
import type { LedgerDay } from './free.ts';
import { CELL, channelPool, USUAL_BOOKING, WINDOWS_POOL } from './setting.ts';
import { claimAt, freeDays, type LedgerDays, nearestTimes, roomiestNear, timesOn } from './times.ts';
import type { Offer, Wish } from './wish.ts';

const ZONE = 'Europe/Moscow' as TimeZone;
const TODAY = '2026-02-19' as CivilDate;
const NOW = instantOf(TODAY, '07:00', ZONE);
const CELLS = 24;
const DAYS = [0, 1, 2, 3].map((ahead) => addDays(TODAY, ahead));
const wish: Wish = { services: [{ serviceId: 'passports', quantity: 1 }], persons: 1, channel: 'reception' };

const offer = (change: Partial<Offer> = {}): Offer => ({
  centreId: 1,
  zone: ZONE,
  position: { latitude: 55.75, longitude: 37.6 },
  today: TODAY,
  setting: { ...USUAL_BOOKING, stepMinutes: 10 },
  need: { minutes: 10, cells: 2, pools: [WINDOWS_POOL], kinds: [], atHome: false },
  given: [{ serviceId: 'passports', off: [] }],
  ...change,
});

/** A ledger of four mornings from eight o'clock, of which so many places of two are taken, cell by cell. */
function ledgerOf(taken: readonly (readonly number[])[], centreId = 1): LedgerDays {
  const days = new Map(
    DAYS.map((day, index): [CivilDate, LedgerDay] => [
      day,
      {
        begins: instantOf(day, '08:00', ZONE),
        pools: new Map([
          [
            WINDOWS_POOL,
            { wholeDay: false, places: Array(CELLS).fill(2), taken: taken[index] ?? Array(CELLS).fill(0) },
          ],
        ]),
        units: new Map(),
      },
    ]),
  );
  return { day: (id, day) => (id === centreId ? (days.get(day) ?? null) : null), daysOf: () => DAYS };
}

const filled = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: CELLS, maxLength: CELLS }), {
  minLength: DAYS.length,
  maxLength: DAYS.length,
});

function refusalOf(work: () => unknown): ProblemCode | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

describe('what a booking takes', () => {
  test('a time can be had exactly if it is among the free times of its day', () => {
    const cell = fc.integer({ min: -2, max: CELLS + 2 });
    fc.assert(
      fc.property(filled, fc.constantFrom(...DAYS), cell, (taken, day, at) => {
        const days = ledgerOf(taken);
        const time = instantOf(day, '08:00', ZONE) + at * CELL;
        const isListed = timesOn(days, offer(), wish, day, NOW).some((free) => free.at === time);
        expect(refusalOf(() => claimAt(days, offer(), wish, time, NOW))).toBe(isListed ? null : 'time-taken');
        if (isListed)
          expect(claimAt(days, offer(), wish, time, NOW)).toEqual({
            pools: [WINDOWS_POOL],
            cells: 2,
            until: time + 10 * MINUTE,
          });
      }),
    );
  });

  test('the days and the nearest times that are shown can all be had', () => {
    fc.assert(
      fc.property(filled, fc.integer({ min: 0, max: 72 }), (taken, hours) => {
        const days = ledgerOf(taken);
        const around = NOW + hours * HOUR;
        const near = nearestTimes(days, offer(), wish, around, 5, NOW);
        const firsts = freeDays(days, offer(), wish, { from: null, to: null }, NOW).map(({ first }) => first);
        for (const at of [...near, ...firsts]) expect(claimAt(days, offer(), wish, at, NOW).cells).toBe(2);
        const all = DAYS.flatMap((day) => timesOn(days, offer(), wish, day, NOW));
        expect(near).toHaveLength(Math.min(5, all.length));
        expect(firsts).toHaveLength(DAYS.filter((day) => timesOn(days, offer(), wish, day, NOW).length > 0).length);
      }),
    );
  });

  const nine = instantOf(TODAY, '09:00', ZONE);
  const off = [{ serviceId: 'passports', off: [{ from: TODAY, to: TODAY }] }];
  const later = { ...USUAL_BOOKING.channels.reception, leadMinutes: 180 };
  const sooner: [string, ProblemCode, Partial<Offer>, number][] = [
    ['a time that is past', 'time-past', {}, NOW - MINUTE],
    ['a day beyond what the channel may book', 'time-too-far', {}, nine + 61 * 24 * HOUR],
    [
      'less notice than the channel needs',
      'time-too-soon',
      { setting: { ...USUAL_BOOKING, channels: { ...USUAL_BOOKING.channels, reception: later } } },
      nine,
    ],
    ['a service that is off on both of its bounds', 'service-off', { given: off }, nine],
    ['a time between two that are offered', 'time-taken', {}, nine + CELL],
  ];
  test.each(sooner)('%s is %s', (_what, code, change, at) => {
    expect(refusalOf(() => claimAt(ledgerOf([]), offer(change), wish, at, NOW))).toBe(code);
  });

  test('a channel whose share is used up has nothing until the share is released', () => {
    const days = ledgerOf([]);
    const share = { wholeDay: true, places: [2], taken: [2] };
    const withShare: LedgerDays = {
      ...days,
      day: (id, day) => {
        const found = days.day(id, day);
        return found === null ? null : { ...found, pools: new Map([...found.pools, [channelPool('city'), share]]) };
      },
    };
    const city = { ...wish, channel: 'city' as const };
    const releasedAfter = (day: CivilDate, now: number) => timesOn(withShare, offer(), city, day, now).length > 0;
    const [, , third] = DAYS as [CivilDate, CivilDate, CivilDate];
    const released = instantOf(third, '08:00', ZONE) - 24 * HOUR;
    expect([releasedAfter(third, released - 1), releasedAfter(third, released)]).toEqual([false, true]);
  });
});

test('of the centres near by the one with the greatest free part is chosen, of equals the nearer', () => {
  const at = instantOf(TODAY, '09:00', ZONE);
  const near = { latitude: 55.75, longitude: 37.6, kilometres: 5 };
  const taken = (count: number) => [Array<number>(CELLS).fill(count)];
  const ledgers = new Map([
    [1, ledgerOf(taken(1), 1)],
    [2, ledgerOf(taken(0), 2)],
    [3, ledgerOf(taken(0), 3)],
    [4, ledgerOf(taken(0), 4)],
  ]);
  const days: LedgerDays = { day: (id, day) => ledgers.get(id)?.day(id, day) ?? null, daysOf: () => DAYS };
  const centre = (centreId: number, latitude: number) => offer({ centreId, position: { latitude, longitude: 37.6 } });
  const offers = [centre(1, 55.75), centre(2, 55.77), centre(3, 55.76), centre(4, 56.5)];
  const chosen = (all: readonly Offer[]) => roomiestNear(days, all, wish, at, near, NOW)?.centreId ?? null;
  expect([chosen(offers), chosen(offers.slice(0, 2)), chosen(offers.slice(3))]).toEqual([3, 2, null]);
});
