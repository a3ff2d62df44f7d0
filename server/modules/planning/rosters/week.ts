import type { RosterReply, RosterShift } from '../../../../contract/rosters.ts';
import { type Colleague, weekProblem } from '../../../../core/planning/week.ts';
import { ProblemError } from '../../../../core/problems.ts';
import type { CentreId, DayKey, GroupId } from '../../../../core/queue/ids.ts';
import { addDays, type CivilDate, minuteOfDay, weekdayOf } from '../../../../core/time/civil.ts';
import { halfHourStarts } from '../../network/index.ts';
import { specialistsAt } from '../../people/index.ts';
import { doorsOf } from '../planned-halls.ts';
import type { openOutlooks } from '../hall-outlook.ts';
import type { HallContext } from '../../queue/index.ts';
import {
  type KeptShift,
  keptShifts,
  type MarkedDay,
  marksOf,
  rosterVersion,
  type Terms,
  termsAt,
  weekdayPlan,
} from './queries.ts';
import type { StandingShift, WeekProblem } from '../../../../core/planning/week-problem.ts';

/** A day of a week, with the wall-clock times at which its half hours begin: shifts and plans are kept by these. */
export type RosterDay = RosterReply['days'][number] & { readonly starts: readonly string[] };

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

/** The terms where nothing was agreed. Hall administrators sit at windows in an emergency, not by a roster. */
const USUAL_TERMS: Terms = { weekHours: 40, shiftHours: [], groupIds: null };

export function mondayOf(day: CivilDate): CivilDate {
  return addDays(day, 1 - weekdayOf(day));
}

/** The week of a day. Throws unknown-centre. */
export async function weekOf(
  context: HallContext,
  outlookAt: ReturnType<typeof openOutlooks>,
  asked: CentreId,
  day: CivilDate,
): Promise<Week> {
  const { centreId, day: today } = await context.halls.today(asked);
  const monday = mondayOf(day);
  const [days, { specialists, kept, people }, version, { groups }] = await Promise.all([
    openDays(context, outlookAt, { centreId, day: today }, monday),
    staffOf(context, { centreId, day: today }, monday),
    context.db.read((tx) => rosterVersion(tx, centreId, monday)),
    context.halls.rulesOn(centreId, monday),
  ]);
  const shown = kept.filter(
    (shift) => isOwn(shift, centreId, monday) && days.some(({ day: open }) => open === shift.day),
  );
  return {
    centreId,
    monday,
    version,
    days,
    people,
    shifts: shown.map((shift) => shiftOf(shift, days)),
    names: new Map([...shown, ...specialists].map(({ accountId, name }) => [accountId, name])),
    groupIds: groups.map(({ groupId }) => groupId),
  };
}

/** The terms of the staff who may be rostered in the week of a day. Throws unknown-centre. */
export async function colleaguesOf(context: HallContext, asked: CentreId, day: CivilDate): Promise<Colleague[]> {
  return (await staffOf(context, await context.halls.today(asked), mondayOf(day))).people;
}

/** The specialists of a hall, how they work in a week, and the shifts that the hall and they have in it and on the days next to it. */
async function staffOf({ db }: HallContext, { centreId, day: today }: DayKey, monday: CivilDate) {
  const { specialists, kept, terms, marks } = await db.read(async (tx) => {
    const found = await specialistsAt(tx, centreId);
    const accountIds = found.map(({ accountId }) => accountId);
    return {
      specialists: found,
      kept: await keptShifts(tx, centreId, accountIds, [addDays(monday, -1), addDays(monday, 7)]),
      terms: await termsAt(tx, centreId),
      marks: await marksOf(tx, accountIds, [monday, addDays(monday, 6)]),
    };
  });
  const fixed = kept.filter((shift) => !isOwn(shift, centreId, monday) || shift.day < today);
  const people = specialists.map(({ accountId, runsHall }): Colleague => ({
    personId: accountId,
    ...(terms.get(accountId) ?? { ...USUAL_TERMS, ...(runsHall && { weekHours: 0 }) }),
    ...marked(marks.filter((mark) => mark.accountId === accountId)),
    standing: fixed.filter((shift) => shift.accountId === accountId).map((shift) => standingShift(shift, monday)),
  }));
  return { specialists, kept, people };
}

function isOwn(shift: KeptShift, centreId: CentreId, monday: CivilDate): boolean {
  return shift.centreId === centreId && mondayOf(shift.day) === monday;
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

/** A shift in half hours of its day; what other hours of the centre cut off is not worked. */
function shiftOf({ accountId, day, starts, hours, breaks }: KeptShift, days: readonly RosterDay[]): RosterShift {
  const { starts: halfHours, need } = days.find((one) => one.day === day) as RosterDay;
  const start = (minutesOf(starts) - minutesOf(halfHours[0] ?? starts)) / 30;
  const slots = Array.from({ length: hours * 2 }, (_, slot) => slot)
    .filter((slot) => !breaks.includes(slot))
    .map((slot) => start + slot)
    .filter((slot) => slot >= 0 && slot < need.length);
  return { accountId, day, start, hours, slots };
}

/** The days of a week on which a hall receives, each with the windows that its visitors need. */
async function openDays(
  context: HallContext,
  outlookAt: ReturnType<typeof openOutlooks>,
  { centreId, day: today }: DayKey,
  monday: CivilDate,
): Promise<RosterDay[]> {
  const week = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const days = await Promise.all(
    week.map(async (day) => {
      const { doors, timeZone } = await doorsOf(context, centreId, day);
      if (doors === null) return [];
      const known = await outlookAt(centreId, day).catch(unlessUnknown);
      const starts = halfHourStarts(doors, timeZone);
      const need = known?.outlook.need ?? (await usualNeed(context, centreId, day, starts));
      const opensMinute = minuteOfDay(doors.opens, timeZone);
      return [{ day, opensMinute, starts, need: starts.map((_, half) => need[half] ?? 0), over: day < today }];
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
  { db }: HallContext,
  centreId: CentreId,
  day: CivilDate,
  starts: readonly string[],
): Promise<number[]> {
  const plan = await db.read((tx) => weekdayPlan(tx, centreId, day));
  return starts.map((start) => plan.get(start) ?? 0);
}

/** What is to be decided of a week. */
export function problemOf({ days, people, groupIds }: Week): WeekProblem {
  return weekProblem(days, people, groupIds);
}
