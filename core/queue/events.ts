import type { CivilDate, TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import type { CommandId, GroupId, SpecialistId, VisitId, VisitNumber, WindowId } from './ids.ts';

/** Why a window is paused. The reason is shown on the board, so it is a code and never free text. */
export const PAUSE_REASONS = ['break', 'equipment', 'paperwork', 'training', 'other'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** What each kind of event says. Whole numbers, strings, booleans, lists and objects only; nothing personal. */
export interface EventBodies {
  'day-opened': {
    readonly start: Instant;
    readonly end: Instant;
    readonly doorsOpen: Instant;
    readonly doorsClose: Instant;
    readonly timeZone: TimeZone;
    /** The database that this day lives in. */
    readonly home: string;
    /** The hash of the day's QueueConfiguration. */
    readonly configuration: string;
  };
  'visit-taken': {
    readonly visitId: VisitId;
    readonly number: VisitNumber;
    readonly groupId: GroupId;
    readonly persons: number;
    /** The visitor should be called by then. */
    readonly due: Instant;
  };
  'window-opened': {
    readonly windowId: WindowId;
    readonly specialistId: SpecialistId;
    readonly groupIds: readonly GroupId[];
  };
  'window-ready': { readonly windowId: WindowId };
  /** Whole in itself, so that a board that has seen nothing before can announce it. */
  'visit-called': {
    readonly visitId: VisitId;
    readonly windowId: WindowId;
    readonly number: VisitNumber;
    readonly groupId: GroupId;
  };
  'service-started': { readonly visitId: VisitId; readonly windowId: WindowId };
  'service-finished': { readonly visitId: VisitId; readonly windowId: WindowId };
  'visit-no-show': { readonly visitId: VisitId; readonly windowId: WindowId };
  'visit-lapsed': { readonly visitId: VisitId; readonly groupId: GroupId; readonly windowId: WindowId | null };
  'window-paused': { readonly windowId: WindowId; readonly reason: PauseReason };
  'window-closed': { readonly windowId: WindowId };
  'doors-closed': { readonly day: CivilDate };
  'day-closed': { readonly day: CivilDate };
}

export type EventKind = keyof EventBodies;

/** On the first event of a command: who it was, so that the same id gives the same facts for ever. */
export interface CommandMark {
  readonly id: CommandId;
  /** Eight bytes of the hash of what was asked, as 16 hexadecimal digits. */
  readonly hash: string;
  /** How many events the command made. */
  readonly events: number;
}

/** What decide makes: a fact that has no place in the day yet. */
export type Draft<Kind extends EventKind = EventKind> = {
  [K in Kind]: { readonly kind: K; readonly body: EventBodies[K] };
}[Kind];

/** A fact in its place. `seq` counts from 1 without a gap; `at` never falls within a day. */
export type QueueEvent<Kind extends EventKind = EventKind> = Draft<Kind> & {
  readonly seq: number;
  readonly epoch: number;
  /** When it was written. */
  readonly at: Instant;
  /** When a timer made it due; null when a command made it. */
  readonly dueAt: Instant | null;
  /** The version of the body's shape. */
  readonly v: number;
  readonly command: CommandMark | null;
};

/** The moment that figures use: when it was due, else when it was written. */
export function happenedAt(event: QueueEvent): Instant {
  return event.dueAt ?? event.at;
}
