import { expect, test } from 'vitest';
import { type ProblemCode, ProblemError } from '../problems.ts';
import type { VisitState } from '../queue/day.ts';
import type { VisitId } from '../queue/ids.ts';
import type { TimeZone } from '../time/civil.ts';
import { MINUTE } from '../time/instant.ts';
import { type CheckInFacts, type CheckInStep, decideCheckIn } from './check-in.ts';
import { USUAL_BOOKING } from './setting.ts';

const AT = Date.UTC(2026, 1, 19, 7, 0);
const [FIRST, SECOND] = ['visit-1' as VisitId, 'visit-2' as VisitId];
const booked = { state: 'booked', at: AT, atHome: false, visitId: null } as const;
const came = { ...booked, state: 'came', visitId: FIRST } as const;

const facts = (change: Partial<CheckInFacts>): CheckInFacts => ({
  booking: booked,
  last: null,
  next: FIRST,
  leftForGood: null,
  setting: USUAL_BOOKING,
  stops: [],
  zone: 'Europe/Moscow' as TimeZone,
  ...change,
});
const after = (state: VisitState, change: Partial<CheckInFacts> = {}) =>
  facts({ booking: came, last: { visitId: FIRST, state }, next: SECOND, ...change });

function outcome(given: CheckInFacts, now: number): CheckInStep['kind'] | ProblemCode {
  try {
    return decideCheckIn(given, now).kind;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

const IN_TIME = AT + 5 * MINUTE;
const LATE = AT + (USUAL_BOOKING.checkInMinutes.after + 1) * MINUTE;
const EARLY = AT - (USUAL_BOOKING.checkInMinutes.before + 1) * MINUTE;

const table: [what: string, given: CheckInFacts, now: number, comes: CheckInStep['kind'] | ProblemCode][] = [
  ['the first check-in', facts({}), IN_TIME, 'new'],
  ['one that comes early', facts({}), EARLY, 'booking-early'],
  ['one that comes late', facts({}), LATE, 'booking-late'],
  [
    'one that is late by the clock while the hall was stopped',
    facts({ stops: [{ since: AT, until: null }] }),
    LATE,
    'new',
  ],
  ['a visit at home', facts({ booking: { ...booked, atHome: true } }), IN_TIME, 'at-home'],
  ['a hold', facts({ booking: { ...booked, state: 'held' } }), IN_TIME, 'booking-state'],
  ['a cancelled booking', facts({ booking: { ...booked, state: 'cancelled' } }), IN_TIME, 'booking-state'],
  ['one that was noted before the hall heard of it, however late', facts({ booking: came, next: FIRST }), LATE, 'new'],
  ['a visitor who waits, however late', after('waiting'), LATE, 'there'],
  ['a visitor who is called', after('called'), IN_TIME, 'there'],
  ['a visitor who was served', after('finished'), IN_TIME, 'booking-state'],
  ['a visitor who missed the call', after('no-show'), IN_TIME, 'back'],
  ['a visitor who missed the call, too late', after('no-show'), LATE, 'booking-late'],
  ['a visitor who left', after('left'), IN_TIME, 'back'],
  ['a visitor who left for good', after('left', { leftForGood: FIRST }), IN_TIME, 'new'],
  ['a visit that the end of the day cut off', after('lapsed'), IN_TIME, 'new'],
];
test.each(table)('%s', (_what, given, now, comes) => {
  expect(outcome(given, now)).toBe(comes);
});

test('a new visit names the one before, and whether the booking says so already', () => {
  expect(decideCheckIn(after('lapsed'), IN_TIME)).toEqual({
    kind: 'new',
    visitId: SECOND,
    before: FIRST,
    isNoted: false,
  });
  const noted = facts({ booking: came, next: FIRST });
  expect(decideCheckIn(noted, IN_TIME)).toEqual({ kind: 'new', visitId: FIRST, before: null, isNoted: true });
});
