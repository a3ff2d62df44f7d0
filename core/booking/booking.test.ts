import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type CivilDate, instantOf, type TimeZone, weekdayOf } from '../time/civil.ts';
import { HOUR, MINUTE } from '../time/instant.ts';
import { conflictsOf } from './conflicts.ts';
import { type Asked, dayWithout, freeTimes, isFree, type LedgerDay, poolsTaken } from './free.ts';
import { checkInNow, horizonOf } from './life.ts';
import { routeOf } from './home.ts';
import { needOf } from './need.ts';
import { type DayMeans, poolsOn, type PoolOffer, releasedAt } from './offer.ts';
import { type BookingHours, isOn, overlapOf, spansOn } from './recurrence.ts';
import { type BookingSetting, CELL, settingFault, unitPool, USUAL_BOOKING } from './setting.ts';

const ZONE = 'Europe/Moscow' as TimeZone;
const DAY = '2026-02-19' as CivilDate;

function hours(change: Partial<BookingHours> = {}): BookingHours {
  return {
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    everyWeeks: 1,
    nthInMonth: null,
    from: '2020-01-01',
    to: null,
    opens: '08:00',
    closes: '20:00',
    breaks: [],
    ...change,
  };
}

describe('when a centre receives by appointment', () => {
  test('every second Wednesday, counted from the week in which the rule begins (scenario 25)', () => {
    const rule = hours({ weekdays: [3], everyWeeks: 2, from: '2019-01-02' });
    const on = ['2019-03-13', '2019-03-20', '2019-03-27', '2019-04-03'].map((day) => isOn(rule, day));
    expect(on).toEqual([true, false, true, false]);
  });

  test('the first Wednesday of a month is the one of its first seven days', () => {
    const rule = hours({ weekdays: [3], nthInMonth: 1, from: '2016-01-01' });
    expect(['2016-05-04', '2016-05-11', '2016-06-01'].map((day) => isOn(rule, day))).toEqual([true, false, true]);
  });

  test('a fifth weekday comes only in some months; the 29th of February is a day like others', () => {
    const fifth = hours({ weekdays: [4], nthInMonth: 5 });
    expect(isOn(fifth, '2024-02-29')).toBe(true);
    expect(isOn(fifth, '2026-02-26')).toBe(false);
  });

  test('a season, a single day, and nothing outside', () => {
    const season = hours({ from: '2026-05-14', to: '2026-09-13' });
    expect(['2026-05-13', '2026-05-14', '2026-09-13', '2026-09-14'].map((day) => isOn(season, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const single = hours({ from: DAY, to: DAY, opens: '10:00', closes: '12:00' });
    expect(spansOn([single], DAY)).toEqual([{ opens: '10:00', closes: '12:00' }]);
    expect(spansOn([single], addDays(DAY, 1))).toEqual([]);
  });

  test('breaks are cut out, and hours that touch are one', () => {
    const morning = hours({ opens: '09:00', closes: '12:00', breaks: [{ opens: '10:00', closes: '10:30' }] });
    const noon = hours({ opens: '12:00', closes: '14:00' });
    expect(spansOn([noon, morning], DAY)).toEqual([
      { opens: '09:00', closes: '10:00' },
      { opens: '10:30', closes: '14:00' },
    ]);
  });

  test('a break never adds time, and no two parts overlap', () => {
    const time = fc
      .integer({ min: 0, max: 95 })
      .map((n) => `${String(n >> 2).padStart(2, '0')}:${(n % 4) * 15 || '00'}`);
    const span = fc
      .tuple(time, time)
      .filter(([a, b]) => a < b)
      .map(([opens, closes]) => ({ opens, closes }));
    const minutes = (all: readonly { opens: string; closes: string }[]) =>
      all.reduce((sum, one) => sum + minute(one.closes) - minute(one.opens), 0);
    const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 4 }), (open, breaks) => {
        const parts = spansOn([hours({ ...open, breaks })], DAY);
        expect(minutes(parts)).toBeLessThanOrEqual(minutes([open]));
        parts.forEach((part, index) => expect(part.opens >= (parts[index - 1]?.closes ?? '')).toBe(true));
        for (const { opens, closes } of breaks)
          for (const part of parts) expect(part.closes <= opens || part.opens >= closes).toBe(true);
      }),
    );
  });

  test('the first day on which two rules overlap is named', () => {
    const every = hours({ opens: '08:00', closes: '12:00' });
    const second = hours({ weekdays: [4], everyWeeks: 2, from: '2026-02-16', opens: '11:00', closes: '13:00' });
    expect(overlapOf([every, second], '2026-02-20', 60)).toBe('2026-03-05');
    expect(overlapOf([every, hours({ opens: '12:00', closes: '13:00' })], DAY, 60)).toBeNull();
  });
});

/** A day from `opens` on with so many places for bookings in each cell. */
function dayOf(opens: string, closes: string, places: number, change: Partial<DayMeans> = {}, setting = USUAL_BOOKING) {
  const doors = { opens: instantOf(DAY, opens, ZONE), closes: instantOf(DAY, closes, ZONE) };
  const means: DayMeans = {
    day: DAY,
    zone: ZONE,
    doors,
    planned: new Map(),
    windows: places,
    equipped: new Map(),
    broken: new Set(),
    showShare: 1,
    ...change,
  };
  return ledgerOf(doors.opens, poolsOn({ ...setting, share: setting.share === 0.5 ? 1 : setting.share }, means));
}

function ledgerOf(begins: number, offers: readonly PoolOffer[]): LedgerDay {
  const units = new Map<string, number[]>();
  for (const { pool } of offers) {
    const [, kind, unit] = /^unit:(.+):(\d+)$/.exec(pool) ?? [];
    if (kind !== undefined) units.set(kind, [...(units.get(kind) ?? []), Number(unit)]);
  }
  const pools = offers.map(
    ({ pool, wholeDay, places }) => [pool, { wholeDay, places, taken: places.map(() => 0) }] as const,
  );
  return { begins, pools: new Map(pools), units };
}

/** The day after one more booking; null when there was no room. */
function book(day: LedgerDay, asked: Asked, at: number): LedgerDay | null {
  if (!isFree(day, asked, at)) return null;
  const pools = new Map(day.pools);
  const first = (at - day.begins) / CELL;
  for (const name of poolsTaken(day, asked, at) ?? []) {
    const pool = day.pools.get(name);
    if (pool === undefined) continue;
    const { cells } = asked.need;
    const more = (cell: number) => (pool.wholeDay ? cells : Number(cell >= first && cell < first + cells));
    pools.set(name, { ...pool, taken: Array.from(pool.taken, (count, cell) => count + more(cell)) });
  }
  return { ...day, pools };
}

function asks(
  minutes: number,
  stepMinutes: number,
  change: Partial<Asked> & { moreMinutes?: number; persons?: number } = {},
): Asked {
  const need = {
    serviceId: 's',
    minutes,
    moreMinutes: change.moreMinutes ?? 0,
    bufferMinutes: 0,
    resources: [],
    atHome: false,
  };
  const wanted = [{ need, groupId: 'g', quantity: 1 }];
  return { need: needOf(wanted, change.persons ?? 1), stepMinutes, notBefore: 0, channel: null, ...change };
}

const clock = (at: number) => new Date(at + 3 * HOUR).toISOString().slice(11, 16);
const starts = (day: LedgerDay, asked: Asked) => freeTimes(day, asked).map(({ at }) => clock(at));

describe('free times', () => {
  test('an afternoon of an hour and a half each with three windows (scenario 24)', () => {
    const found = freeTimes(dayOf('12:00', '18:00', 3), asks(90, 90));
    expect(found.map(({ at, left }) => [clock(at), left])).toEqual([
      ['12:00', 3],
      ['13:30', 3],
      ['15:00', 3],
      ['16:30', 3],
    ]);
    expect(starts(dayOf('12:00', '16:00', 3), asks(15, 15))).toHaveLength(16);
  });

  test('the last one ends before the doors close', () => {
    // Twelve minutes take three cells of five: the last that fits begins at a quarter past three.
    expect(starts(dayOf('10:00', '15:30', 1), asks(12, 15)).at(-1)).toBe('15:15');
    expect(starts(dayOf('10:00', '15:30', 1), asks(20, 15)).at(-1)).toBe('15:00');
  });

  test('one place of two is booked; a longer service needs every cell (scenario 29)', () => {
    const half = asks(30, 30);
    const first = dayOf('09:00', '12:00', 2);
    const at = first.begins + 30 * MINUTE;
    const once = book(first, half, at) as LedgerDay;
    expect(freeTimes(once, half).map(({ left }) => left)).toEqual([2, 1, 2, 2, 2, 2]);
    const twice = book(once, half, at) as LedgerDay;
    expect(starts(twice, asks(45, 45))).toEqual(['10:30', '11:15']);
  });

  test('a break, a step of a quarter of an hour, and an hour ahead at least (scenario 33)', () => {
    const pause = [{ opens: '10:00', closes: '10:30' }];
    const setting: BookingSetting = {
      ...USUAL_BOOKING,
      hours: [hours({ opens: '09:00', closes: '12:00', breaks: pause })],
    };
    const day = dayOf('09:00', '12:00', 1, {}, setting);
    expect(starts(day, asks(30, 15))).toEqual(['09:00', '09:15', '09:30', '10:30', '10:45', '11:00', '11:15', '11:30']);
    expect(starts(day, asks(30, 15, { notBefore: day.begins + 110 * MINUTE }))).toEqual(['11:00', '11:15', '11:30']);
  });

  test('places of a service within those of the windows (scenario 30)', () => {
    const setting: BookingSetting = { ...USUAL_BOOKING, serviceLimits: [{ serviceId: 's', atOnce: 2 }] };
    const other = { ...asks(30, 30), need: { ...asks(30, 30).need, pools: ['windows'] } };
    const limited = { ...asks(30, 30), need: { ...asks(30, 30).need, pools: ['service:s', 'windows'] } };
    const leftAfter = (orders: readonly Asked[], last: Asked) => {
      const start = dayOf('09:00', '09:30', 4, {}, setting);
      const day = orders.reduce<LedgerDay>((one, order) => book(one, order, one.begins) as LedgerDay, start);
      return freeTimes(day, last)[0]?.left ?? 0;
    };
    expect(leftAfter([other, other, other], limited)).toBe(1);
    expect(leftAfter([other, limited], limited)).toBe(1);
    expect(leftAfter([limited, limited], other)).toBe(2);
    expect(leftAfter([limited, limited], limited)).toBe(0);
  });

  test('three reservations fill a start of three; a long one across it finds no room (scenario 28)', () => {
    const short = asks(10, 10);
    let day: LedgerDay | null = dayOf('09:00', '12:00', 3);
    const at = day.begins + 60 * MINUTE;
    for (let n = 0; n < 3; n += 1) day = book(day as LedgerDay, short, at);
    expect(book(day as LedgerDay, short, at)).toBeNull();
    expect(isFree(day as LedgerDay, asks(100, 10), (day as LedgerDay).begins)).toBe(false);
  });

  test('more persons take longer (scenario 34)', () => {
    const need = { serviceId: 's', minutes: 10, moreMinutes: 5, bufferMinutes: 0, resources: [], atHome: false };
    expect(needOf([{ need, groupId: 'g', quantity: 1 }], 3).minutes).toBe(20);
    expect(needOf([{ need, groupId: 'g', quantity: 4 }], 1).minutes).toBe(25);
    const two = [
      { need, groupId: 'g', quantity: 1 },
      { need: { ...need, serviceId: 't', minutes: 20, bufferMinutes: 5 }, groupId: 'h', quantity: 1 },
    ];
    expect(needOf(two, 1)).toMatchObject({ minutes: 30, cells: 7 });
  });

  test('a vehicle needs a window, a pad and an inspector for the whole time', () => {
    const resources = [
      { kind: 'pad', unit: 1, name: { ru: 'Яма 1', en: 'Pad 1' }, hours: null, equipmentId: 7 },
      {
        kind: 'pad',
        unit: 2,
        name: { ru: 'Яма 2', en: 'Pad 2' },
        hours: { opens: '10:00', closes: '12:00' },
        equipmentId: null,
      },
      {
        kind: 'inspector',
        unit: 1,
        name: { ru: 'Инспектор', en: 'Inspector' },
        hours: { opens: '09:30', closes: '12:00' },
        equipmentId: null,
      },
    ];
    const setting: BookingSetting = { ...USUAL_BOOKING, resources };
    const asked = asks(30, 30);
    const vehicle = { ...asked, need: { ...asked.need, kinds: ['inspector', 'pad'] } };
    const day = dayOf('09:00', '12:00', 5, {}, setting);
    expect(starts(day, vehicle)).toEqual(['09:30', '10:00', '10:30', '11:00', '11:30']);
    expect(poolsTaken(day, vehicle, day.begins + HOUR)).toEqual([
      unitPool('inspector', 1),
      unitPool('pad', 1),
      'windows',
    ]);
    const booked = book(day, vehicle, day.begins + HOUR) as LedgerDay;
    expect(starts(booked, vehicle)).not.toContain('10:00');
    expect(freeTimes(day, vehicle)[0]?.left).toBe(1);
    const byCrew = { ...asked, need: { ...asked.need, atHome: true, pools: [], kinds: ['pad'] } };
    expect(freeTimes(day, byCrew).map(({ left }) => left)).toEqual([1, 1, 2, 2, 2, 2]);
    // The lift is broken: only the pad that opens at ten is left.
    expect(starts(dayOf('09:00', '12:00', 5, { broken: new Set([7]) }, setting), vehicle)[0]).toBe('10:00');
  });

  test('of the windows that are planned a part is booked, and no more than are equipped', () => {
    const nine = instantOf(DAY, '09:00', ZONE);
    const planned = new Map([
      [nine, 6],
      [nine + HOUR / 2, 3],
    ]);
    const setting: BookingSetting = { ...USUAL_BOOKING, share: 0.6 };
    const day = dayOf('09:00', '10:30', 10, { planned, equipped: new Map([['g', 1]]) }, setting);
    const all = { ...asks(30, 30), need: { ...asks(30, 30).need, pools: ['windows'] } };
    expect(freeTimes(day, all).map(({ left }) => left)).toEqual([3, 1]);
    expect(freeTimes(day, asks(30, 30)).map(({ left }) => left)).toEqual([1, 1]);
  });

  test('a centre that books more than it has room for, by the newsvendor', () => {
    const setting: BookingSetting = { ...USUAL_BOOKING, overbooking: { idleCost: 1, overCost: 2 } };
    const left = (showShare: number) =>
      freeTimes(dayOf('09:00', '09:30', 10, { showShare }, setting), asks(30, 30))[0]?.left;
    expect([left(1), left(0.85)]).toEqual([10, 11]);
  });

  test('a day without windows offers nothing; the day of 25 hours offers its hours once', () => {
    expect(starts(dayOf('09:00', '12:00', 0), asks(30, 30))).toEqual([]);
    const back = '2014-10-26' as CivilDate;
    const doors = { opens: instantOf(back, '01:00', ZONE), closes: instantOf(back, '03:00', ZONE) };
    expect((doors.closes - doors.opens) / HOUR).toBe(3);
    const means = {
      day: back,
      zone: ZONE,
      doors,
      planned: new Map(),
      windows: 1,
      equipped: new Map(),
      broken: new Set<number>(),
      showShare: 1,
    };
    const offered = poolsOn({ ...USUAL_BOOKING, share: 1 }, means);
    expect(freeTimes(ledgerOf(doors.opens, offered), asks(30, 30))).toHaveLength(6);
  });
});

describe('channels', () => {
  test('the federal portal sees tomorrow only, the city sixty days, nobody the past', () => {
    const now = instantOf(DAY, '12:00', ZONE);
    expect(horizonOf(USUAL_BOOKING, 'federal', DAY, now)).toMatchObject({ from: '2026-02-20', to: '2026-02-20' });
    expect(horizonOf(USUAL_BOOKING, 'city', DAY, now)).toEqual({ from: DAY, to: '2026-04-20', notBefore: now + HOUR });
  });

  test('what a channel has used up is free for it again when the rest is released', () => {
    const setting: BookingSetting = {
      ...USUAL_BOOKING,
      channels: {
        ...USUAL_BOOKING.channels,
        federal: { ...USUAL_BOOKING.channels.federal, share: 0.5, releaseHours: 12 },
      },
    };
    const start = dayOf('09:00', '10:00', 1, {}, setting);
    const federal = asks(30, 30, { channel: 'channel:federal' });
    const used = book(start, federal, start.begins) as LedgerDay;
    expect(starts(used, federal)).toEqual([]);
    expect(starts(used, asks(30, 30))).toEqual(['09:30']);
    // Who moves a booking gives back all that it took of the share, whatever its length: nothing is left over, and nothing given twice.
    const { cells } = federal.need;
    const own = (count: number) => [
      { pool: 'windows', at: start.begins, cells: count },
      { pool: 'channel:federal', at: start.begins, cells: count },
    ];
    const emptied = dayWithout(used, own(cells));
    for (const name of ['windows', 'channel:federal'])
      expect(emptied.pools.get(name)?.taken).toEqual(start.pools.get(name)?.taken);
    expect(starts(emptied, federal)).toEqual(starts(start, federal));
    expect(starts(dayWithout(used, own(cells - 1)), federal)).toEqual([]);
    expect(releasedAt(setting, 'federal', start.begins)).toBe(start.begins - 12 * HOUR);
  });
});

describe('never more than there is', () => {
  test('bookings and returns keep the places of every cell', () => {
    const order = fc.record({
      start: fc.integer({ min: 0, max: 35 }),
      minutes: fc.integer({ min: 5, max: 60 }),
      back: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.array(order, { maxLength: 40 }), (places, orders) => {
        const empty = dayOf('09:00', '12:00', places);
        let day = empty;
        const held: { at: number; cells: number }[] = [];
        for (const { start, minutes, back } of orders) {
          const last = held.at(-1);
          if (back && last !== undefined) {
            held.pop();
            day = dayWithout(day, [{ pool: 'windows', ...last }]);
          } else {
            const asked = asks(minutes, 5);
            const at = day.begins + start * CELL;
            const next = book(day, asked, at);
            if (next === null) continue;
            held.push({ at, cells: asked.need.cells });
            day = next;
          }
          const pool = day.pools.get('windows');
          for (let cell = 0; cell < 36; cell += 1) {
            const at = day.begins + cell * CELL;
            const here = held.filter((one) => one.at <= at && at < one.at + one.cells * CELL).length;
            expect(pool?.taken[cell]).toBe(here);
            expect(here).toBeLessThanOrEqual(places);
          }
        }
        const emptied = dayWithout(
          day,
          held.map((one) => ({ pool: 'windows', ...one })),
        );
        expect(emptied.pools.get('windows')?.taken).toEqual(empty.pools.get('windows')?.taken);
      }),
    );
  });

  test('whatever is offered can be had', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.integer({ min: 0, max: 35 }), { maxLength: 60 }),
        (places, picks) => {
          let day = dayOf('09:00', '12:00', places);
          const asked = asks(25, 5);
          for (const pick of picks) {
            const free = freeTimes(day, asked);
            const time = free[pick % Math.max(1, free.length)];
            if (time === undefined) return;
            const next = book(day, asked, time.at);
            expect(next).not.toBeNull();
            day = next as LedgerDay;
          }
        },
      ),
    );
  });
});

describe('settings that cannot be', () => {
  const faultOf = (change: Partial<BookingSetting>) =>
    settingFault({ ...USUAL_BOOKING, ...change }, { today: DAY, windows: 3 });

  test.each([
    ['ends before it starts', { hours: [hours({ opens: '12:00', closes: '09:00' })] }, 'hours-reversed'],
    ['days the wrong way round', { hours: [hours({ from: '2026-03-01', to: '2026-02-01' })] }, 'days-reversed'],
    ['overlapping hours', { hours: [hours(), hours({ opens: '10:00', closes: '11:00' })] }, 'booking-hours-overlap'],
    ['quota above capacity', { serviceLimits: [{ serviceId: 's', atOnce: 4 }] }, 'quota-above-capacity'],
  ])('%s', (_, change, code) => expect(faultOf(change as Partial<BookingSetting>)?.code).toBe(code));

  test('the usual one can', () => expect(faultOf({})).toBeNull());
});

test('a visitor may come from an hour before their time until twenty minutes after (scenario 4)', () => {
  const noon = instantOf(DAY, '12:00', ZONE);
  const at = (time: string) => checkInNow(USUAL_BOOKING, noon, instantOf(DAY, time, ZONE), []);
  expect(['10:59', '11:01', '12:19', '12:21'].map(at)).toEqual(['early', 'in-time', 'in-time', 'late']);
});

test('a stop of the hall after the time of a booking makes nobody late', () => {
  const when = (time: string) => instantOf(DAY, time, ZONE);
  const stop = (since: string, until: string | null) => ({
    since: when(since),
    until: until === null ? null : when(until),
  });
  const at = (time: string, ...stops: ReturnType<typeof stop>[]) =>
    checkInNow(USUAL_BOOKING, when('12:00'), when(time), stops);
  // Of a stop that began before the time only the part after it counts.
  expect(at('12:34', stop('11:40', '12:15'))).toBe('in-time');
  expect(at('12:36', stop('11:40', '12:15'))).toBe('late');
  expect(at('12:21', stop('11:00', '11:30'))).toBe('late');
  expect(at('12:45', stop('12:05', '12:15'), stop('12:20', '12:36'))).toBe('in-time');
  expect(at('13:30', stop('12:10', null))).toBe('in-time');
});

test('when there is room for fewer, those who booked last are asked to move, and no more than it takes', () => {
  const at = instantOf(DAY, '10:00', ZONE);
  const booking = (bookingId: string, minutes: number, isOff = false, isOutside = false) => ({
    bookingId,
    day: DAY,
    isOff,
    isOutside,
    claims: [{ pool: 'windows', at: at + minutes * MINUTE, cells: 6 }],
  });
  const tight = Array.from({ length: 6 }, (_, cell) => ({
    day: DAY,
    pool: 'windows',
    at: at + cell * CELL,
    excess: 1,
  }));
  const newestFirst = [booking('last', 0), booking('before', 0), booking('elsewhere', 60), booking('off', 120, true)];
  expect(conflictsOf(newestFirst, tight)).toEqual([
    { bookingId: 'last', reason: 'staff' },
    { bookingId: 'off', reason: 'service-off' },
  ]);
  expect(conflictsOf([booking('off and outside', 0, true, true), booking('outside', 0, false, true)], [])).toEqual([
    { bookingId: 'off and outside', reason: 'service-off' },
    { bookingId: 'outside', reason: 'closed' },
  ]);
  // Outside the hours everybody is in the way of the closed doors, however many places were taken.
  const outside = [booking('a', 0, false, true), booking('b', 60, false, true)];
  expect(conflictsOf(outside, tight)).toEqual([
    { bookingId: 'a', reason: 'closed' },
    { bookingId: 'b', reason: 'closed' },
  ]);
  expect(weekdayOf(DAY)).toBe(4);
});

test('the route of a crew: the way to each stop, when to leave, and where it cannot be in time', () => {
  const at = (time: string) => instantOf(DAY, time, ZONE);
  const centre = { latitude: 55.75, longitude: 37.6 };
  const stop = (bookingId: string, from: string, to: string, latitude: number | null) => ({
    bookingId,
    at: at(from),
    until: at(to),
    position: latitude === null ? null : { latitude, longitude: 37.6 },
  });
  const route = routeOf(centre, [
    stop('far', '11:00', '11:30', 55.85),
    stop('near', '10:00', '10:30', 55.76),
    stop('unknown', '13:00', '13:30', null),
    stop('tight', '11:40', '12:00', 55.75),
  ]);
  expect(route.map(({ bookingId, wayMinutes, isTight }) => [bookingId, wayMinutes, isTight])).toEqual([
    ['near', 10, false],
    ['far', 31, true],
    ['tight', 34, true],
    ['unknown', null, false],
  ]);
  expect(route[0]?.leaveAt).toBe(at('09:50'));
});
