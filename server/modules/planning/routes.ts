import { adviceContract, type Outlook, planningContract } from '../../../contract/planning.ts';
import { COMING_HOURS, patternsOf } from '../../../core/planning/shifts.ts';
import { meanWaitMinutes } from '../../../core/planning/erlang.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { BY_DUE } from '../../../core/rehearsal/tuned.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { adviceFor } from './advice.ts';
import { halfHourStarts } from '../network/index.ts';
import { doorsOf } from './planned-halls.ts';
import { halfHoursOf, type HallOutlook, openOutlooks } from './hall-outlook.ts';
import { rosterRoutes } from './rosters/routes.ts';
import type { HallContext } from '../queue/index.ts';
import type { InTurn } from './rosters/routes.ts';
import { answersOn, keepAnswer, keepDayPlan, switchAdvice } from './queries.ts';
import { inThread } from './thread.ts';

/** Calculations with a waiting caller that run at a time; more would be slower for all. */
const AT_ONCE_MAX = 2;
const REHEARSED_DAYS = 20;
const SHIFT_HALF_HOURS_MIN = 8;

/** What is expected of days, what to plan for them and what that gives; and what running halls should do now. */
export function planningRoutes(context: HallContext): ExpectedWaits {
  const outlookAt = openOutlooks(context);
  adviceRoutes(context, outlookAt);
  const inTurn = inTurns();
  planRoutes(context, outlookAt, inTurn);
  rosterRoutes(context, outlookAt, inTurn);
  return (centreId, day) => expectedWaits(context, outlookAt, centreId, day);
}

/** The wait that is expected in each half hour of a day, by when it begins; null where nothing is known of the hall's days. */
export type ExpectedWaits = (
  centreId: CentreId,
  day: CivilDate,
) => Promise<readonly { readonly starts: string; readonly waitMinutes: number }[] | null>;

/** By the plan and the load of each half hour as if it lasted (Erlang C; half hours with less plan than load wait without end). */
async function expectedWaits(
  context: HallContext,
  outlookAt: OutlookAt,
  centreId: CentreId,
  day: CivilDate,
): ReturnType<ExpectedWaits> {
  const hallId = await context.directory.hallOf(centreId);
  const known = await outlookAt(hallId, day).catch((error: unknown) => {
    if (error instanceof ProblemError) return null;
    throw error;
  });
  const { doors, timeZone } = await doorsOf(context, hallId, day);
  if (known === null || doors === null) return null;
  const { plannedWindows } = await context.halls.rulesOn(hallId, day);
  const { load: loads, need, serviceMinutes } = known.outlook;
  return halfHourStarts(doors, timeZone).map((starts, half) => {
    const load = loads.byHalfHour[half] ?? 0;
    const windows = plannedWindows[half] ?? need[half] ?? 0;
    return { starts, waitMinutes: windows <= load ? Infinity : meanWaitMinutes({ load, windows, serviceMinutes }) };
  });
}

type OutlookAt = ReturnType<typeof openOutlooks>;

function adviceRoutes(context: HallContext, outlookAt: OutlookAt): void {
  const { http, db, now, directory } = context;
  serve(http, adviceContract, {
    'GET /api/centres/:centreId/advice': ({ params: { centreId } }) =>
      adviceFor(context, (key) => outlookAt(key.centreId, key.day), centreId),

    'PUT /api/centres/:centreId/advice-setting': async ({ params, body: { enabled }, asker }) => {
      const centreId = await directory.hallOf(params.centreId);
      await db.write(async (tx) => {
        await switchAdvice(tx, centreId, enabled, now());
        await audit(tx, asker, { action: 'advice-switched', object: `centre ${centreId}`, details: { enabled } });
      });
    },

    'POST /api/centres/:centreId/advice/answers': async ({ params, body, asker }) => {
      const key = await context.halls.today(params.centreId);
      const { advice } = await adviceFor(context, (one) => outlookAt(one.centreId, one.day), params.centreId);
      const advised = advice.find(({ kind }) => kind === body.kind);
      if (advised === undefined) return refuse('no-such-advice', {});
      const hall = await context.halls.dayBook.view(key, (day) => ({
        waiting: [...day.lines.values()].reduce((sum, line) => sum + line.length, 0),
        open: [...day.windows.values()].filter(({ state }) => state !== 'closed' && state !== 'paused').length,
      }));
      const answer = {
        at: now(),
        kind: advised.kind,
        windows: advised.kind === 'open-windows' ? (body.windows ?? advised.windows) : null,
        toCentreId: advised.kind === 'send-on' ? advised.toCentreId : null,
        ...hall,
        accepted: body.refusal === null,
        refusal: body.refusal,
      };
      await db.write(async (tx) => {
        await keepAnswer(tx, key, answer, asker.kind === 'staff' ? asker.id : null);
        const { kind, windows, accepted } = answer;
        const details = { kind, windows, accepted };
        await audit(tx, asker, { action: 'advice-answered', object: `centre ${key.centreId}`, details });
      });
    },

    'GET /api/centres/:centreId/advice/answers': async ({ params: { centreId }, query: { day } }) => {
      const hallId = await directory.hallOf(centreId);
      return db.read((tx) => answersOn(tx, hallId, day));
    },
  });
}

/** Lets as many calculations run at a time as the machine can bear, and refuses the rest. */
function inTurns(): InTurn {
  let running = 0;
  return async (calculate) => {
    if (running >= AT_ONCE_MAX) return refuse('planning-busy', {});
    running += 1;
    return calculate().finally(() => (running -= 1));
  };
}

function planRoutes(context: HallContext, outlookAt: OutlookAt, inTurn: InTurn): void {
  const { http, db, directory } = context;
  serve(http, planningContract, {
    'GET /api/centres/:centreId/outlook': async ({ params: { centreId }, query: { day } }) => {
      const hallId = await directory.hallOf(centreId);
      // What is expected is kept for a while; what is planned may have changed this minute.
      const [known, rules] = await Promise.all([outlookAt(hallId, day), context.halls.rulesOn(hallId, day)]);
      return outlookReply(hallId, day, known, rules);
    },

    'POST /api/centres/:centreId/shifts': async ({ params: { centreId }, body: { windows } }) => {
      await directory.hallOf(centreId);
      if (windows.length < SHIFT_HALF_HOURS_MIN) return refuse('no-shift-fits', {});
      const patterns = patternsOf(windows.length);
      const choices = patterns.map(({ slots, cost }) => ({ slots, cost: cost + COMING_HOURS }));
      const [roster] = await inTurn(() => inThread('rosters', [{ need: windows, shifts: choices }]));
      if (roster === undefined) throw new Error('the solver gave nothing');
      const shifts = patterns.flatMap(({ start, hours, slots }, index) =>
        Array.from({ length: roster.counts[index] ?? 0 }, () => ({ start, hours, slots: [...slots] })),
      );
      const hoursOf = (halfHours: number) => halfHours / 2;
      return {
        shifts,
        hours: hoursOf(shifts.reduce((sum, { slots }) => sum + slots.length, 0)),
        needHours: hoursOf(windows.reduce((sum, count) => sum + count, 0)),
      };
    },

    'POST /api/centres/:centreId/rehearsals': async ({ params: { centreId }, body: { day, windows, reserve } }) => {
      const { outlook, opensMinute, windowsMax, configuration } = await outlookAt(
        await directory.hallOf(centreId),
        day,
      );
      checkLength(outlook.halfHours.length, windows.length);
      const { walkInLimitMinutes, appointmentLimitMinutes } = configuration;
      return inTurn(() =>
        inThread('rehearse', {
          outlook,
          opensMinute,
          windows,
          windowsMax,
          walkInLimitMinutes,
          appointmentLimitMinutes,
          reserve: reserve ? BY_DUE : null,
          days: REHEARSED_DAYS,
        }),
      );
    },

    'PUT /api/centres/:centreId/day-plan': async ({ params, body: { day, windows }, asker }) => {
      const centreId = await directory.hallOf(params.centreId);
      const { day: today } = await context.halls.today(centreId);
      if (day < today) return refuse('plan-past', {});
      const { doors, timeZone } = await doorsOf(context, centreId, day);
      if (doors === null) return refuse('centre-closed', { day });
      if (windows !== null) checkLength(halfHoursOf(doors), windows.length);
      const starts = halfHourStarts(doors, timeZone);
      const plan = (windows ?? []).map((count, half) => ({ starts: starts[half] as string, windows: count }));
      await db.write(async (tx) => {
        await keepDayPlan(tx, centreId, day, plan);
        await audit(tx, asker, { action: 'day-planned', object: `centre ${centreId}`, details: { day, windows } });
      });
      if (day === today) await context.halls.rulesChanged(centreId);
      await context.centreChanges.catchUp();
    },
  });
}

function checkLength(wanted: number, given: number): void {
  if (wanted !== given) refuse('plan-length', { wanted, given });
}

function outlookReply(
  centreId: CentreId,
  day: CivilDate,
  { outlook, opensMinute, timeZone, windowsMax }: HallOutlook,
  { plannedWindows, groups }: QueueConfiguration,
): Outlook {
  return {
    centreId,
    day,
    timeZone,
    historyDays: outlook.historyDays,
    windows: windowsMax,
    serviceMinutes: outlook.serviceMinutes,
    visitors: outlook.halfHours.reduce((sum, { mean }) => sum + mean, 0),
    reasons: outlook.reasons,
    groups: outlook.groups.map(({ groupId, visitors, halfHours }) => ({
      groupId,
      letter: groups.find((group) => group.groupId === groupId)?.letter ?? null,
      visitors,
      halfHours: [...halfHours],
    })),
    halfHours: outlook.halfHours.map((expected, half) => ({
      startsMinute: opensMinute + half * 30,
      ...expected,
      load: outlook.load.byHalfHour[half] ?? 0,
      need: outlook.need[half] ?? 0,
      planned: plannedWindows[half] ?? null,
    })),
  };
}
