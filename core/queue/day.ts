import type { Instant } from '../time/instant.ts';
import type { QueueConfiguration } from './configuration.ts';
import type { CommandMark, EventBodies, PauseReason } from './events.ts';
import type { CommandId, DayKey, GroupId, SpecialistId, VisitId, VisitNumber, WindowId } from './ids.ts';

export type VisitState = 'waiting' | 'called' | 'serving' | 'finished' | 'no-show' | 'lapsed';
export type WindowState = 'closed' | 'not-ready' | 'free' | 'calling' | 'serving' | 'paused';
export type DayState = 'unopened' | 'open' | 'doors-closed' | 'closed';

/** A party with one number. */
export interface Visit {
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  readonly groupId: GroupId;
  readonly persons: number;
  readonly takenAt: Instant;
  readonly due: Instant;
  readonly state: VisitState;
  readonly calledAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly windowId: WindowId | null;
  readonly specialistId: SpecialistId | null;
}

export interface Window {
  readonly windowId: WindowId;
  /** The groups that it is equipped for. */
  readonly equippedFor: ReadonlySet<GroupId>;
  readonly state: WindowState;
  /** When it came into this state. */
  readonly since: Instant;
  readonly specialistId: SpecialistId | null;
  /** The groups that it serves now: what its specialist may do. Empty while closed. */
  readonly groupIds: readonly GroupId[];
  readonly visitId: VisitId | null;
  readonly pauseReason: PauseReason | null;
  /** When it becomes ready by itself; null when it does not. */
  readonly readyAt: Instant | null;
}

/** Where the events of a command stand in the day. */
export interface CommandPlace extends CommandMark {
  readonly seq: number;
}

/** A queue day as it stands after its events. Only `evolve` changes it. */
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
  /** Who waits, by group, in the order of calling. */
  readonly waiting: ReadonlyMap<GroupId, readonly Visit[]>;
  /** How many numbers each group has given. */
  readonly given: ReadonlyMap<GroupId, number>;
  readonly commands: ReadonlyMap<CommandId, CommandPlace>;
}

/** Finds the rules of a day by their hash. Throws when there are none. */
export type ConfigurationOf = (hash: string) => QueueConfiguration;

const NO_RULES: QueueConfiguration = { walkInLimitMinutes: 15, readyAfterSeconds: null, groups: [], windows: [] };

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
    waiting: new Map(),
    given: new Map(),
    commands: new Map(),
  };
}
