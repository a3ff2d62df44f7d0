import type { RosterReply, RosterShift } from '../../../../contract/rosters.ts';
import { type Colleague, type StandingShift, type WeekProblem, weekProblem } from '../../../../core/planning/week.ts';
import { ProblemError } from '../../../../core/problems.ts';
import type { CentreId, DayKey, GroupId } from '../../../../core/queue/ids.ts';
import { addDays, type CivilDate, minuteOfDay, weekdayOf } from '../../../../core/time/civil.ts';
import { specialistsAt } from '../../people/index.ts';
import { halfHoursOf, type Reckoned } from '../reckoning.ts';
import type { PlanningSetting } from '../setting.ts';
import {
  type KeptShift,
  keptShifts,
  type MarkedDay,
  marksOf,
  rosterVersion,
  type Terms,
  termsAt,
  weekdayPlan,
} from './store.ts';

type RosterDay = RosterReply['days'][number];

/** A week of a hall with everything that its roster depends on. */
export interface Week {
  readonly centreId: CentreId;
  readonly monday: CivilDate;
  readonly version: number;
  readonly days: readonly RosterDay[];
  readonly people: readonly Colleague[];
  /** The shifts of this hall in this week. */
  readonly shifts: readonly RosterShift[];
  /** Who has a shift, or could have one. */
  readonly names: ReadonlyMap<string, string>;
  readonly groupIds: readonly GroupId[];
}

/** Of whom nothing was agreed; whoever runs the hall sits at windows when it burns, not by a roster. */
const USUAL_TERMS: Terms = { weekHours: 40, shiftHours: [], groupIds: null };

export function mondayOf(day: CivilDate): CivilDate {
  return addDays(day, 1 - weekdayOf(day));
}

/** The week in which a day lies. Throws unknown-centre. */
export async function weekOf(
  setting: PlanningSetting,
  reckoned: (centreId: CentreId, day: CivilDate) => Promise<Reckoned>,
  asked: CentreId,
  day: CivilDate,
): Promise<Week> {
  const { pool } = setting;
  const centreId = await setting.hallOf(asked);
  const monday = mondayOf(day);
  const today = await setting.today(centreId);
  const specialists = await specialistsAt(pool, centreId);
  const accountIds = specialists.map(({ accountId }) => accountId);
  const [days, kept, terms, marks, version, { groups }] = await Promise.all([
    openDays(setting, reckoned, { centreId, day: today.day }, monday),
    keptShifts(pool, centreId, accountIds, [addDays(monday, -1), addDays(monday, 7)]),
    termsAt(pool, centreId),
    marksOf(pool, accountIds, [monday, addDays(monday, 6)]),
    rosterVersion(pool, centreId, monday),
    setting.rulesOn(centreId, monday),
  ]);
  const isOwn = (shift: KeptShift) => shift.centreId === centreId && mondayOf(shift.day) === monday;
  const shown = kept.filter((shift) => isOwn(shift) && days.some(({ day: open }) => open === shift.day));
  const fixed = kept.filter((shift) => !isOwn(shift) || shift.day < today.day);
  return {
    centreId,
    monday,
    version,
    days,
    people: specialists.map(({ accountId, runsHall }) => ({
      personId: accountId,
      ...(terms.get(accountId) ?? { ...USUAL_TERMS, ...(runsHall && { weekHours: 0 }) }),
      ...marked(marks.filter((mark) => mark.accountId === accountId)),
      standing: fixed.filter((shift) => shift.accountId === accountId).map((shift) => standingShift(shift, monday)),
    })),
    shifts: shown.map((shift) => shiftOf(shift, days)),
    names: new Map([...shown, ...specialists].map(({ accountId, name }) => [accountId, name])),
    groupIds: groups.map(({ groupId }) => groupId),
  };
}

function marked(marks: readonly MarkedDay[]) {
  const daysOf = (wanted: MarkedDay['mark']) => marks.flatMap(({ day, mark }) => (mark === wanted ? [day] : []));
  return { daysOff: daysOf('off'), ratherNot: daysOf('rather-not') };
}

function standingShift({ day, starts, hours, breaks }: KeptShift, monday: CivilDate): StandingShift {
  const isOfWeek = mondayOf(day) === monday;
  return { day, startsMinute: minutesOf(starts), hours, weekHours: isOfWeek ? hours - breaks.length / 2 : null };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Shifts are kept in half hours of the wall clock, plans too: a centre that opens at 8:15 has its first from 8:00. */
export function halfHourOf(minute: number): number {
  return minute - (minute % 30);
}

/** A shift in half hours of its day; what other hours of the centre cut off is not worked. */
function shiftOf({ accountId, day, starts, hours, breaks }: KeptShift, days: readonly RosterDay[]): RosterShift {
  const { opensMinute, need } = days.find((one) => one.day === day) as RosterDay;
  const start = (minutesOf(starts) - halfHourOf(opensMinute)) / 30;
  const slots = Array.from({ length: hours * 2 }, (_, slot) => slot)
    .filter((slot) => !breaks.includes(slot))
    .map((slot) => start + slot)
    .filter((slot) => slot >= 0 && slot < need.length);
  return { accountId, day, start, hours, slots };
}

/** The days of a week on which a hall receives, each with the windows that its visitors need. */
async function openDays(
  setting: PlanningSetting,
  reckoned: (centreId: CentreId, day: CivilDate) => Promise<Reckoned>,
  { centreId, day: today }: DayKey,
  monday: CivilDate,
): Promise<RosterDay[]> {
  const week = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const days = await Promise.all(
    week.map(async (day) => {
      const { doors, timeZone } = await setting.doorsOf(centreId, day);
      if (doors === null) return [];
      const known = await reckoned(centreId, day).catch(unlessUnknown);
      const need =
        known?.outlook.need ?? (await usualNeed(setting, centreId, day, setting.halfHourStarts(doors, timeZone)));
      const opensMinute = minuteOfDay(doors.opens, timeZone);
      const halfHours = halfHoursOf(doors);
      return [
        { day, opensMinute, need: Array.from({ length: halfHours }, (_, half) => need[half] ?? 0), over: day < today },
      ];
    }),
  );
  return days.flat();
}

/** A hall without history is staffed by the plan of the weekday. */
function unlessUnknown(error: unknown): null {
  if (error instanceof ProblemError && error.problem.code === 'no-history') return null;
  throw error;
}

async function usualNeed(
  { pool }: PlanningSetting,
  centreId: CentreId,
  day: CivilDate,
  starts: readonly string[],
): Promise<number[]> {
  const plan = await weekdayPlan(pool, centreId, day);
  return starts.map((start) => plan.get(start) ?? 0);
}

/** What is to be decided of a week. */
export function problemOf({ days, people, groupIds }: Week): WeekProblem {
  return weekProblem(days, people, groupIds);
}
