import type { ClassLetter, GroupId, ServiceId, WindowId } from './ids.ts';
import { isNumberSeries } from './letters.ts';

/** The rules by which one centre's day is decided. Immutable: a day names it by its hash. */
export interface QueueConfiguration {
  /** An ordinary walk-in should be called within so many minutes of taking a ticket (1 to 240). */
  readonly walkInLimitMinutes: number;
  /** An appointment should be called within so many minutes of its time, or of the arrival if that is later. */
  readonly appointmentLimitMinutes: number;
  /** A window that finished is ready again after so many seconds; null: only when the specialist says so. */
  readonly readyAfterSeconds: number | null;
  /** A call that nobody at the window answers within so many seconds pauses the window; null: never. */
  readonly answerSeconds: number | null;
  readonly calls: CallRules;
  readonly promise: PromiseRules;
  /** True where a ticket may be taken from home. */
  readonly remoteTickets: boolean;
  /** No more tickets when the last person would be served later than so many minutes after closing; null: until closing. */
  readonly closingGraceMinutes: number | null;
  /** How many minutes a visit waits for the window that it is to return to, before any window may call it. */
  readonly returnMinutes: number;
  readonly policy: Policy;
  /** The classes that go before ordinary visitors. */
  readonly classes: readonly ClassRule[];
  readonly groups: readonly GroupRule[];
  readonly services: readonly ServiceRule[];
  readonly windows: readonly WindowRule[];
  /** How many windows are planned in each half hour from the opening of the doors; empty: no plan. */
  readonly plannedWindows: readonly number[];
}

export interface CallRules {
  /** How often a called visitor may be called again. */
  readonly recallsMax: number;
  /** Between two calls of one visitor at least so many seconds pass, and before a no-show is marked as many. */
  readonly cooldownSeconds: number;
  /** Seconds after the last call at which a visitor who has not come becomes a no-show by itself; null: never. */
  readonly noShowSeconds: number | null;
  /** How often a no-show may come back. */
  readonly returnsMax: number;
}

export interface PromiseRules {
  /** Nobody waits longer than this; null: nothing is promised. */
  readonly waitSeconds: number | null;
  /** A service shorter than this, followed by a hold or a transfer, does not end the published wait. */
  readonly servedSeconds: number;
}

/** Whom a window calls first among those it may serve. The first two are Okno's; the others are what peers do, for comparison. */
export type Policy =
  | { readonly kind: 'due-time' }
  /**
   * By being due, but an ordinary walk-in whose service is shorter than `meanMinutes` goes earlier, and one whose service is
   * longer later: by `minutes` for each e-fold, and at most `mostMinutes`. A visitor with less than `guardMinutes` left goes by their due.
   * Appointments do likewise where `appointmentGuardMinutes` says how little must be left to them; else they go by their due.
   */
  | {
      readonly kind: 'short-first';
      readonly minutes: number;
      readonly meanMinutes: number;
      readonly mostMinutes: number;
      readonly guardMinutes: number;
      readonly appointmentGuardMinutes?: number;
    }
  | { readonly kind: 'fifo' }
  /** The most (weight + 1) × minutes waited goes first. */
  | { readonly kind: 'priority-weights' }
  /** An appointment whose time comes within so many seconds goes before every walk-in. */
  | { readonly kind: 'appointments-first'; readonly lookAheadSeconds: number }
  /** After so many ordinary visitors one of a class with priority. */
  | { readonly kind: 'ratio'; readonly ordinary: number };

export interface ClassRule {
  readonly letter: ClassLetter;
  /** Should be called within so many minutes of the ticket; 0: at once. */
  readonly limitMinutes: number;
  /** For the policy `priority-weights`. Ordinary visitors have 0. */
  readonly weight: number;
}

export interface GroupRule {
  readonly groupId: GroupId;
  /** One of NUMBER_LETTERS, or two, used by one group of the hall only. */
  readonly letter: string;
  /** The range of its numbers, both ends included, within 0 to 999. */
  readonly firstNumber: number;
  readonly lastNumber: number;
  /** At most so many tickets a day; null: no limit. */
  readonly quota: number | null;
}

export interface ServiceRule {
  readonly serviceId: ServiceId;
  readonly groupId: GroupId;
  /** The skill it takes: 1 (learner), 2 or 3 (expert). */
  readonly level: SkillLevel;
  /** How long it takes for one person and one piece. */
  readonly minutes: number;
  /** Not given today. */
  readonly off: boolean;
}

export type SkillLevel = 1 | 2 | 3;

export interface WindowRule {
  readonly windowId: WindowId;
  /** The groups that the window is equipped for. */
  readonly groupIds: readonly GroupId[];
}

/** The class of a visitor for whom the law says nothing. */
export const ORDINARY: ClassLetter = 'O';

export const GENERAL_MINUTES = 12;
/** The numbers of a group that has no range of its own. */
export const NUMBERS = { firstNumber: 1, lastNumber: 999, quota: null };

/** The service of a visitor who only names a group. */
export function generalService(groupId: GroupId): ServiceId {
  return groupId as string;
}

/** What a day of the first release went by, for what its configurations do not say. */
const FIRST_RULES: Omit<QueueConfiguration, 'walkInLimitMinutes' | 'readyAfterSeconds' | 'groups' | 'windows'> = {
  appointmentLimitMinutes: 5,
  answerSeconds: null,
  calls: { recallsMax: 0, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 0 },
  promise: { waitSeconds: null, servedSeconds: 60 },
  remoteTickets: false,
  closingGraceMinutes: null,
  returnMinutes: 5,
  policy: { kind: 'due-time' },
  classes: [],
  services: [],
  plannedWindows: [],
};

/** The rules of a new hall, for whatever its centre does not say otherwise. */
export const USUAL_RULES: typeof FIRST_RULES = {
  ...FIRST_RULES,
  answerSeconds: 90,
  calls: { recallsMax: 3, cooldownSeconds: 20, noShowSeconds: 180, returnsMax: 2 },
  promise: { waitSeconds: 900, servedSeconds: 60 },
  closingGraceMinutes: 30,
};

/** A group as the first release kept it: without a range and a quota. */
type KeptGroup = Pick<GroupRule, 'groupId' | 'letter'> & Partial<GroupRule>;

/** A configuration as it is kept: one of an earlier release lacks what came later. */
export type KeptConfiguration = Partial<Omit<QueueConfiguration, 'groups'>> &
  Pick<QueueConfiguration, 'walkInLimitMinutes' | 'readyAfterSeconds' | 'windows'> & {
    readonly groups: readonly KeptGroup[];
  };

/** The configuration that was kept, whole: what it does not say is as it was then, and each group has its general service. */
export function readConfiguration(kept: KeptConfiguration): QueueConfiguration {
  const groups: GroupRule[] = kept.groups.map((group) => Object.assign({ ...NUMBERS }, group));
  const services = [...(kept.services ?? [])];
  const known = new Set(services.map(({ serviceId }) => serviceId));
  for (const { groupId } of groups) {
    const serviceId = generalService(groupId);
    if (!known.has(serviceId)) services.push({ serviceId, groupId, level: 1, minutes: GENERAL_MINUTES, off: false });
  }
  return { ...FIRST_RULES, ...kept, groups, services };
}

/** What is wrong with a configuration, as sentences for its author; empty when it may be used. */
export function configurationFaults(configuration: QueueConfiguration): string[] {
  return [
    ...twice(
      'service groups',
      'id',
      configuration.groups.map(({ groupId }) => groupId),
    ),
    ...twice(
      'service groups',
      'letter',
      configuration.groups.map(({ letter }) => letter),
    ),
    ...twice(
      'services',
      'id',
      configuration.services.map(({ serviceId }) => serviceId),
    ),
    ...twice(
      'windows',
      'number',
      configuration.windows.map(({ windowId }) => windowId),
    ),
    ...twice('classes', 'letter', [ORDINARY, ...configuration.classes.map(({ letter }) => letter)]),
    ...groupFaults(configuration),
    ...figureFaults(configuration),
  ];
}

function twice(things: string, what: string, values: readonly (string | number)[]): string[] {
  return new Set(values).size === values.length ? [] : [`two ${things} have the same ${what}`];
}

function groupFaults({ groups, services, windows }: QueueConfiguration): string[] {
  const faults: string[] = [];
  const known = new Set(groups.map((group) => group.groupId));
  for (const { groupId, letter, firstNumber, lastNumber, quota } of groups) {
    if (!isNumberSeries(letter)) faults.push(`the letter «${letter}» of ${groupId} cannot be called out`);
    const ordered = Number.isInteger(firstNumber) && Number.isInteger(lastNumber) && firstNumber <= lastNumber;
    if (!ordered || firstNumber < 0 || lastNumber > 999)
      faults.push(`the numbers of ${groupId} are not within 0 to 999`);
    if (quota !== null && !isWhole(quota, 0, 1_000_000)) faults.push(`the quota of ${groupId} must be a whole number`);
  }
  for (const { serviceId, groupId, minutes } of services) {
    if (!known.has(groupId)) faults.push(`the service ${serviceId} is of the unknown group ${groupId}`);
    if (!isWhole(minutes, 1, 480))
      faults.push(`the service ${serviceId} must take 1 to 480 whole minutes, not ${minutes}`);
  }
  for (const { windowId, groupIds } of windows) {
    const unknown = groupIds.filter((groupId) => !known.has(groupId));
    if (unknown.length > 0) faults.push(`window ${windowId} serves unknown groups: ${unknown.join(', ')}`);
  }
  return faults;
}

function figureFaults(configuration: QueueConfiguration): string[] {
  const { walkInLimitMinutes, readyAfterSeconds, answerSeconds, calls, classes, plannedWindows } = configuration;
  const faults: string[] = [];
  if (!isWhole(walkInLimitMinutes, 1, 240)) {
    faults.push(`the walk-in limit must be 1 to 240 whole minutes, not ${walkInLimitMinutes}`);
  }
  for (const [name, seconds] of Object.entries({ 'ready-after': readyAfterSeconds, answer: answerSeconds })) {
    if (seconds !== null && !isWhole(seconds, 0, 3_600))
      faults.push(`${name} must be whole seconds or null, not ${seconds}`);
  }
  if (calls.noShowSeconds !== null && calls.noShowSeconds < calls.cooldownSeconds) {
    faults.push('a no-show by itself cannot come before the cooldown ends');
  }
  for (const { letter, limitMinutes } of classes) {
    if (!isWhole(limitMinutes, 0, 240)) faults.push(`the limit of class ${letter} must be 0 to 240 whole minutes`);
  }
  if (!plannedWindows.every((windows) => isWhole(windows, 0, 999)))
    faults.push('the planned windows must be whole numbers');
  return faults;
}

/** True for a whole number within bounds, both ends included. */
export function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
