import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import { poolsOn } from './offer.ts';
import { CELL, USUAL_BOOKING, WINDOWS_POOL } from './setting.ts';

const ZONE = 'Europe/Moscow' as TimeZone;
const DAY = '2026-02-19' as CivilDate;

/** The places that a centre of so many windows, open from eight to eight, offers cell by cell. */
function placesOf(windows: number, share: number): readonly number[] {
  const doors = { opens: instantOf(DAY, '08:00', ZONE), closes: instantOf(DAY, '20:00', ZONE) };
  const means = {
    day: DAY,
    zone: ZONE,
    doors,
    planned: new Map(),
    windows,
    equipped: new Map(),
    broken: new Set<number>(),
  };
  const pools = poolsOn({ ...USUAL_BOOKING, share }, { ...means, showShare: 1 });
  return pools.find(({ pool }) => pool === WINDOWS_POOL)?.places ?? [];
}

test('a centre with one window offers its only window in every second block of two hours', () => {
  const places = placesOf(1, 0.5);
  const hourly = Array.from({ length: 12 }, (_, hour) => places[(hour * 3_600_000) / CELL]);
  expect(hourly).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
});

test('whatever share there is, something is offered from the first hour on, and never more than the share over the day but for one block', () => {
  const block = (2 * 3_600_000) / CELL;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 100 }), (windows, percent) => {
      const places = placesOf(windows, percent / 100);
      const sum = places.reduce((all, count) => all + count, 0);
      expect(places[0]).toBeGreaterThan(0);
      expect(sum).toBeLessThanOrEqual((windows * percent * places.length) / 100 + block);
      expect(Math.max(...places)).toBeLessThanOrEqual(Math.max(1, (windows * percent) / 100 + 1e-9));
    }),
  );
});

test('a share of nothing offers nothing', () => expect(Math.max(...placesOf(40, 0))).toBe(0));
