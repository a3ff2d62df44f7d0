import { randomUUID } from 'node:crypto';
import type { Call } from '../../contract/client.ts';
import type { Centre } from '../../contract/network.ts';
import { followHall, type Hall, type HallWindow } from '../../core/queue/hall.ts';
import type { ChosenPauseReason, QueueEvent } from '../../core/queue/events.ts';
import type { GroupId, VisitId, WindowId } from '../../core/queue/ids.ts';
import { type Instant, MINUTE, SECOND } from '../../core/time/instant.ts';
import { type DemoGroup, demoGroups } from '../city/groups.ts';
import { arrivalsAnHour, windowsNeeded } from './demand.ts';
import type { Agenda } from './agenda.ts';
import type { HallListener } from '../../contract/hall-stream.ts';
import { exponential, lognormal, type Random } from '../../core/rehearsal/random.ts';

/** A window that the robots leave to the newcomer. */
const WINDOW_LEFT_FREE = 1;
const WALK_SECONDS_MEAN = 25;
/** When the visitor has a long way, the specialist tells the hall that they are there. */
const ANSWER_IF_SECONDS = 60;
const ANSWER_AFTER_SECONDS = 10;
const NO_SHOW_SHARE = 0.02;
const NO_SHOW_AFTER_SECONDS = 90;
const PAUSE_SHARE = 0.015;
const PAUSE_MINUTES_MEAN = 8;
const STAFFING_EVERY_MINUTES = 5;
const ALONE_SHARE = 0.9;
/** How many come with a right to go first, and how many want English. */
const BY_LAW_SHARE = 0.06;
const ENGLISH_SHARE = 0.03;
/** How many touch the tablet, and how many of them are not content. */
const RATING_SHARE = 0.3;
const UNHAPPY_SHARE = 0.025;

export interface RobotSetting {
  readonly call: Call;
  readonly agenda: Agenda;
  readonly draw: Random;
  now(): Instant;
  /** Told of every request that failed. */
  failed(error: unknown): void;
}

/** The visitors and specialists of one centre. They know the hall from its live stream and act through the API. */
export class CentreRobots implements HallListener {
  readonly #centre: Centre;
  readonly #setting: RobotSetting;
  readonly #offered: readonly DemoGroup[];
  /** Windows whose specialist goes home after this visitor. */
  readonly #leaving = new Set<WindowId>();
  #hall: Hall | null = null;

  constructor(centre: Centre, setting: RobotSetting) {
    this.#centre = centre;
    this.#setting = setting;
    this.#offered = demoGroups.filter(({ groupId }) => centre.groups.some((group) => group.groupId === groupId));
  }

  /** Puts the first visitor and the first shift on the agenda. */
  begin(): void {
    this.#after(0, () => this.#staff());
    this.#awaitVisitor();
  }

  /** Robots that are new in a hall take over what they find at their windows. */
  hall(found: Hall): void {
    this.#hall = found;
    for (const { windowId, state, visit } of found.windows) {
      if (windowId === WINDOW_LEFT_FREE) continue;
      if (state === 'calling' && visit !== null) this.#come(windowId, visit.visitId, visit.groupId);
      if (state === 'serving' && visit !== null) this.#serve(windowId, visit.visitId, visit.groupId);
      if (state === 'not-ready' || state === 'paused') this.#ready(windowId);
    }
  }

  event(event: QueueEvent): void {
    this.#hall = this.#hall === null ? null : (followHall(this.#hall, event) ?? this.#hall);
    if (!('windowId' in event.body) || event.body.windowId === null || event.body.windowId === WINDOW_LEFT_FREE) return;
    if (event.kind === 'visit-called') this.#come(event.body.windowId, event.body.visitId, event.body.groupId);
    if (event.kind === 'service-finished' || event.kind === 'visit-no-show') this.#afterVisitor(event.body.windowId);
    if (event.kind === 'service-finished' && event.body.next === 'over') this.#rate(event.body.visitId);
    // The hall missed a sign of life: the specialist is back at once.
    if (event.kind === 'window-paused' && event.body.reason === 'no-answer') this.#readySoon(event.body.windowId);
  }

  #after(milliseconds: number, work: () => void): void {
    this.#setting.agenda.at(this.#setting.now() + milliseconds, work);
  }

  #awaitVisitor(): void {
    const { draw, now } = this.#setting;
    const rate = arrivalsAnHour(this.#centre, now());
    const minutes = rate > 0 ? Math.min(exponential(draw, rate) * 60, 30) : 10;
    this.#after(minutes * MINUTE, () => {
      if (this.#hall?.state === 'open') this.#takeTicket(this.#hall);
      this.#awaitVisitor();
    });
  }

  #takeTicket({ day }: Hall): void {
    const { call, draw, failed } = this.#setting;
    const services = [{ serviceId: this.#pickService() }];
    const body = {
      commandId: randomUUID(),
      services,
      persons: draw() < ALONE_SHARE ? 1 : 2,
      ...(draw() < BY_LAW_SHARE ? { classLetter: 'L', ground: 'small-children' } : {}),
      ...(draw() < ENGLISH_SHARE ? { language: 'en' } : {}),
    };
    const params = { centreId: this.#centre.centreId, day };
    call('POST /api/centres/:centreId/days/:day/visits', { params, body }).catch(failed);
  }

  #pickService(): string {
    const { draw } = this.#setting;
    let left = draw() * this.#offered.reduce((sum, group) => sum + group.share, 0);
    for (const { groupId, share, services } of this.#offered) {
      left -= share;
      if (left <= 0) return services[Math.floor(draw() * services.length)]?.serviceId ?? groupId;
    }
    return this.#offered[0]?.groupId ?? 'collect';
  }

  /** A called visitor walks to the window, or does not. */
  #come(windowId: WindowId, visitId: VisitId, groupId: GroupId): void {
    const { draw } = this.#setting;
    if (draw() < NO_SHOW_SHARE) {
      this.#after(NO_SHOW_AFTER_SECONDS * SECOND, () => this.#withVisit('no-show', windowId, visitId));
      return;
    }
    const seconds = WALK_SECONDS_MEAN / 2 + exponential(draw, 2 / WALK_SECONDS_MEAN);
    if (seconds > ANSWER_IF_SECONDS)
      this.#after(ANSWER_AFTER_SECONDS * SECOND, () => this.#atWindow('ready', windowId));
    this.#after(seconds * SECOND, () => {
      this.#withVisit('start', windowId, visitId);
      this.#serve(windowId, visitId, groupId);
    });
  }

  #serve(windowId: WindowId, visitId: VisitId, groupId: GroupId): void {
    const group = demoGroups.find((one) => one.groupId === groupId);
    const minutes = lognormal(this.#setting.draw, group?.serviceMinutesMean ?? 10, group?.serviceSpread ?? 0.7);
    this.#after(Math.max(0.5, minutes) * MINUTE, () => this.#withVisit('finish', windowId, visitId));
  }

  /** The visitor has gone: home, a short break, or the next one. */
  #afterVisitor(windowId: WindowId): void {
    const { draw } = this.#setting;
    if (this.#leaving.delete(windowId)) {
      this.#atWindow('close', windowId);
    } else if (draw() < PAUSE_SHARE) {
      this.#pause(windowId, draw() < 0.7 ? 'break' : 'paperwork');
      this.#after(exponential(draw, 1 / PAUSE_MINUTES_MEAN) * MINUTE, () => this.#ready(windowId));
    } else {
      this.#readySoon(windowId);
    }
  }

  /** Some touch the tablet at the window before they go; nearly all are content. */
  #rate(visitId: VisitId): void {
    const { call, draw, failed } = this.#setting;
    if (draw() > RATING_SHARE) return;
    const mark = draw() < UNHAPPY_SHARE ? 1 + Math.floor(draw() * 3) : 4 + Math.floor(draw() * 2);
    const params = { centreId: this.#centre.centreId, day: this.#hall?.day ?? this.#centre.today, visitId };
    this.#after(5 * SECOND, () => {
      const body = { mark, at: 'tablet' as const };
      call('POST /api/centres/:centreId/days/:day/visits/:visitId/rating', { params, body }).catch(failed);
    });
  }

  #readySoon(windowId: WindowId): void {
    this.#after((5 + this.#setting.draw() * 10) * SECOND, () => this.#ready(windowId));
  }

  #ready(windowId: WindowId): void {
    const state = this.#hall?.windows.find((window) => window.windowId === windowId)?.state;
    if (state === 'not-ready' || state === 'paused') this.#atWindow('ready', windowId);
  }

  /** Opens and closes windows as the half hour needs them. */
  #staff(): void {
    this.#after(STAFFING_EVERY_MINUTES * MINUTE, () => this.#staff());
    const hall = this.#hall;
    if (hall === null || hall.state === 'closed' || hall.state === 'unopened') return;
    const ours = hall.windows.filter(({ windowId }) => windowId !== WINDOW_LEFT_FREE);
    const working = ours.filter(({ windowId, state }) => state !== 'closed' && !this.#leaving.has(windowId));
    const waiting = hall.waiting.reduce((sum, line) => sum + line.visits, 0);
    const needed =
      hall.state === 'open'
        ? windowsNeeded(this.#centre, this.#setting.now(), ours.length)
        : Math.min(working.length, waiting);
    const closed = ours.filter(({ state }) => state === 'closed');
    for (const window of closed.slice(0, Math.max(0, needed - working.length))) {
      this.#open(window).catch(this.#setting.failed);
    }
    for (const { windowId, state } of working.slice(needed)) {
      this.#leaving.add(windowId);
      if (state === 'free' || state === 'not-ready') this.#afterVisitor(windowId);
    }
  }

  async #open({ windowId }: HallWindow): Promise<void> {
    const { centreId, windowGroups } = this.#centre;
    const groupIds = windowGroups.find((window) => window.windowId === windowId)?.groupIds ?? [];
    const skills = groupIds.map((groupId) => ({ groupId, level: 3 as const }));
    const body = { commandId: randomUUID(), specialistId: `robot-${centreId}-${windowId}`, skills };
    const params = this.#params(windowId);
    await this.#setting.call('POST /api/centres/:centreId/days/:day/windows/:windowId/open', { params, body });
    this.#atWindow('ready', windowId);
  }

  #atWindow(action: 'ready' | 'close', windowId: WindowId): void {
    const body = { commandId: randomUUID() };
    this.#setting
      .call(`POST /api/centres/:centreId/days/:day/windows/:windowId/${action}`, {
        params: this.#params(windowId),
        body,
      })
      .catch(this.#setting.failed);
  }

  #withVisit(action: 'start' | 'finish' | 'no-show', windowId: WindowId, visitId: VisitId): void {
    const body = { commandId: randomUUID(), visitId };
    this.#setting
      .call(`POST /api/centres/:centreId/days/:day/windows/:windowId/${action}`, {
        params: this.#params(windowId),
        body,
      })
      .catch(this.#setting.failed);
  }

  #pause(windowId: WindowId, reason: ChosenPauseReason): void {
    const body = { commandId: randomUUID(), reason };
    this.#setting
      .call('POST /api/centres/:centreId/days/:day/windows/:windowId/pause', { params: this.#params(windowId), body })
      .catch(this.#setting.failed);
  }

  #params(windowId: WindowId) {
    return { centreId: this.#centre.centreId, day: this.#hall?.day ?? this.#centre.today, windowId };
  }
}
