import { rosterContract, type RosterShift } from '../../../../contract/rosters.ts';
import { rosterFaults } from '../../../../core/planning/roster-rules.ts';
import { coverOf, patternsOf } from '../../../../core/planning/shifts.ts';
import { refuse } from '../../../../core/problems.ts';
import type { CivilTime } from '../../../../core/time/civil.ts';
import { audit } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import { brokeConstraint } from '../../../platform/handles.ts';
import type { openOutlooks } from '../hall-outlook.ts';
import type { HallContext } from '../../queue/index.ts';
import { keepDayPlan } from '../queries.ts';
import { inThread } from '../thread.ts';
import { colleagueRoutes } from './colleague-routes.ts';
import { nextVersion, replaceShifts } from './queries.ts';
import { problemOf, type Week, weekOf } from './week.ts';
import type { Assignment, WeekProblem } from '../../../../core/planning/week-problem.ts';

/** Calculates when the machine can bear it. Throws planning-busy. */
export type InTurn = <Result>(calculate: () => Promise<Result>) => Promise<Result>;

/** The rosters of a centre by week. */
export function rosterRoutes(context: HallContext, outlookAt: ReturnType<typeof openOutlooks>, inTurn: InTurn): void {
  colleagueRoutes(context);
  const { http, db } = context;
  serve(http, rosterContract, {
    'GET /api/centres/:centreId/roster': async ({ params: { centreId }, query: { day } }) => {
      const { monday, version, days, names, shifts, groupIds } = await weekOf(context, outlookAt, centreId, day);
      const people = Array.from(names, ([accountId, name]) => ({ accountId, name }));
      return { monday, version, days: [...days], people, shifts: [...shifts], groupIds: [...groupIds] };
    },

    'POST /api/centres/:centreId/roster/suggestions': async ({ params: { centreId }, body: { day } }) => {
      const week = await weekOf(context, outlookAt, centreId, day);
      const problem = problemOf(week);
      if (problem.people.length === 0) return refuse('nobody-to-roster', {});
      if (problem.days.length === 0) return refuse('plan-past', {});
      mustBePossible(problem);
      const { assignments } = await inTurn(() => inThread('week', problem));
      return {
        shifts: assignments.map(({ personId, day: on, shift: { start, hours, slots } }) => ({
          accountId: personId,
          day: on,
          start,
          hours,
          slots: [...slots],
        })),
      };
    },

    'PUT /api/centres/:centreId/roster': async ({ params, body: { day, version: seen, shifts }, asker }) => {
      const week = await weekOf(context, outlookAt, params.centreId, day);
      mustKeepRules(week, shifts);
      const { centreId, monday } = week;
      const { day: today } = await context.halls.today(centreId);
      const at = { at: context.now(), by: asker.kind === 'staff' ? asker.id : null };
      const version = await db
        .write(async (tx) => {
          const next = (await nextVersion(tx, centreId, monday, seen, at)) ?? refuse('roster-changed', {});
          await replaceShifts(tx, centreId, monday, today > monday ? today : monday, shifts.map(wallShift(week)));
          for (const { day: planned, windows } of plansOf(week, shifts))
            await keepDayPlan(tx, centreId, planned, windows);
          const details = { monday, version: next, shifts: shifts.length };
          await audit(tx, asker, { action: 'roster-kept', object: `centre ${centreId}`, details });
          return next;
        })
        .catch((error: unknown) => {
          // Another centre has given one of them a shift on the same day.
          if (brokeConstraint(error, 'roster_shift_one_a_day')) return refuse('roster-changed', {});
          throw error;
        });
      if (week.days.some((one) => one.day === today)) await context.halls.rulesChanged(centreId);
      await context.centreChanges.catchUp();
      return { version };
    },
  });
}

/** Throws no-shift-fits for a day that no shift fits into, nobody-knows for a group that must be served and that nobody knows. */
function mustBePossible({ days, people, skills }: WeekProblem): void {
  for (const { need } of days) if (patternsOf(need.length).length === 0) refuse('no-shift-fits', {});
  for (const { skill } of skills)
    if (!people.some((one) => one.skills.includes(skill))) refuse('nobody-knows', { groupId: skill });
}

/** Throws plan-past, centre-closed, unknown-colleague, no-such-shift or roster-breaks-rules. */
function mustKeepRules(week: Week, shifts: readonly RosterShift[]): void {
  const problem = problemOf(week);
  const assignments = shifts.map((shift): Assignment => {
    const { accountId, day, start, hours, slots } = shift;
    const open = week.days.find((one) => one.day === day) ?? refuse('centre-closed', { day });
    if (open.over) refuse('plan-past', {});
    if (!problem.people.some(({ personId }) => personId === accountId)) refuse('unknown-colleague', {});
    const pattern = patternsOf(open.need.length).find(
      (one) => one.start === start && one.hours === hours && one.slots.join() === slots.join(),
    );
    return { personId: accountId, day, shift: pattern ?? refuse('no-such-shift', { day }) };
  });
  const faults = rosterFaults(problem, assignments);
  if (faults.length > 0) refuse('roster-breaks-rules', { faults: faults.length });
}

/** A shift by the wall clock of its day. */
function wallShift({ days }: Week): (shift: RosterShift) => Parameters<typeof replaceShifts>[4][number] {
  return ({ accountId, day, start, hours, slots }) => {
    const starts = days.find((one) => one.day === day)?.starts[start] as CivilTime;
    const breaks = Array.from({ length: hours * 2 }, (_, slot) => slot).filter((slot) => !slots.includes(start + slot));
    return { accountId, day, starts, hours, breaks };
  };
}

/** The plans of the days that get shifts by this roster, and of those that lose them all: these go back to the plan of their weekday. */
function plansOf({ days, shifts: before }: Week, shifts: readonly RosterShift[]) {
  const touched = days.filter(({ day, over }) => !over && [...shifts, ...before].some((shift) => shift.day === day));
  return touched.map(({ day, starts }) => {
    const own = shifts.filter((shift) => shift.day === day);
    const cover = coverOf(starts.length, own);
    const plan = starts.map((time, half) => ({ starts: time, windows: cover[half] ?? 0 }));
    return { day, windows: own.length === 0 ? [] : plan };
  });
}
