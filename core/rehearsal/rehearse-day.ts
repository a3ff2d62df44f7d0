import { type HallSight, mayLetGo, type ReserveLimits, type ReserveRule, windowsToCall } from '../planning/reserve.ts';
import { carryOut } from '../queue/execute-command.ts';
import { forget, windowOf } from '../queue/journal.ts';
import type { Command, CommandBodies, CommandKind } from '../queue/commands.ts';
import { ORDINARY, type QueueConfiguration } from '../queue/configuration.ts';
import { type Day, unopenedDay } from '../queue/day.ts';
import type { Skill } from '../queue/events.ts';
import type { VisitId } from '../queue/ids.ts';
import type { CivilDate, TimeZone } from '../time/civil.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../time/instant.ts';
import { Agenda, type Item } from './agenda.ts';
import type { DayToRehearse, Listener } from './day-to-rehearse.ts';
import type { Visitor } from './demand.ts';
import type { Seat } from './seat.ts';
import { nextShare, slacksOf } from './sight.ts';
import { Tally } from './tally.ts';

const ANY_DAY = '2026-01-01' as CivilDate;

/** Events of a rehearsal, by rank: at one moment a service ends before a visitor comes. */
const FINISH = 0;
const ARRIVE = 1;
const BEGIN = 2;
const READY = 3;
const TICK = 4;

const HALF_HOUR = 30 * MINUTE;
/** So long after closing nobody waits any more. */
const GIVE_UP_MS = 6 * HOUR;
/** The time after which a visitor is a no-show in a hall whose rules do not say it. */
const NO_SHOW_SECONDS = 180;

/**
 * Plays one day through the rules of the hall itself: every ticket, call, start and end is a command that the day decides
 * and events that it folds. Gives what visitors waited and what the windows cost. The same input gives the same output.
 */
export function rehearseDay(input: DayToRehearse, listener: Listener = {}): Tally {
  const hall = new HallRehearsal(input, listener);
  hall.advance(Infinity);
  return hall.tally;
}

/** A hall in rehearsal, which is played on as far as the caller wants to know. */
export class HallRehearsal {
  readonly tally: Tally;
  readonly #input: DayToRehearse;
  readonly #listener: Listener;
  readonly #rules: () => QueueConfiguration;
  readonly #day: Day;
  readonly #agenda = new Agenda();
  readonly #everything: readonly Skill[];
  readonly #visitors: Visitor[];
  /** The open windows, in the order of opening. */
  readonly #seats = new Map<number, Seat>();
  /** Which visitor took the ticket of a command, by the command's number. */
  readonly #visitorBy: number[] = [];
  #commands = 0;
  #sittings = 0;
  /** Windows of the plan that go on calling; reserve windows that do; and those that were called and are not ready yet. */
  #planned = 0;
  #reserve = 0;
  #pending = 0;
  #waiting = 0;
  #waitingMinutes = 0;
  #busy = 0;
  #walkIns = 0;
  #now: Instant;

  constructor(input: DayToRehearse, listener: Listener = {}) {
    this.#input = input;
    this.#listener = listener;
    this.#now = input.opensMs;
    this.#rules = () => input.configuration;
    this.#day = unopenedDay({ centreId: 1, day: ANY_DAY });
    this.tally = new Tally(input.configuration.services.length);
    this.#everything = input.configuration.groups.map(({ groupId }) => ({ groupId, level: 3 }));
    this.#visitors = [...input.visitors];
    this.#carryOut('open-day', {
      start: 0,
      end: input.closesMs + 24 * HOUR,
      doorsOpen: input.opensMs,
      doorsClose: input.closesMs,
      timeZone: 'UTC' as TimeZone,
      home: 'rehearsal',
      configuration: 'rehearsal',
    });
    for (const windows of input.plan) this.tally.plannedMs += windows * HALF_HOUR;
    this.#followPlan(0);
    this.#agenda.add(input.opensMs + MINUTE, TICK, 1);
    this.#expect(0);
  }

  /** A visitor who was not listed will come. They come after everything that has been played. */
  receive(visitor: Visitor): void {
    this.#visitors.push(visitor);
    this.#agenda.add(visitor.arrivesMs, ARRIVE, this.#visitors.length - 1);
  }

  /** The wait that a visitor who came now would be told, in minutes. */
  get shownWaitMinutes(): number {
    const windows = this.#planned + this.#reserve + this.#pending;
    if (this.#waiting === 0 && this.#busy < this.#planned + this.#reserve) return 0;
    return windows === 0 ? Infinity : ((this.#waiting + 1) * this.#input.meanServiceMinutes) / windows;
  }

  /** Plays everything that happens before a moment. */
  advance(until: Instant): void {
    while (this.#agenda.nextAt < until) {
      const { at, kind, subject } = this.#agenda.take() as Item;
      this.#now = at;
      if (kind === ARRIVE) this.#arrive(subject);
      else if (kind === FINISH) this.#finish(subject);
      else if (kind === BEGIN) this.#begin(subject);
      else if (kind === READY) this.#comesReady(subject);
      else this.#tick(subject);
      if (this.#input.reserve !== null) this.#lookAtReserve(this.#input.reserve, kind === TICK);
      if (this.#isOver) this.#goHome();
    }
    this.tally.transitions = this.#day.seq;
  }

  #carryOut<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): void {
    this.#commands += 1;
    const command = { kind, id: `r${this.#commands}`, hash: '', body } as unknown as Command;
    const outcome = carryOut(this.#day, command, this.#now, this.#rules, true);
    if (outcome.kind !== 'done') {
      const why = outcome.kind === 'refused' ? outcome.problem.code : outcome.kind;
      throw new Error(`a rehearsal may not meet a refusal: ${kind} at ${this.#now} ms: ${why}`);
    }
    for (const event of outcome.events) if (event.kind === 'visit-called') this.#called(event.body);
  }

  #expect(index: number): void {
    const visitor = this.#input.visitors[index];
    if (visitor !== undefined) this.#agenda.add(visitor.arrivesMs, ARRIVE, index);
  }

  #arrive(index: number): void {
    const { classIndex, slotMs } = this.#visitors[index] as Visitor;
    if (index < this.#input.visitors.length) this.#expect(index + 1);
    const service = this.#input.configuration.services[classIndex];
    if (service === undefined) throw new Error(`visitor ${index} wants service ${classIndex}, which does not exist`);
    if (slotMs === null) this.#walkIns += 1;
    this.#waiting += 1;
    this.#waitingMinutes += service.minutes;
    this.#visitorBy[this.#commands + 1] = index;
    this.#carryOut('take', {
      services: [{ serviceId: service.serviceId, quantity: 1 }],
      persons: 1,
      classLetter: ORDINARY,
      language: 'ru',
      remote: false,
      slot: slotMs,
    });
    if (this.#waiting > 0) this.#listener.waits?.(this.#day, index, this.#now);
  }

  #called({ visitId, windowId }: { readonly visitId: string; readonly windowId: number }): void {
    const { walkMs = 0, configuration, staysAway } = this.#input;
    const index = this.#indexOf(visitId);
    const visitor = this.#visitors[index] as Visitor;
    this.#waiting -= 1;
    this.#waitingMinutes -= configuration.services[visitor.classIndex]?.minutes ?? 0;
    this.#busy += 1;
    this.tally.called(visitor, this.#now, configuration);
    this.#listener.called?.(index, this.#now - visitor.arrivesMs, this.#now);
    if (staysAway?.(index) === true) {
      const after = (configuration.calls.noShowSeconds ?? NO_SHOW_SECONDS) * SECOND;
      this.#agenda.add(this.#now + after, BEGIN, -windowId);
    } else if (walkMs > 0) this.#agenda.add(this.#now + walkMs, BEGIN, windowId);
    else this.#begin(windowId);
  }

  /** A visit is named by the command that took its ticket: `r17`. */
  #indexOf(visitId: string): number {
    return this.#visitorBy[Number(visitId.slice(1))] as number;
  }

  /** The visitor has come to the window; or, with the number of the window below zero, has not. */
  #begin(subject: number): void {
    const windowId = Math.abs(subject);
    const { visitId } = this.#day.windows.get(windowId) as { visitId: string };
    if (subject < 0) {
      this.#carryOut('no-show', { windowId, visitId });
      this.#busy -= 1;
      this.#goOn(windowId);
      return;
    }
    this.#carryOut('start', { windowId, visitId });
    const { serviceMs } = this.#visitors[this.#indexOf(visitId)] as Visitor;
    const lasts = Math.round(serviceMs / (this.#seats.get(windowId)?.speed ?? 1));
    this.tally.workMs += lasts;
    this.#agenda.add(this.#now + lasts, FINISH, windowId);
  }

  #finish(windowId: number): void {
    const visitId = windowOf(this.#day, windowId).visitId as string;
    this.#busy -= 1;
    this.#carryOut('finish', { windowId, visitId, given: null, outcome: 'done' });
    // An observer sees the whole day; else nobody asks about a visit that is over.
    if (this.#listener.waits === undefined && this.#listener.minute === undefined)
      forget(this.#day, visitId as VisitId);
    this.#goOn(windowId);
  }

  /** After a visitor a window is closed, as it was told; or is let go, takes its break, or is ready for the next. */
  #goOn(windowId: number): void {
    const seat = this.#seats.get(windowId) as Seat;
    if (seat.leavesAt !== null) {
      this.tally.overtimeMs += this.#now - seat.leavesAt;
      this.#seats.delete(windowId);
      return;
    }
    const { reserve } = this.#input;
    if (reserve !== null && this.#isFreeToGo(seat, reserve) && mayLetGo(reserve, this.#sight(reserve))) {
      this.#letGo(seat);
      return;
    }
    const [pause] = seat.breaks;
    if (pause !== undefined && this.#now >= pause.from * MINUTE) {
      seat.breaks = seat.breaks.slice(1);
      this.#carryOut('pause', { windowId, reason: 'break', agreed: true });
      this.#agenda.add(this.#now + pause.minutes * MINUTE, READY, windowId);
    } else this.#carryOut('ready', { windowId });
  }

  /** A called reserve window (0) or one that was on its break. */
  #comesReady(windowId: number): void {
    if (windowId === 0) {
      this.#pending -= 1;
      const free = this.#closedWindow();
      // The plan has taken the last window in the meantime.
      if (free === null) return;
      this.#reserve += 1;
      this.tally.reserveIs(this.#reserve, this.#now - this.#input.opensMs);
      this.tally.openings += 1;
      this.#sitDown(free, true);
    } else if (this.#day.windows.get(windowId)?.state === 'paused') this.#carryOut('ready', { windowId });
  }

  #sitDown(windowId: number, reserve: boolean): void {
    const { specialists } = this.#input;
    const person = specialists?.[this.#sittings % specialists.length];
    this.#sittings += 1;
    this.#carryOut('open-window', {
      windowId,
      specialistId: `s${this.#sittings}`,
      skills: person?.skills ?? this.#everything,
    });
    const breaks = (person?.breaks ?? []).filter(({ from }) => from * MINUTE >= this.#now);
    this.#seats.set(windowId, {
      windowId,
      reserve,
      openedAt: this.#now,
      speed: person?.speed ?? 1,
      leavesAt: null,
      breaks,
    });
    this.#carryOut('ready', { windowId });
  }

  #closedWindow(): number | null {
    for (const { windowId, state } of this.#day.windows.values()) if (state === 'closed') return windowId;
    return null;
  }

  #tick(minute: number): void {
    const { opensMs, closesMs, plan } = this.#input;
    if (minute < plan.length * 30) this.#followPlan(Math.floor(minute / 30));
    this.tally.reserveIs(this.#reserve, this.#now - this.#input.opensMs);
    this.#listener.minute?.(this.#day, this.#now);
    if (this.#now >= closesMs + GIVE_UP_MS) {
      this.#giveUp();
      return;
    }
    const more = this.#now < closesMs || this.#waiting > 0 || this.#seats.size > 0 || this.#pending > 0;
    if (more) this.#agenda.add(opensMs + (minute + 1) * MINUTE, TICK, minute + 1);
  }

  /** A visitor who still waits long after closing, in a hall without windows, has waited until now and goes home. */
  #giveUp(): void {
    for (const line of this.#day.lines.values()) {
      for (const { visitId } of line) {
        this.tally.called(this.#visitors[this.#indexOf(visitId)] as Visitor, this.#now, this.#input.configuration);
      }
    }
    this.#waiting = 0;
    this.#agenda.clear();
  }

  /** As many windows of the plan as the half hour wants: idle ones close first, then those that have served their visitor longest. */
  #followPlan(halfHour: number): void {
    const wanted = this.#input.plan[halfHour] ?? 0;
    while (this.#planned < wanted && this.#openPlanned()) this.#planned += 1;
    for (; this.#planned > wanted; this.#planned -= 1) {
      const here = Array.from(this.#seats.values()).filter(({ reserve, leavesAt }) => !reserve && leavesAt === null);
      const leaving = here.reduce((best, seat) => (this.#freerThan(seat, best) ? seat : best));
      const { windowId } = leaving;
      this.#carryOut('close-window', { windowId });
      if (windowOf(this.#day, windowId).state === 'closed') this.#seats.delete(windowId);
      else leaving.leavesAt = this.#now;
    }
  }

  /** One more window of the plan: a closed one, else a reserve window goes on as one; false while every window is taken. */
  #openPlanned(): boolean {
    const free = this.#closedWindow();
    if (free !== null) {
      this.#sitDown(free, false);
      return true;
    }
    const seat = Array.from(this.#seats.values()).find(({ reserve }) => reserve);
    if (seat === undefined) return false;
    this.tally.reserveMs += this.#now - seat.openedAt;
    this.#reserve -= 1;
    this.#seats.set(seat.windowId, { ...seat, reserve: false });
    return true;
  }

  #freerThan(a: Seat, b: Seat): boolean {
    const [one, other] = [windowOf(this.#day, a.windowId), windowOf(this.#day, b.windowId)];
    const [idle, otherIdle] = [one.visitId === null, other.visitId === null];
    return idle !== otherIdle ? idle : one.since < other.since;
  }

  #lookAtReserve(rule: ReserveRule, everyMinute: boolean): void {
    if (this.#reserve > 0 && (everyMinute || this.#waiting === 0)) {
      for (const seat of this.#seats.values()) {
        if (this.#day.windows.get(seat.windowId)?.state !== 'free' || !this.#isFreeToGo(seat, rule)) continue;
        if (mayLetGo(rule, this.#sight(rule))) this.#letGo(seat);
      }
    }
    if (this.#waiting === 0) return;
    for (let more = windowsToCall(rule, this.#sight(rule)); more > 0; more -= 1) {
      this.#pending += 1;
      this.#agenda.add(this.#now + rule.limits.seatingMinutes * MINUTE, READY, 0);
    }
  }

  #isFreeToGo({ reserve, openedAt }: Seat, { limits }: ReserveRule): boolean {
    return reserve && this.#now - openedAt >= limits.stintMinutes * MINUTE;
  }

  /** A reserve window closes. Its people are paid for a whole stint. */
  #letGo({ windowId, openedAt }: Seat): void {
    const stintMs = (this.#input.reserve?.limits.stintMinutes ?? 0) * MINUTE;
    this.#carryOut('close-window', { windowId });
    this.tally.reserveMs += Math.max(this.#now - openedAt, stintMs);
    this.#reserve -= 1;
    this.#seats.delete(windowId);
  }

  /** The doors are closed, and nobody waits or is being served. */
  get #isOver(): boolean {
    return this.#now >= this.#input.closesMs && this.#waiting === 0;
  }

  #goHome(): void {
    for (const seat of this.#seats.values()) {
      const { windowId, reserve } = seat;
      if (!['free', 'paused'].includes(windowOf(this.#day, windowId).state)) continue;
      if (reserve) this.#letGo(seat);
      else {
        this.#carryOut('close-window', { windowId });
        this.tally.overtimeMs += this.#now - this.#input.closesMs;
        this.#planned -= 1;
        this.#seats.delete(windowId);
      }
    }
  }

  #sight({ limits }: ReserveRule): HallSight {
    const { opensMs, plan } = this.#input;
    const minute = Math.floor((this.#now - opensMs) / MINUTE);
    const halfHour = Math.floor(minute / 30);
    const [here, next] = [plan[halfHour], plan[halfHour + 1]];
    let inStint = 0;
    if (this.#reserve > 0) {
      for (const seat of this.#seats.values()) if (seat.reserve && !this.#isStintOver(seat, limits)) inStint += 1;
    }
    return {
      minute,
      waiting: this.#waiting,
      waitingMinutes: this.#waitingMinutes,
      busy: this.#busy,
      windows: this.#planned + this.#reserve + this.#pending,
      committed: this.#planned + inStint + this.#pending,
      pending: this.#pending,
      planned: this.#planned,
      planGrows: here === undefined || next === undefined ? 0 : (next - here) * nextShare(minute % 30),
      walkInsSoFar: this.#walkIns,
      meanServiceMinutes: this.#input.meanServiceMinutes,
      slacks: () => slacksOf(this.#day, this.#now),
    };
  }

  #isStintOver({ openedAt }: Seat, { stintMinutes }: ReserveLimits): boolean {
    return this.#now - openedAt >= stintMinutes * MINUTE;
  }
}
