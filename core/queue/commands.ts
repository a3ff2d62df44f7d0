import type { CivilDate } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import type {
  CloseReason,
  Drink,
  EventBodies,
  HoldReason,
  PauseReason,
  PickReason,
  ServiceOutcome,
  Skill,
  StopReason,
} from './events.ts';
import type { ClassLetter, CommandId, ServiceId, SpecialistId, VisitId, WindowId } from './ids.ts';

interface AtWindow {
  readonly windowId: WindowId;
  readonly visitId: VisitId;
}

interface Service {
  readonly serviceId: ServiceId;
  readonly quantity: number;
}

/** What each kind of command asks for. */
export interface CommandBodies {
  'open-day': EventBodies['day-opened'];
  configure: { readonly configuration: string };
  'move-home': { readonly to: string };
  'take-home': { readonly home: string; readonly seized: boolean };
  take: {
    readonly services: readonly Service[];
    readonly persons: number;
    readonly classLetter: ClassLetter;
    readonly language: string;
    readonly remote: boolean;
    readonly slot: Instant | null;
  };
  'check-in': { readonly visitId: VisitId };
  /** `windowId` null: the visit waits, and its visitor asks for it. */
  hold: {
    readonly visitId: VisitId;
    readonly windowId: WindowId | null;
    readonly reason: HoldReason;
    readonly minutes: number;
  };
  back: { readonly visitId: VisitId };
  leave: { readonly visitId: VisitId };
  reactivate: { readonly visitId: VisitId };
  redeem: { readonly visitId: VisitId; readonly drink: Drink };
  /** Null: as before. */
  'change-visit': {
    readonly visitId: VisitId;
    readonly services: readonly Service[] | null;
    readonly persons: number | null;
    readonly classLetter: ClassLetter | null;
  };
  /** `agreed`: a hall administrator says that these are the skills, whatever the specialist said before today. */
  'open-window': {
    readonly windowId: WindowId;
    readonly specialistId: SpecialistId;
    readonly skills: readonly Skill[];
    readonly agreed?: boolean;
  };
  'set-skills': { readonly windowId: WindowId; readonly skills: readonly Skill[] };
  ready: { readonly windowId: WindowId };
  recall: AtWindow;
  start: AtWindow;
  'add-service': AtWindow & Service;
  /** What was really given; null: what was asked for. */
  finish: AtWindow & { readonly given: Service | null; readonly outcome: ServiceOutcome };
  'no-show': AtWindow;
  transfer: AtWindow &
    Service & {
      /** The window that served this visit before; null: whichever may. */
      readonly toWindowId: WindowId | null;
      /** Come back to this window afterwards, for what was asked for here. */
      readonly returnHere: boolean;
    };
  pick: AtWindow & { readonly reason: PickReason };
  /** `agreed`: a hall administrator knows which services lose their last window. */
  pause: { readonly windowId: WindowId; readonly reason: PauseReason; readonly agreed: boolean };
  'close-window': { readonly windowId: WindowId };
  'stop-hall': { readonly reason: StopReason };
  'resume-hall': { readonly day: CivilDate };
  'close-doors': { readonly reason: CloseReason };
  'open-doors': { readonly day: CivilDate };
  /** Asks for nothing: only what was due by now is settled. */
  wake: { readonly day: CivilDate };
}

export type CommandKind = keyof CommandBodies;

/** The caller of a command, as plain facts. */
export interface Caller {
  /** The specialist who asks; null for a device or a program, which acts for the person at the window. */
  readonly specialistId: SpecialistId | null;
  /** True for a caller with the right to run this hall. */
  readonly runsHall: boolean;
}

/** A command that names its day elsewhere (DayKey), its id, the hash of its kind and body (16 hex digits), and its caller. */
export type Command<Kind extends CommandKind = CommandKind> = {
  [K in Kind]: {
    readonly kind: K;
    readonly id: CommandId;
    readonly hash: string;
    readonly body: CommandBodies[K];
    /** Left out by the hall itself, and where the right at the door is enough. */
    readonly caller?: Caller;
  };
}[Kind];
