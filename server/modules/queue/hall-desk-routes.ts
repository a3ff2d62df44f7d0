import type { CentreNow, hallDeskContract } from '../../../contract/hall-desk.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import { notYourWindow } from '../../../core/queue/caller.ts';
import { type Course, courseOf } from '../../../core/queue/course.ts';
import type { Day, Visit } from '../../../core/queue/day.ts';
import { serviceToday } from '../../../core/queue/decide-visits.ts';
import { dueBefore } from '../../../core/queue/dispatch.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import { latinNumber } from '../../../core/queue/letters.ts';
import { maySkillsServe } from '../../../core/queue/rules.ts';
import { waitRange } from '../../../core/queue/wait-range.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { briefly } from '../../platform/cache-briefly.ts';
import { openGate } from '../../platform/gate.ts';
import type { Handlers } from '../../platform/serve.ts';
import { doorsOn } from '../network/index.ts';
import { commandOf } from './chain.ts';
import { callerOf, hallDay, type HallContext } from './context.ts';
import { windowEvents } from './queries.ts';
import { visitReplyOf } from './replies.ts';
import { centreNowOf, deskWindowOf, ownFiguresOf, queueOf } from './staff-views.ts';
import { tokenOf } from './visit-token.ts';

/** How old a picture of the whole network, or of a day's course, may be. */
const NETWORK_MS = 2_000;
const COURSE_MS = 5_000;
/** Past days that are computed at once: the halls of today go first. */
const PAST_AT_ONCE = 2;

/** What staff see of a hall, and of all halls. */
export function hallDeskHandlers(context: HallContext): Handlers<typeof hallDeskContract> {
  const { db, halls, now, visitKey } = context;
  const { dayBook } = halls;
  const course = briefly(
    COURSE_MS,
    async (key: DayKey): Promise<Course> => courseOf(key, await dayBook.wholeDay(key), dayBook.rules, now()),
    ({ centreId, day }) => `${centreId}/${day}`,
  );
  const networkNow = briefly(NETWORK_MS, async (_all: 'all') => {
    const found = (await hallsAt(context, now())).map((key) =>
      dayBook.view(key, (day) => centreNowOf(day, now())).catch(() => unknownCentre(key.centreId)),
    );
    return { at: now(), centres: await Promise.all(found) };
  });

  return {
    'GET /api/centres/:centreId/queue': async ({ params }) =>
      dayBook.view(await halls.today(params.centreId), (day) => queueOf(day, now())),

    'GET /api/centres/:centreId/days/:day/windows/:windowId/desk': async ({ params, asker }) => {
      const { windowId } = params;
      const key = await hallDay(context, params);
      const caller = await callerOf(context, asker, key.centreId);
      const events = await db.read((tx) => windowEvents(tx, key, windowId));
      return dayBook.view(key, (day) => {
        const foreign = notYourWindow(day, windowId, caller);
        if (foreign !== null) throw new ProblemError(foreign);
        return { ...windowSeen(day, windowId, now()), figures: ownFiguresOf(day, windowId, events, now()) };
      });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/skills': async ({ params, body }) => {
      const { windowId } = params;
      const key = await hallDay(context, params);
      await dayBook.carryOut(key, commandOf('set-skills', body.commandId, { windowId, skills: body.skills }));
      return dayBook.view(key, (day) => windowSeen(day, windowId, now()).window);
    },

    'GET /api/centres/:centreId/days/:day/visits/:visitId/place': async ({ params, query: { serviceId } }) => {
      const { visitId } = params;
      return dayBook.view(await hallDay(context, params), (day) =>
        placeFor(day, day.visits.get(visitId) ?? refuse('unknown-visit', { visitId }), serviceId, now()),
      );
    },

    'GET /api/centres/:centreId/numbers/:number': async ({ params }) => {
      const key = await halls.today(params.centreId);
      const asked = params.number.toUpperCase();
      const found = await dayBook.view(key, ({ visits }) =>
        [...visits.values()].findLast(({ number }) => number === asked || latinNumber(number) === asked),
      );
      if (found === undefined) return refuse('unknown-number', { number: asked });
      const { visitId, number, state } = found;
      return { visitId, number, state, token: tokenOf(visitKey, { key, visitId }) };
    },

    'GET /api/centres/:centreId/vouchers': async ({ params }) =>
      dayBook.view(await halls.today(params.centreId), ({ visits }) =>
        [...visits.values()]
          .filter(({ wait }) => wait.broken)
          .map(({ visitId, number, state, wait }) => ({ visitId, number, state, drink: wait.drink })),
      ),

    'GET /api/centres/:centreId/days/:day/course': async ({ params }) => course(await hallDay(context, params)),

    'GET /api/network/now': () => networkNow('all'),

    'GET /api/network/at': async ({ query: { at } }) => {
      if (at > now()) return refuse('moment-ahead', {});
      return { at, centres: await networkAt(context, at) };
    },
  };
}

function windowSeen(day: Day, windowId: number, now: Instant) {
  const window = day.windows.get(windowId) ?? refuse('unknown-window', { windowId });
  const visit = window.visitId === null ? undefined : day.visits.get(window.visitId);
  return {
    visit: visit === undefined ? null : visitReplyOf(day, visit, now),
    window: deskWindowOf(day, window),
  };
}

/** Where a visit would stand with its own due if it waited for another service. */
function placeFor(day: Day, visit: Visit, serviceId: string, now: Instant) {
  const service = serviceToday(day, serviceId);
  if ('code' in service) throw new ProblemError(service);
  const window = visit.windowId === null ? undefined : day.windows.get(visit.windowId);
  const range = waitRange(day, service, visit.due, now, visit);
  let ahead = 0;
  for (const line of day.lines.values())
    for (const other of line)
      if (other !== visit && other.groupId === service.groupId && dueBefore(other, visit)) ahead += 1;
  return {
    ahead,
    wait: range === null ? null : { q50Minutes: range.q50Minutes, q90Minutes: range.q90Minutes },
    here: window !== undefined && maySkillsServe(window.skills, service),
  };
}

/** A past moment folds the days of all halls: one is computed at a time, so that a screen that runs through a day does not slow the halls. */
const pastMoments = openGate(1);
/** How long a request waits for its turn before it is told that the system is busy. */
const PAST_WITHIN_MS = 20_000;

/** Every hall at a past moment, in its turn. Throws busy. */
async function networkAt(context: HallContext, at: Instant): Promise<CentreNow[]> {
  if (!(await pastMoments.enter(PAST_WITHIN_MS))) return refuse('busy', {});
  return foldedAt(context, at).finally(() => pastMoments.leave());
}

/** Every hall at a past moment, from the events of its day up to then. */
async function foldedAt(context: HallContext, at: Instant): Promise<CentreNow[]> {
  const halls = await hallsAt(context, at);
  const found = new Map<CentreId, CentreNow>();
  const left = [...halls];
  const work = async () => {
    for (let key = left.pop(); key !== undefined; key = left.pop()) {
      const { centreId } = key;
      const seen = await context.halls.dayBook.dayAt(key, at).then(
        (day) => centreNowOf(day, at),
        () => unknownCentre(centreId),
      );
      found.set(centreId, seen);
    }
  };
  await Promise.all(Array.from({ length: PAST_AT_ONCE }, work));
  return halls.flatMap(({ centreId }) => found.get(centreId) ?? []);
}

/** The days of all halls at a moment: of the ones that receive on that day. */
async function hallsAt({ directory }: HallContext, at: Instant): Promise<DayKey[]> {
  const entries = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  return entries.flatMap((entry) => {
    const { centre_id: centreId, time_zone: zone } = entry.centre;
    const day = businessDayAt(at, zone);
    return doorsOn(entry, day, zone) === null ? [] : [{ centreId, day }];
  });
}

function unknownCentre(centreId: CentreId): CentreNow {
  return {
    centreId,
    state: 'unknown',
    stopped: false,
    waiting: 0,
    working: 0,
    longestWaitMs: 0,
    meanWaitMs: null,
    promisesBroken: 0,
  };
}
