import { expect, test } from 'vitest';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import { MINUTE } from '../time/instant.ts';
import { BOOKING_STEPS, type BookingAction } from './actions.ts';
import { BOOKING_STATES, checkInNow } from './life.ts';
import { USUAL_BOOKING } from './setting.ts';

test('what may be done in each state of a booking, and nothing else', () => {
  const may = (state: (typeof BOOKING_STATES)[number]) =>
    (Object.keys(BOOKING_STEPS) as BookingAction[]).filter((action) => BOOKING_STEPS[action].from.includes(state));
  expect(Object.fromEntries(BOOKING_STATES.map((state) => [state, may(state)]))).toEqual({
    held: ['confirm', 'move', 'cancel', 'lapse'],
    booked: ['move', 'cancel', 'check-in', 'note-missed'],
    came: ['check-in', 'note-served'],
    served: [],
    missed: [],
    cancelled: [],
    lapsed: [],
  });
});

test('the first and the last moment of checking in are in time', () => {
  const at = instantOf('2026-02-19' as CivilDate, '12:00', 'Europe/Moscow' as TimeZone);
  const { before, after } = USUAL_BOOKING.checkInMinutes;
  const from = at - before * MINUTE;
  const to = at + after * MINUTE;
  expect([from - 1, from, to, to + 1].map((now) => checkInNow(USUAL_BOOKING, at, now, []))).toEqual([
    'early',
    'in-time',
    'in-time',
    'late',
  ]);
});
