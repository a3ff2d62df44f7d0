import fc from 'fast-check';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import type { Command, CommandBodies, CommandKind } from './commands.ts';
import { ORDINARY, type QueueConfiguration, readConfiguration, USUAL_RULES } from './configuration.ts';
import { type Day, unopenedDay } from './day.ts';
import { type Outcome, carryOut } from './execute-command.ts';
import type { QueueEvent } from './events.ts';
import type { CommandId, ServiceId, VisitId } from './ids.ts';

export const ZONE = 'Europe/Moscow' as TimeZone;
export const DATE = '2026-02-19' as CivilDate;
export const KEY = { centreId: 17, day: DATE };
export const DOORS_OPEN = instantOf(DATE, '08:00', ZONE);

export const CONFIGURATION: QueueConfiguration = readConfiguration({
  ...USUAL_RULES,
  walkInLimitMinutes: 15,
  readyAfterSeconds: 20,
  remoteTickets: true,
  closingGraceMinutes: null,
  classes: [
    { letter: 'L', limitMinutes: 5, weight: 1 },
    { letter: 'H', limitMinutes: 0, weight: 3 },
  ],
  groups: [
    { groupId: 'passports', letter: 'П' },
    { groupId: 'benefits', letter: 'С', firstNumber: 100, lastNumber: 104 },
    { groupId: 'property', letter: 'НА', quota: 6 },
  ],
  services: [
    { serviceId: 'passport-14', groupId: 'passports', level: 2, minutes: 10, off: false },
    { serviceId: 'subsidy', groupId: 'benefits', level: 1, minutes: 20, off: true },
  ],
  windows: [
    { windowId: 1, groupIds: ['passports', 'benefits', 'property'] },
    { windowId: 2, groupIds: ['passports', 'benefits'] },
    { windowId: 3, groupIds: ['property'] },
  ],
});

export const rules = () => CONFIGURATION;

export const opening: CommandBodies['open-day'] = {
  start: instantOf(DATE, '04:00', ZONE),
  end: instantOf('2026-02-20', '04:00', ZONE),
  doorsOpen: DOORS_OPEN,
  doorsClose: instantOf(DATE, '20:00', ZONE),
  timeZone: ZONE,
  home: 'city',
  configuration: 'c0',
};

let ids = 0;

/** A command with an id of its own. */
export function command<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind], id?: CommandId): Command {
  ids += 1;
  return { kind, body, id: id ?? `command-${ids}`, hash: JSON.stringify([kind, body]) } as Command;
}

/** A day with its doors open. */
export function openedDay(): { day: Day; events: QueueEvent[] } {
  const day = unopenedDay(KEY);
  const outcome = carryOut(day, command('open-day', opening), DOORS_OPEN, rules);
  return { day, events: [...eventsOf(outcome)] };
}

export function eventsOf(outcome: Outcome): readonly QueueEvent[] {
  if (outcome.kind !== 'done') throw new Error(`expected events, got ${JSON.stringify(outcome)}`);
  return outcome.events;
}

/** What a walk-in takes: one service, unless said otherwise. */
export function taking(serviceId: ServiceId, more: Partial<CommandBodies['take']> = {}): CommandBodies['take'] {
  const services = [{ serviceId, quantity: 1 }];
  return { services, persons: 1, classLetter: ORDINARY, language: 'ru', remote: false, slot: null, ...more };
}

/** One attempted command; `pick` chooses among the visits that exist then. */
export interface Attempt {
  readonly kind: Exclude<CommandKind, 'open-day' | 'configure' | 'move-home' | 'take-home'>;
  readonly windowId: number;
  readonly serviceId: string;
  readonly pick: number;
  readonly afterMs: number;
}

/** How often each command is tried. */
const SHARES: Readonly<Record<Attempt['kind'], number>> = {
  take: 30,
  'check-in': 2,
  hold: 4,
  back: 2,
  leave: 2,
  reactivate: 3,
  redeem: 2,
  'change-visit': 5,
  'set-skills': 2,
  'open-window': 10,
  ready: 20,
  recall: 3,
  start: 20,
  'add-service': 3,
  finish: 16,
  'no-show': 6,
  transfer: 5,
  pick: 2,
  pause: 5,
  'close-window': 4,
  'stop-hall': 1,
  'resume-hall': 4,
  'close-doors': 0.1,
  'open-doors': 0.3,
  wake: 5,
};

/** Any attempts of visitors and specialists, sensible or not, seconds or hours apart. */
export const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...Object.entries(SHARES).map(([kind, weight]) => ({
        weight: Math.ceil(weight * 10),
        arbitrary: fc.constant(kind as Attempt['kind']),
      })),
    ),
    windowId: fc.constantFrom(1, 1, 2, 2, 3, 3, 4),
    serviceId: fc.constantFrom('passports', 'passport-14', 'benefits', 'property', 'property', 'subsidy', 'nonsense'),
    pick: fc.nat(1000),
    afterMs: fc.oneof(
      { weight: 150, arbitrary: fc.integer({ min: -2_000, max: 60_000 }) },
      { weight: 15, arbitrary: fc.integer({ min: 60_000, max: 1_200_000 }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 14 * 3_600_000 }) },
    ),
  }),
  { minLength: 10, maxLength: 100, size: 'max' },
);

type Make = (attempt: Attempt & { readonly visitId: VisitId }, day: Day) => Command;

const withVisit =
  (kind: 'recall' | 'start' | 'no-show'): Make =>
  ({ windowId, visitId }) =>
    command(kind, { windowId, visitId });
const ofVisit =
  (kind: 'check-in' | 'back' | 'leave' | 'reactivate'): Make =>
  ({ visitId }) =>
    command(kind, { visitId });

const makers: Readonly<Record<Attempt['kind'], Make>> = {
  take: ({ serviceId, pick }, day) =>
    command('take', {
      services: [
        { serviceId, quantity: 1 + (pick % 2) },
        ...(pick % 4 === 0 ? [{ serviceId: 'benefits', quantity: 1 }] : []),
      ],
      persons: 1 + (pick % 8),
      classLetter: ['O', 'O', 'O', 'L', 'H'][pick % 5] as string,
      language: pick % 3 === 0 ? 'en' : 'ru',
      remote: pick % 7 === 0,
      slot: pick % 6 === 0 ? day.at + (pick - 500) * 1_000 : null,
    }),
  'check-in': ofVisit('check-in'),
  back: ofVisit('back'),
  leave: ofVisit('leave'),
  reactivate: ofVisit('reactivate'),
  hold: ({ visitId, windowId, pick }) =>
    command('hold', {
      visitId,
      windowId: pick % 2 === 0 ? windowId : null,
      reason: pick % 3 === 0 ? 'ours' : 'visitor',
      minutes: 1 + (pick % 30),
    }),
  redeem: ({ visitId, pick }) => command('redeem', { visitId, drink: pick % 2 === 0 ? 'tea' : 'cocoa' }),
  'open-window': ({ windowId, serviceId, pick }, day) => {
    const equipped = [...(day.windows.get(windowId)?.equippedFor ?? [serviceId])];
    const level = (1 + (pick % 3)) as 1 | 2 | 3;
    const groupIds = pick % 7 === 0 ? [serviceId] : equipped;
    return command('open-window', {
      windowId,
      specialistId: `s${pick % 3}`,
      skills: groupIds.map((groupId) => ({ groupId, level })),
      agreed: pick % 4 !== 0,
    });
  },
  'set-skills': ({ windowId, pick }, day) => {
    const equipped = [...(day.windows.get(windowId)?.equippedFor ?? ['passports'])];
    const level = (1 + (pick % 3)) as 1 | 2 | 3;
    return command('set-skills', { windowId, skills: equipped.map((groupId) => ({ groupId, level })) });
  },
  'change-visit': ({ visitId, serviceId, pick }) =>
    command('change-visit', {
      visitId,
      services: pick % 3 === 0 ? null : [{ serviceId, quantity: 1 + (pick % 2) }],
      persons: pick % 2 === 0 ? null : 1 + (pick % 8),
      classLetter: [null, 'O', 'L', 'H', 'X'][pick % 5] ?? null,
    }),
  ready: ({ windowId }) => command('ready', { windowId }),
  'close-window': ({ windowId }) => command('close-window', { windowId }),
  recall: withVisit('recall'),
  start: withVisit('start'),
  'no-show': withVisit('no-show'),
  'add-service': ({ windowId, visitId, serviceId }) =>
    command('add-service', { windowId, visitId, serviceId, quantity: 1 }),
  finish: ({ windowId, visitId, serviceId, pick }) =>
    command('finish', {
      windowId,
      visitId,
      given: pick % 3 === 0 ? { serviceId, quantity: 2 } : null,
      outcome: 'done',
    }),
  transfer: ({ windowId, visitId, serviceId, pick }) =>
    command('transfer', {
      windowId,
      visitId,
      serviceId,
      quantity: 1,
      toWindowId: pick % 4 === 0 ? 1 + (pick % 3) : null,
      returnHere: pick % 2 === 0,
    }),
  pick: ({ windowId, visitId }) => command('pick', { windowId, visitId, reason: 'health' }),
  pause: ({ windowId, pick }) => command('pause', { windowId, reason: 'break', agreed: pick % 2 === 0 }),
  'stop-hall': () => command('stop-hall', { reason: 'alarm' }),
  'resume-hall': () => command('resume-hall', { day: DATE }),
  'close-doors': () => command('close-doors', { reason: 'repair' }),
  'open-doors': () => command('open-doors', { day: DATE }),
  wake: () => command('wake', { day: DATE }),
};

/** The command of an attempt. Most of the time the visit is the one at the window, so that sequences get somewhere. */
export function commandOf(day: Day, attempt: Attempt): Command {
  const { windowId, pick } = attempt;
  const all = [...day.visits.keys()];
  const here = day.windows.get(windowId)?.visitId;
  const visitId: VisitId = pick % 5 !== 0 && here ? here : (all[pick % Math.max(1, all.length)] ?? 'nobody');
  return makers[attempt.kind]({ ...attempt, visitId }, day);
}

/** Plays the attempts; `after` sees each outcome with the day at that moment. */
export function play(
  tries: readonly Attempt[],
  after?: (day: Day, outcome: Outcome, now: Instant) => void,
): { day: Day; events: QueueEvent[] } {
  const { day, events } = openedDay();
  let now = DOORS_OPEN;
  for (const attempt of tries) {
    now += attempt.afterMs;
    const outcome = carryOut(day, commandOf(day, attempt), now, rules);
    if (outcome.kind === 'done') events.push(...outcome.events);
    after?.(day, outcome, now);
  }
  return { day, events };
}
