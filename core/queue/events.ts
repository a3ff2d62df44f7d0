import type { CivilDate, TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import type { SkillLevel } from './configuration.ts';
import type {
  ClassLetter,
  CommandId,
  GroupId,
  ServiceId,
  SpecialistId,
  VisitId,
  VisitNumber,
  WindowId,
} from './ids.ts';

/** Why a specialist pauses a window. The reason is shown on the board, so it is a code and never free text. */
export const PAUSE_REASONS = ['break', 'equipment', 'paperwork', 'training', 'other'] as const;
export type ChosenPauseReason = (typeof PAUSE_REASONS)[number];
/** Why a window is paused: `no-answer` is the hall's own word, when nobody answered a call. */
export type PauseReason = ChosenPauseReason | 'no-answer';

/** Why a whole hall is stopped. */
export const STOP_REASONS = ['alarm', 'power', 'network', 'safety', 'other'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Why the doors close before their time. */
export const CLOSE_REASONS = ['emergency', 'repair', 'crowding', 'other'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Why a hall administrator calls a visitor out of order. */
export const PICK_REASONS = ['health', 'child', 'our-mistake', 'safety', 'other'] as const;
export type PickReason = (typeof PICK_REASONS)[number];

/** What a service came to. */
export const OUTCOMES = ['done', 'refused', 'documents-missing', 'consulted'] as const;
export type ServiceOutcome = (typeof OUTCOMES)[number];

/** On whose wish a visit waits aside: the visitor, who copies a passport, or the staff, who look for a paper. */
export const HOLD_REASONS = ['visitor', 'ours'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const DRINKS = ['tea', 'coffee', 'cocoa'] as const;
export type Drink = (typeof DRINKS)[number];

/** A service that a visitor wants, and at which window if it is to be there. */
export interface Wish {
  readonly serviceId: ServiceId;
  readonly quantity: number;
  readonly windowId: WindowId | null;
}

/** What a specialist may do at a window. */
export interface Skill {
  readonly groupId: GroupId;
  readonly level: SkillLevel;
}

/** After a service: the visit is over, goes on with the next service at this window, or waits for it in a line. */
export type Afterwards = 'over' | 'here' | 'line';

interface AtWindow {
  readonly visitId: VisitId;
  readonly windowId: WindowId;
}

/** Where a visit lines up again. `groupId` is the group of the service that it waits for now. */
interface Lined {
  readonly visitId: VisitId;
  readonly groupId: GroupId;
  readonly due: Instant;
}

/** A visit that is over without a service: it was waiting, or at a window, or neither. */
interface Gone {
  readonly visitId: VisitId;
  readonly groupId: GroupId;
  readonly windowId: WindowId | null;
  readonly waiting: boolean;
}

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
  'config-changed': { readonly configuration: string };
  /** The last event at the old home of the day: from here on only the database `to` may write it. */
  'home-moved': { readonly to: string };
  /** The first event at the new home, in a new epoch. `seized`: an administrator took a day whose home is lost. */
  'home-taken': { readonly home: string; readonly seized: boolean };

  'visit-taken': {
    readonly visitId: VisitId;
    readonly number: VisitNumber;
    readonly groupId: GroupId;
    readonly wishes: readonly Wish[];
    readonly persons: number;
    readonly classLetter: ClassLetter;
    /** ISO 639-1: the language in which the visitor wants to be spoken to. */
    readonly language: string;
    /** Taken from home: the visitor is not in the hall yet. */
    readonly remote: boolean;
    /** The time of the appointment; null for a walk-in. */
    readonly slot: Instant | null;
    /** The visitor should be called by then. */
    readonly due: Instant;
  };
  'visit-checked-in': Lined;
  'visit-held': {
    readonly visitId: VisitId;
    readonly groupId: GroupId;
    /** The window that the visitor was at; null for one who was waiting. */
    readonly windowId: WindowId | null;
    readonly reason: HoldReason;
    readonly until: Instant;
  };
  'visit-back': Lined;
  'visit-transferred': Lined & AtWindow & { readonly wishes: readonly Wish[] };
  /** It waits for something else, by another class or for other people. `before`: the group that it waited for until now. */
  'visit-changed': {
    readonly visitId: VisitId;
    readonly before: GroupId;
    readonly groupId: GroupId;
    /** True when it is in a line. */
    readonly waiting: boolean;
    readonly wishes: readonly Wish[];
    readonly persons: number;
    readonly classLetter: ClassLetter;
    readonly due: Instant;
  };
  'visit-unbound': { readonly visitId: VisitId };
  'service-added': { readonly visitId: VisitId; readonly serviceId: ServiceId; readonly quantity: number };
  'visit-no-show': { readonly visitId: VisitId; readonly windowId: WindowId | null };
  'visit-reactivated': Lined;
  'visit-left': Gone;
  'visit-lapsed': Gone;
  'promise-broken': { readonly visitId: VisitId };
  'voucher-redeemed': { readonly visitId: VisitId; readonly drink: Drink };

  'window-opened': {
    readonly windowId: WindowId;
    readonly specialistId: SpecialistId;
    readonly skills: readonly Skill[];
  };
  /** A hall administrator says what the specialist at a window may do. */
  'skills-changed': { readonly windowId: WindowId; readonly skills: readonly Skill[] };
  /** `present`: the specialist said so, and is there. */
  'window-ready': { readonly windowId: WindowId; readonly present: boolean };
  /** Whole in itself, so that a board that has seen nothing before can announce it. */
  'visit-called': AtWindow & {
    readonly number: VisitNumber;
    readonly groupId: GroupId;
    readonly serviceId: ServiceId;
    /** Why a hall administrator called the visitor out of order; null: it was their turn. */
    readonly picked: PickReason | null;
  };
  /** The same visitor is called once more. */
  'visit-recalled': AtWindow & { readonly number: VisitNumber };
  /** The specialist says that they are there, before the visitor has come. */
  'call-answered': AtWindow;
  /** Nobody at the window answered, or the hall was stopped: the visitor keeps their place. */
  'call-withdrawn': Lined & AtWindow;
  'service-started': AtWindow & { readonly serviceId: ServiceId };
  'service-finished': AtWindow & {
    /** The service really given. */
    readonly serviceId: ServiceId;
    readonly quantity: number;
    readonly outcome: ServiceOutcome;
    readonly next: Afterwards;
    /** The group of the next service; of this one when the visit is over. */
    readonly groupId: GroupId;
  };
  /** What the window does after the visitor whom it calls or serves. */
  'window-ending': {
    readonly windowId: WindowId;
    readonly state: 'calling' | 'serving';
    readonly ending: 'close' | PauseReason;
  };
  'window-paused': { readonly windowId: WindowId; readonly reason: PauseReason };
  'window-closed': { readonly windowId: WindowId };

  'hall-stopped': { readonly reason: StopReason };
  /** Everything that was due is due later by the length of the stop. */
  'hall-resumed': { readonly stoppedMs: number };
  'doors-closed': { readonly day: CivilDate; readonly reason: CloseReason | null };
  /** Doors that were closed before their hour are open again. */
  'doors-opened': { readonly day: CivilDate };
  'day-closed': { readonly day: CivilDate };
}

export type EventKind = keyof EventBodies;

/** On the first event of a command: who it was, so that the same id gives the same facts for ever. */
export interface CommandMark {
  readonly id: CommandId;
  /** Eight bytes of the hash of what was asked, as 16 hexadecimal digits. */
  readonly hash: string;
  /** How many events the command made, with the calls that followed from it. */
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
  /** The version of the body's shape: what it was written in; `readEvent` gives the newest. */
  readonly v: number;
  readonly command: CommandMark | null;
};

/** The moment that figures use: when it was due, else when it was written. */
export function happenedAt(event: QueueEvent): Instant {
  return event.dueAt ?? event.at;
}
