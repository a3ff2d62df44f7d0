import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanWaitMinutes, shareWaitingOver } from '../planning/erlang.ts';
import { planOf, type ReserveTuning } from '../planning/reserve.ts';
import { HOUR, MINUTE } from '../time/instant.ts';
import { demandOf, type Visitor } from './demand.ts';
import { FROZEN_CITY } from './frozen-city.ts';
import { configurationOf, loadOf, meanServiceOf, unitLoad } from './hall.ts';
import { exponential, random } from './random.ts';
import type { Day } from '../queue/day.ts';
import { CITY_POLICIES } from './policies.ts';
import { prepare, rehearseCityDay } from './rehearse-city.ts';
import { readStaff, type Staff } from './staff.ts';
import { recordedOf, rehearseRecorded } from './recorded.ts';
import type { DayToRehearse } from './day-to-rehearse.ts';
import { rehearseDay } from './rehearse-day.ts';

const SITE = FROZEN_CITY.sites[40] as (typeof FROZEN_CITY.sites)[number];
const TUNING: ReserveTuning = {
  kind: 'foresight',
  plan: { share: 0.75, root: 0.08, offset: 0.3, last: 0 },
  byService: 0.5,
  call: { minutes: 9, bySize: 0, byCommitted: 2.8, most: 14 },
  letGo: { minutes: 2.6, bySize: 0.2, byLoad: 2.6, present: 0.3 },
  late: 1.06,
  tooLate: 2.5,
  ahead: { minutes: 7, lasting: 0.08, waiting: 0.13 },
};
const unit = unitLoad(FROZEN_CITY);

function dayOf(seed: number, change: Partial<DayToRehearse> = {}): DayToRehearse {
  const load = loadOf(unit, SITE);
  return {
    visitors: demandOf(FROZEN_CITY, SITE, seed, 0),
    configuration: configurationOf(FROZEN_CITY, SITE, { kind: 'due-time' }),
    opensMs: 8 * HOUR,
    closesMs: 20 * HOUR,
    plan: planOf(load, TUNING, SITE.windows),
    reserve: { tuning: TUNING, load, limits: { stintMinutes: 20, seatingMinutes: 2, windowsMax: SITE.windows } },
    meanServiceMinutes: meanServiceOf(FROZEN_CITY),
    ...change,
  };
}

/** Visitors of a queue with exponential gaps and services. */
function plainVisitors(seed: number, hours: number, perHour: number, serviceMinutes: number): Visitor[] {
  const draw = random(seed);
  const visitors: Visitor[] = [];
  for (let at = 0; at < hours * 60; at += exponential(draw, perHour / 60)) {
    const serviceMs = Math.max(1, Math.round(exponential(draw, 1 / serviceMinutes) * MINUTE));
    visitors.push({ arrivesMs: Math.round(at * MINUTE), classIndex: 0, serviceMs, slotMs: null });
  }
  return visitors;
}

test('the frozen city has as many visitors and as much work as it says', () => {
  let visitors = 0;
  let hours = 0;
  for (const site of FROZEN_CITY.sites) {
    for (const { serviceMs } of demandOf(FROZEN_CITY, site, 1, 0)) {
      visitors += 1;
      hours += serviceMs / HOUR;
    }
  }
  expect(Math.abs(visitors - 69_996)).toBeLessThan(1_500);
  expect(hours / 14_080).toBeCloseTo(1, 1);
});

test('the same seed gives the same day to the byte, another seed another', () => {
  const once = JSON.stringify(rehearseDay(dayOf(1)));
  expect(JSON.stringify(rehearseDay(dayOf(1)))).toBe(once);
  expect(JSON.stringify(rehearseDay(dayOf(2)))).not.toBe(once);
});

test('the load of a site is its work: what is busy over the day sums up to the services', () => {
  const { byMinute } = loadOf(unit, SITE);
  const hours = byMinute.reduce((sum, busy) => sum + busy / 60, 0);
  expect(hours).toBeCloseTo((SITE.visitsPerDay * meanServiceOf(FROZEN_CITY)) / 60, 0);
});

describe('a long day of one hall with exponential gaps and services waits as Erlang says', () => {
  test.each([
    [15, 60],
    [8, 30],
  ])('%i windows, %i visitors an hour', (windows, perHour) => {
    const hours = 2_500;
    const site = { ...SITE, windows };
    const tally = rehearseDay({
      ...dayOf(1),
      visitors: plainVisitors(7, hours, perHour, 12),
      configuration: configurationOf(FROZEN_CITY, site, { kind: 'fifo' }),
      opensMs: 0,
      closesMs: hours * HOUR,
      plan: [windows],
      reserve: null,
    });
    const hall = { load: (perHour / 60) * 12, windows, serviceMinutes: 12 };
    expect(tally.meanWaitMinutes / meanWaitMinutes(hall)).toBeCloseTo(1, 1);
    const over = tally.over15 / tally.visitors;
    expect(Math.abs(over - shareWaitingOver(hall, 15))).toBeLessThan(0.003);
  });
});

test('whatever the hall and its people are, everybody is served once and hours are never below the work', () => {
  const people = fc.record({
    speed: fc.double({ min: 0.6, max: 1.6, noNaN: true }),
    from: fc.integer({ min: 500, max: 1_100 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(people, { minLength: 1, maxLength: 6 }), (seed, staff) => {
      const day = dayOf(seed);
      const specialists = staff.map(({ speed, from }) => ({ speed, breaks: [{ from, minutes: 30 }] }));
      const called: number[] = [];
      const tally = rehearseDay({ ...day, specialists }, { called: (index) => called.push(index) });
      expect(called.toSorted((a, b) => a - b)).toEqual(day.visitors.map((_, index) => index));
      expect(tally.visitors).toBe(day.visitors.length);
      expect(tally.plannedMs + tally.overtimeMs + tally.reserveMs).toBeGreaterThanOrEqual(tally.workMs);
      expect(tally.reserveMs).toBeGreaterThanOrEqual(tally.openings * 20 * MINUTE);
    }),
    { numRuns: 25 },
  );
});

test('a day without windows ends too: everybody has waited in vain', () => {
  const day = dayOf(1);
  const tally = rehearseDay({ ...day, plan: day.plan.map(() => 0), reserve: null });
  expect(tally.visitors).toBe(day.visitors.length);
  expect(tally.over30).toBe(day.visitors.length);
  expect(tally.plannedMs + tally.overtimeMs).toBe(0);
});

test('a full hall: the plan takes the windows of the reserve, and nothing is asked of windows that do not exist', () => {
  const site = { ...SITE, windows: 5 };
  const day = dayOf(2, { configuration: configurationOf(FROZEN_CITY, site, { kind: 'due-time' }) });
  const load = loadOf(unit, SITE);
  const limits = { stintMinutes: 20, seatingMinutes: 2, windowsMax: 5 };
  const plan = day.plan.map((_, half) => (half % 2 === 0 ? 2 : 5));
  const tally = rehearseDay({ ...day, plan, reserve: { tuning: TUNING, load, limits } });
  expect(tally.visitors).toBe(day.visitors.length);
  expect(tally.meanWaitMinutes).toBeGreaterThan(30);
});

test('a visitor who does not come holds up their window and is nobody’s work', () => {
  const day = dayOf(3);
  const tally = rehearseDay({ ...day, staysAway: (index) => index % 10 === 0 });
  const work = day.visitors.reduce((sum, { serviceMs }, index) => sum + (index % 10 === 0 ? 0 : serviceMs), 0);
  expect(tally.workMs).toBe(work);
});

test('half the windows know half the services: those who wait for the rest wait longer', () => {
  const all = dayOf(5, { reserve: null });
  const plan = all.plan.map((windows) => windows + 2);
  const { configuration } = all;
  const groups = [
    ...configuration.groups,
    { ...(configuration.groups[0] as (typeof configuration.groups)[0]), groupId: 'property', letter: 'Н' },
  ];
  const split = {
    ...configuration,
    groups,
    services: configuration.services.map((service, index) =>
      index === 3 ? { ...service, groupId: 'property' } : service,
    ),
    windows: configuration.windows.map((window) => ({ ...window, groupIds: ['all', 'property'] })),
  };
  const specialists = [{ skills: [{ groupId: 'all', level: 3 as const }] }, {}, {}];
  const partial = rehearseDay({ ...all, plan, configuration: split, specialists });
  const universal = rehearseDay({ ...all, plan });
  const wait = (tally: typeof partial) => (tally.classWaitedMs[3] ?? 0) / (tally.classVisitors[3] ?? 1);
  expect(wait(partial)).toBeGreaterThan(wait(universal));
});

test('a staff is read field by field, and people who are slow, away or know little make waits longer', () => {
  const faultsOf = (value: unknown) => {
    const read = readStaff(value, FROZEN_CITY);
    return 'faults' in read ? read.faults : [];
  };
  expect(faultsOf({ version: 2, specialists: [] })).toEqual([
    'version: this is a file of version 2; version 1 is read here',
    'specialists: must be a list of people',
  ]);
  expect(faultsOf({ version: 1, specialists: [{ speed: -1, knows: ['magic'] }, {}] })).toEqual([
    'specialists[0].speed: must be 0.1 to 10, and 1 is usual',
    'specialists[0].knows: there is no “magic” in frozen city 1',
  ]);
  const policy = CITY_POLICIES.find(({ policyId }) => policyId === 'due-static');
  if (policy === undefined) throw new Error('there is no such policy');
  const city = { ...FROZEN_CITY, sites: [SITE] };
  const staff: Staff = {
    version: 1,
    specialists: [{ speed: 0.8 }, { knows: ['documents', 'cards'] }, {}],
    noShow: 0.05,
    walkSeconds: 30,
  };
  const usual = rehearseCityDay(prepare(city, policy), 1, 0).all;
  const worse = rehearseCityDay(prepare(city, policy, staff), 1, 0).all;
  expect(worse.visitors).toBe(usual.visitors);
  expect(worse.meanWaitMinutes).toBeGreaterThan(usual.meanWaitMinutes);
});

test('choosing at home: nobody is lost, some go elsewhere, and the same seed moves the same people', () => {
  const policy = CITY_POLICIES.find(({ policyId }) => policyId === 'okno-home');
  if (policy === undefined) throw new Error('there is no such policy');
  const city = { ...FROZEN_CITY, sites: FROZEN_CITY.sites.slice(0, 20) };
  const day = () => rehearseCityDay(prepare(city, policy), 1, 0);
  const { all, moved } = day();
  expect(all.visitors).toBe(city.sites.reduce((sum, site) => sum + demandOf(city, site, 1, 0).length, 0));
  expect(moved.visitors).toBeGreaterThan(0);
  expect(day().moved).toEqual(moved);
});

test('a day that was played is recognised when it is played again from what it left behind', () => {
  const plan = planOf(loadOf(unit, SITE), TUNING, SITE.windows).map((windows) => windows + 1);
  let left: Day | null = null;
  const tally = rehearseDay({ ...dayOf(6, { plan, reserve: null }) }, { minute: (day) => (left = day) });
  const recorded = left === null ? null : recordedOf(left);
  if (recorded === null) throw new Error('nothing was left behind');
  const report = rehearseRecorded(recorded);
  expect(report.visitors).toBe(tally.visitors);
  expect(report.recorded.meanMinutes).toBeCloseTo(tally.meanWaitMinutes, 6);
  expect(report.rehearsed.meanMinutes / report.recorded.meanMinutes).toBeGreaterThan(0.7);
  expect(report.rehearsed.meanMinutes / report.recorded.meanMinutes).toBeLessThan(1.3);
  expect(report.correlation).toBeGreaterThan(0.9);
  expect(report.withReserve.meanMinutes).toBeLessThan(report.byDue.meanMinutes);
});
