import type { Instant, Milliseconds } from '../time/instant.ts';
import { type QueueConfiguration, readConfiguration, type SkillLevel } from './configuration.ts';
import type {
  CommandMark,
  Drink,
  EventBodies,
  HoldReason,
  PauseReason,
  ServiceOutcome,
  Skill,
  StopReason,
  Wish,
} from './events.ts';
import type {
  ClassLetter,
  CommandId,
  DayKey,
  GroupId,
  ServiceId,
  SpecialistId,
  VisitId,
  VisitNumber,
  WindowId,
} from './ids.ts';

export type VisitState =
  | 'expected'
  | 'waiting'
  | 'called'
  | 'serving'
  | 'held'
  | 'finished'
  | 'no-show'
  | 'left'
  | 'lapsed';
export type WindowState = 'closed' | 'not-ready' | 'free' | 'calling' | 'serving' | 'paused';
export type DayState = 'unopened' | 'open' | 'doors-closed' | 'closed';

/** Something of a visit or a window that happens by itself when nobody does anything before. */
export type Alarm =
  | { readonly at: Instant; readonly kind: 'ready' | 'answer'; readonly windowId: WindowId }
  | { readonly at: Instant; readonly kind: 'promise' | 'hold' | 'bound' | 'come'; readonly visitId: VisitId };

/** A level that was said; 0: not this group. */
export type SaidLevel = SkillLevel | 0;

/** The states in which a visit is over. A no-show may come back, so the number lives on. */
export const OVER: ReadonlySet<VisitState> = new Set(['finished', 'left', 'lapsed']);

/** A party with one number. */
export interface Visit {
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  /** The group of the service that it waits for, or is given, or was given last. */
  readonly groupId: GroupId;
  /** What is still wanted; the first is the one that it waits for or is given now. */
  readonly wishes: readonly Wish[];
  readonly persons: number;
  readonly classLetter: ClassLetter;
  readonly language: string;
  /** Taken from home. */
  readonly remote: boolean;
  /** The time of the appointment; null for a walk-in. */
  readonly slot: Instant | null;
  readonly takenAt: Instant;
  readonly due: Instant;
  readonly state: VisitState;
  /** When it came into this state. */
  readonly since: Instant;
  readonly windowId: WindowId | null;
  /** The calls to windows with what came of them, oldest first. */
  readonly steps: readonly Step[];
  /** How often it was called again since the last call, and how often it came back from a no-show. */
  readonly recalls: number;
  readonly returns: number;
  readonly wait: WaitClock;
  /** While it waits aside: until when, and who wanted that. */
  readonly hold: { readonly until: Instant; readonly reason: HoldReason } | null;
  /** Until then only the window named in its first wish may call it. */
  readonly boundUntil: Instant | null;
  /** A remote ticket is void, or a call a no-show, when nobody has come by then. */
  readonly comeBy: Instant | null;
}

/** How long a visitor has waited, by the published rule (docs/queue-rules.md). */
export interface WaitClock {
  /** When it began to run; null while it is stopped. */
  readonly from: Instant | null;
  /** What it showed when it began to run. */
  readonly before: Milliseconds;
  /** Which wait it measures: the published one, or the waits before later services. */
  readonly part: 'first' | 'later';
  /** The published wait once it has ended. */
  readonly first: Milliseconds | null;
  /** The waits before later services that have ended. */
  readonly later: Milliseconds;
  /** When the promise would be broken; null while the clock is stopped, or when it is broken or nothing is promised. */
  readonly breaksAt: Instant | null;
  readonly broken: boolean;
  readonly drink: Drink | null;
}

/** One call of a visit to a window, and the service there. */
export interface Step {
  readonly serviceId: ServiceId;
  readonly groupId: GroupId;
  readonly windowId: WindowId;
  readonly specialistId: SpecialistId | null;
  readonly quantity: number;
  readonly calledAt: Instant;
  /** When the visitor was called last; null for a service that went on at the same window without a call. */
  readonly lastCallAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Time in which the hall was stopped, which does not count: it is taken off the service. */
  readonly stoppedMs: Milliseconds;
  readonly outcome: ServiceOutcome | 'no-show' | 'held' | 'transferred' | 'withdrawn' | 'left' | 'lapsed' | null;
}

export interface Window {
  readonly windowId: WindowId;
  /** The groups that it is equipped for. */
  readonly equippedFor: ReadonlySet<GroupId>;
  readonly state: WindowState;
  /** When it came into this state. */
  readonly since: Instant;
  readonly specialistId: SpecialistId | null;
  /** What its specialist may do; empty while closed. */
  readonly skills: readonly Skill[];
  readonly visitId: VisitId | null;
  readonly pauseReason: PauseReason | null;
  /** What it does after this visitor; null: it goes on. */
  readonly ending: 'close' | PauseReason | null;
  /** True when its specialist, and not a timer, said that it is ready. */
  readonly present: boolean;
  /** When it becomes ready by itself; null when it does not. */
  readonly readyAt: Instant | null;
  /** When the call of a specialist who gives no sign is withdrawn; null when nothing is to be answered. */
  readonly answerBy: Instant | null;
}

/** Where the events of a command stand in the day. */
export interface CommandPlace {
  readonly mark: CommandMark;
  readonly seq: number;
}

export interface Given {
  readonly tickets: number;
  /** Null before the first. */
  readonly last: number | null;
}

/** How to take back what was changed: steps, newest last, and things with what they were before. */
export interface Journal {
  readonly undo: (() => void)[];
  readonly changed: object[];
  /** By the same places. */
  readonly before: object[];
}

/** A queue day after its events. Only `evolve` changes it. */
export interface Day {
  readonly key: DayKey;
  readonly state: DayState;
  /** The place of the last event; 0 before the first. */
  readonly seq: number;
  /** When the last event was written; 0 before the first. */
  readonly at: Instant;
  readonly epoch: number;
  readonly opening: EventBodies['day-opened'] | null;
  readonly configuration: QueueConfiguration;
  readonly visits: ReadonlyMap<VisitId, Visit>;
  readonly windows: ReadonlyMap<WindowId, Window>;
  /** Those of the windows that are free. */
  readonly free: ReadonlySet<Window>;
  /** The waiting visits, by line (see `lineOf`), in the order of being due. */
  readonly lines: ReadonlyMap<string, readonly Visit[]>;
  /** How many tickets each group has given, and its last number. */
  readonly given: ReadonlyMap<GroupId, Given>;
  /** The visit that holds each number now. */
  readonly numbers: ReadonlyMap<VisitNumber, VisitId>;
  readonly commands: ReadonlyMap<CommandId, CommandPlace>;
  /** What happens by itself, soonest first. */
  readonly alarms: readonly Alarm[];
  /** The database that may write this day. */
  readonly home: string;
  /** Where the day has gone: nothing more is written here; null while it is at home. */
  readonly movedTo: string | null;
  /** Since when and why the hall is stopped; null while it runs. */
  readonly stopped: { readonly since: Instant; readonly reason: StopReason } | null;
  /** How many ordinary visitors were called since the last with priority: what the policy `ratio` counts. */
  readonly ordinaryInARow: number;
  /** How many tickets were taken by appointment. */
  readonly appointments: number;
  /** How to take back the changes since noting began; null: changes are for good. */
  readonly journal: Journal | null;
  /** Which level each specialist who sat here today said for each group (see `said-skills.ts`). */
  readonly saidSkills: ReadonlyMap<string, SaidLevel>;
}

/** Finds the rules of a day by their hash. Throws when there are none. */
export type ConfigurationOf = (hash: string) => QueueConfiguration;

const NO_RULES = readConfiguration({ walkInLimitMinutes: 15, readyAfterSeconds: null, groups: [], windows: [] });

/** A day before its first event. */
export function unopenedDay(key: DayKey): Day {
  return {
    key,
    state: 'unopened',
    seq: 0,
    at: 0,
    epoch: 0,
    opening: null,
    configuration: NO_RULES,
    visits: new Map(),
    windows: new Map(),
    free: new Set(),
    lines: new Map(),
    given: new Map(),
    numbers: new Map(),
    commands: new Map(),
    alarms: [],
    home: '',
    movedTo: null,
    stopped: null,
    ordinaryInARow: 0,
    appointments: 0,
    journal: null,
    saidSkills: new Map(),
  };
}
