import { MINUTE, SECOND, type Instant } from '../time/instant.ts';
import { carryOut, type Outcome } from './execute-command.ts';
import type { CommandBodies, CommandKind } from './commands.ts';
import { type QueueConfiguration, readConfiguration, type SkillLevel } from './configuration.ts';
import { type Day, unopenedDay, type Visit } from './day.ts';
import { command, CONFIGURATION, DOORS_OPEN, eventsOf, KEY, opening, taking } from './day.testing.ts';
import type { QueueEvent } from './events.ts';
import type { ServiceId, VisitId, WindowId } from './ids.ts';
import { firstWaitMs, laterWaitMs } from './wait-clock.ts';

/** Rules under which nothing happens by itself, for scenarios that are about something else. */
export const QUIET: Partial<QueueConfiguration> = {
  readyAfterSeconds: null,
  answerSeconds: null,
  promise: { waitSeconds: null, servedSeconds: 60 },
  calls: { recallsMax: 3, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 2 },
};

/** A hall on paper: minutes after the doors opened, visits by name, and what was written. */
export class Scenario {
  readonly day: Day = unopenedDay(KEY);
  readonly events: QueueEvent[] = [];
  readonly configurations = new Map<string, QueueConfiguration>();
  readonly #visits = new Map<string, VisitId>();
  now: Instant = DOORS_OPEN;

  constructor(changes: Partial<QueueConfiguration> = {}) {
    this.configurations.set('c0', readConfiguration({ ...CONFIGURATION, ...changes }));
    this.do('open-day', opening);
  }

  /** Goes to so many minutes and seconds after the doors opened. */
  at(minutes: number, seconds = 0): this {
    this.now = DOORS_OPEN + minutes * MINUTE + seconds * SECOND;
    return this;
  }

  try<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): Outcome {
    const rules = (hash: string) => this.configurations.get(hash) as QueueConfiguration;
    const outcome = carryOut(this.day, command(kind, body), this.now, rules);
    if (outcome.kind === 'done') this.events.push(...outcome.events);
    return outcome;
  }

  do<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): readonly QueueEvent[] {
    return eventsOf(this.try(kind, body));
  }

  /** The code of the problem with which a command is refused; null when it is carried out. */
  refused<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): string | null {
    const outcome = this.try(kind, body);
    return outcome.kind === 'refused' ? outcome.problem.code : null;
  }

  /** A visitor takes a ticket; from now on they go by this name. */
  take(name: string, serviceId: ServiceId = 'passports', more: Partial<CommandBodies['take']> = {}): this {
    const taken = this.do('take', taking(serviceId, more)).find(({ kind }) => kind === 'visit-taken');
    this.#visits.set(name, (taken as QueueEvent<'visit-taken'>).body.visitId);
    return this;
  }

  /** A specialist sits down; `skills`: groups, with a level where it matters. */
  open(
    windowId: WindowId,
    skills: Readonly<Record<string, SkillLevel>> = { passports: 3 },
    specialistId = `s${windowId}`,
  ): this {
    const list = Object.entries(skills).map(([groupId, level]) => ({ groupId, level }));
    this.do('open-window', { windowId, specialistId, skills: list });
    return this;
  }

  /** The specialist is ready; gives the name of whom the window calls. */
  ready(windowId: WindowId): string | null {
    this.do('ready', { windowId });
    return this.called(windowId);
  }

  start(windowId: WindowId): this {
    this.do('start', this.pair(windowId));
    return this;
  }

  finish(windowId: WindowId): this {
    this.do('finish', { ...this.pair(windowId), given: null, outcome: 'done' });
    return this;
  }

  /** The window with the visit at it. */
  pair(windowId: WindowId): { windowId: WindowId; visitId: VisitId } {
    return { windowId, visitId: this.day.windows.get(windowId)?.visitId ?? 'nobody' };
  }

  /** Calls, serves and finishes one after another; gives the names in the order of calling. */
  serveAll(windowId: WindowId, minutesEach = 0): string[] {
    const names: string[] = [];
    for (let name = this.ready(windowId); name !== null; name = this.ready(windowId)) {
      names.push(name);
      this.start(windowId);
      this.now += minutesEach * MINUTE;
      this.finish(windowId);
    }
    return names;
  }

  /** Nobody does anything: what is due by now happens. */
  wake(): readonly QueueEvent[] {
    return this.do('wake', { day: KEY.day });
  }

  id(name: string): VisitId {
    return this.#visits.get(name) ?? name;
  }

  visit(name: string): Visit {
    return this.day.visits.get(this.id(name)) as Visit;
  }

  /** Minutes of the published wait, and of the waits before later services. */
  waits(name: string): [first: number, later: number] {
    const { wait } = this.visit(name);
    return [firstWaitMs(wait, this.now) / MINUTE, laterWaitMs(wait, this.now) / MINUTE];
  }

  /** Minutes after the doors opened by which a visitor should be called. */
  due(name: string): number {
    return (this.visit(name).due - DOORS_OPEN) / MINUTE;
  }

  called(windowId: WindowId): string | null {
    const visitId = this.day.windows.get(windowId)?.visitId ?? null;
    return [...this.#visits].find(([, id]) => id === visitId)?.[0] ?? visitId;
  }

  kinds(kind: QueueEvent['kind']): QueueEvent[] {
    return this.events.filter((event) => event.kind === kind);
  }
}
