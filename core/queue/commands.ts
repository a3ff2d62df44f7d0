import type { CivilDate } from '../time/civil.ts';
import type { EventBodies, PauseReason } from './events.ts';
import type { CommandId, GroupId, SpecialistId, VisitId, WindowId } from './ids.ts';

/** What each kind of command asks for. */
export interface CommandBodies {
  'open-day': EventBodies['day-opened'];
  take: { readonly groupId: GroupId; readonly persons: number };
  'open-window': {
    readonly windowId: WindowId;
    readonly specialistId: SpecialistId;
    readonly groupIds: readonly GroupId[];
  };
  ready: { readonly windowId: WindowId };
  start: { readonly windowId: WindowId; readonly visitId: VisitId };
  finish: { readonly windowId: WindowId; readonly visitId: VisitId };
  'no-show': { readonly windowId: WindowId; readonly visitId: VisitId };
  pause: { readonly windowId: WindowId; readonly reason: PauseReason };
  'close-window': { readonly windowId: WindowId };
  /** Asks for nothing: only what was due by now is settled. */
  wake: { readonly day: CivilDate };
}

export type CommandKind = keyof CommandBodies;

/** A command that names its day elsewhere (DayKey), its id, and the hash of its kind and body (16 hex digits). */
export type Command<Kind extends CommandKind = CommandKind> = {
  [K in Kind]: {
    readonly kind: K;
    readonly id: CommandId;
    readonly hash: string;
    readonly body: CommandBodies[K];
  };
}[Kind];
