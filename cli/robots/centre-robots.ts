import { randomUUID } from 'node:crypto';
import type { Call } from '../../contract/client.ts';
import type { Centre } from '../../contract/network.ts';
import { followHall, type Hall, type HallWindow } from '../../core/queue/hall.ts';
import type { QueueEvent } from '../../core/queue/events.ts';
import type { GroupId, VisitId, WindowId } from '../../core/queue/ids.ts';
import { type Instant, MINUTE, SECOND } from '../../core/time/instant.ts';
import { demoGroups } from '../demo/demo-groups.ts';
import { arrivalsAnHour, windowsNeeded } from './demand.ts';
import type { Agenda } from './agenda.ts';
import { exponential, lognormal, type Random } from './random.ts';

/** A window that the robots leave to the newcomer. */
const WINDOW_LEFT_FREE = 1;
const WALK_SECONDS_MEAN = 25;
const NO_SHOW_SHARE = 0.02;
const PAUSE_SHARE = 0.015;
const PAUSE_MINUTES_MEAN = 8;
const STAFFING_EVERY_MS = 5 * MINUTE;

/** The visitors and specialists of one centre. */
export interface CentreRobots {
  hall(hall: Hall): void;
  event(event: QueueEvent): void;
  /** The first visitor and the first shift are put on the agenda. */
  begin(now: Instant): void;
}

export interface RobotSetting {
  readonly call: Call;
  readonly agenda: Agenda;
  readonly draw: Random;
  now(): Instant;
  /** A refusal is life (somebody was quicker); anything else is told. */
  failed(error: unknown): void;
}

export function openCentreRobots(centre: Centre, { call, agenda, draw, now, failed }: RobotSetting): CentreRobots {
  const { centreId } = centre;
  const offered = demoGroups.filter(({ groupId }) => centre.groups.some((group) => group.groupId === groupId));
  let hall: Hall | null = null;
  /** Windows whose specialist goes home after this visitor. */
  const leaving = new Set<WindowId>();

  const params = (windowId: WindowId) => ({ centreId, day: hall?.day ?? centre.today, windowId });
  const attempt = (work: Promise<unknown>) => void work.catch(failed);
  const windowAt = (windowId: WindowId) => hall?.windows.find((window) => window.windowId === windowId);

  const arrive = () => {
    if (hall?.state === 'open') {
      const groupId = pickGroup(draw, offered);
      const persons = draw() < 0.9 ? 1 : 2;
      const body = { commandId: randomUUID(), groupId, persons };
      attempt(call('POST /api/centres/:centreId/days/:day/visits', { params: { centreId, day: hall.day }, body }));
    }
    scheduleArrival();
  };
  const scheduleArrival = () => {
    const rate = arrivalsAnHour(centre, now());
    const wait = rate > 0 ? Math.min(exponential(draw, rate) * 60 * MINUTE, 30 * MINUTE) : 10 * MINUTE;
    agenda.at(now() + wait, arrive);
  };

  const start = (windowId: WindowId, visitId: VisitId, groupId: GroupId) => {
    const body = { commandId: randomUUID(), visitId };
    if (draw() < NO_SHOW_SHARE) {
      agenda.at(now() + 90 * SECOND, () =>
        attempt(
          call('POST /api/centres/:centreId/days/:day/windows/:windowId/no-show', { params: params(windowId), body }),
        ),
      );
      return;
    }
    const walk = (WALK_SECONDS_MEAN / 2 + exponential(draw, 2 / WALK_SECONDS_MEAN)) * SECOND;
    agenda.at(now() + walk, () => {
      attempt(
        call('POST /api/centres/:centreId/days/:day/windows/:windowId/start', { params: params(windowId), body }),
      );
      serve(windowId, visitId, groupId);
    });
  };
  const serve = (windowId: WindowId, visitId: VisitId, groupId: GroupId) => {
    const group = demoGroups.find((one) => one.groupId === groupId);
    const minutes = Math.max(0.5, lognormal(draw, group?.serviceMinutesMean ?? 10, group?.serviceSpread ?? 0.7));
    agenda.at(now() + minutes * MINUTE, () => {
      const body = { commandId: randomUUID(), visitId };
      attempt(
        call('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', { params: params(windowId), body }),
      );
    });
  };

  /** The visitor has gone: home, a short break, or the next one. */
  const afterVisitor = (windowId: WindowId) => {
    if (leaving.delete(windowId)) {
      attempt(
        call('POST /api/centres/:centreId/days/:day/windows/:windowId/close', {
          params: params(windowId),
          body: { commandId: randomUUID() },
        }),
      );
      return;
    }
    if (draw() < PAUSE_SHARE) {
      const reason = draw() < 0.7 ? 'break' : 'paperwork';
      attempt(
        call('POST /api/centres/:centreId/days/:day/windows/:windowId/pause', {
          params: params(windowId),
          body: { commandId: randomUUID(), reason },
        }),
      );
      agenda.at(now() + exponential(draw, 1 / PAUSE_MINUTES_MEAN) * MINUTE, () => ready(windowId));
      return;
    }
    agenda.at(now() + (5 + draw() * 10) * SECOND, () => ready(windowId));
  };
  const ready = (windowId: WindowId) => {
    const state = windowAt(windowId)?.state;
    if (state !== 'not-ready' && state !== 'paused') return;
    attempt(
      call('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
        params: params(windowId),
        body: { commandId: randomUUID() },
      }),
    );
  };

  const open = async ({ windowId }: HallWindow) => {
    const at = params(windowId);
    const groupIds = centre.windowGroups.find((window) => window.windowId === windowId)?.groupIds ?? [];
    const body = { commandId: randomUUID(), specialistId: `robot-${centreId}-${windowId}`, groupIds };
    await call('POST /api/centres/:centreId/days/:day/windows/:windowId/open', { params: at, body });
    await call('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
      params: at,
      body: { commandId: randomUUID() },
    });
  };
  const staff = () => {
    agenda.at(now() + STAFFING_EVERY_MS, staff);
    if (hall === null || hall.state === 'closed' || hall.state === 'unopened') return;
    const ours = hall.windows.filter(({ windowId }) => windowId !== WINDOW_LEFT_FREE);
    const working = ours.filter(({ windowId, state }) => state !== 'closed' && !leaving.has(windowId));
    const waiting = hall.waiting.reduce((sum, line) => sum + line.visits, 0);
    const needed =
      hall.state === 'open' ? windowsNeeded(centre, now(), ours.length) : Math.min(working.length, waiting);
    for (const window of ours.filter(({ state }) => state === 'closed').slice(0, needed - working.length))
      attempt(open(window));
    for (const { windowId, state } of working.slice(needed)) {
      leaving.add(windowId);
      if (state === 'free' || state === 'not-ready') afterVisitor(windowId);
    }
  };

  /** Robots that are new in a hall take over what they find at their windows. */
  const takeOver = (found: Hall) => {
    for (const { windowId, state, visit } of found.windows) {
      if (windowId === WINDOW_LEFT_FREE) continue;
      if (state === 'calling' && visit !== null) start(windowId, visit.visitId, visit.groupId);
      if (state === 'serving' && visit !== null) serve(windowId, visit.visitId, visit.groupId);
      if (state === 'not-ready' || state === 'paused') ready(windowId);
    }
  };

  return {
    hall: (found) => {
      hall = found;
      takeOver(found);
    },
    event: (event) => {
      hall = hall === null ? null : (followHall(hall, event) ?? hall);
      if (!('windowId' in event.body) || event.body.windowId === WINDOW_LEFT_FREE) return;
      if (event.kind === 'visit-called') start(event.body.windowId, event.body.visitId, event.body.groupId);
      if (event.kind === 'service-finished' || event.kind === 'visit-no-show') afterVisitor(event.body.windowId);
    },
    begin: (from) => {
      agenda.at(from, staff);
      agenda.at(from, scheduleArrival);
    },
  };
}

function pickGroup(draw: Random, offered: typeof demoGroups): GroupId {
  let left = draw() * offered.reduce((sum, group) => sum + group.share, 0);
  for (const { groupId, share } of offered) {
    left -= share;
    if (left <= 0) return groupId;
  }
  return offered[0]?.groupId ?? 'collect';
}
