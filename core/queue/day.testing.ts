import fc from 'fast-check';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import type { Command, CommandBodies, CommandKind } from './commands.ts';
import type { QueueConfiguration } from './configuration.ts';
import { type Day, unopenedDay } from './day.ts';
import { type Outcome, carryOut } from './carry-out.ts';
import type { QueueEvent } from './events.ts';
import type { CommandId, VisitId } from './ids.ts';

export const ZONE = 'Europe/Moscow' as TimeZone;
export const DATE = '2026-02-19' as CivilDate;
export const KEY = { centreId: 17, day: DATE };
export const DOORS_OPEN = instantOf(DATE, '08:00', ZONE);

export const CONFIGURATION: QueueConfiguration = {
  walkInLimitMinutes: 15,
  readyAfterSeconds: 20,
  groups: [
    { groupId: 'passports', letter: 'П' },
    { groupId: 'benefits', letter: 'С' },
    { groupId: 'property', letter: 'Н' },
  ],
  windows: [
    { windowId: 1, groupIds: ['passports', 'benefits', 'property'] },
    { windowId: 2, groupIds: ['passports', 'benefits'] },
    { windowId: 3, groupIds: ['property'] },
  ],
};

export const rules = () => CONFIGURATION;

const opening: CommandBodies['open-day'] = {
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

/** One thing that somebody tries; `pick` chooses among the visits that exist then. */
export interface Attempt {
  readonly kind: Exclude<CommandKind, 'open-day'>;
  readonly windowId: number;
  readonly groupId: string;
  readonly pick: number;
  readonly afterMs: number;
}

const kinds = [
  'take',
  'take',
  'take',
  'open-window',
  'ready',
  'ready',
  'start',
  'start',
  'finish',
  'finish',
  'no-show',
  'pause',
  'close-window',
  'wake',
] as const;

/** Any attempts of visitors and specialists, sensible or not, seconds or hours apart. */
export const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    windowId: fc.constantFrom(1, 1, 2, 2, 3, 3, 4),
    groupId: fc.constantFrom('passports', 'benefits', 'property', 'passports', 'nonsense'),
    pick: fc.nat(1000),
    afterMs: fc.oneof(
      { weight: 150, arbitrary: fc.integer({ min: -2_000, max: 60_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 * 3_600_000 }) },
    ),
  }),
  { minLength: 10, maxLength: 100, size: 'max' },
);

/** The command of an attempt. Most of the time the visit is the one at the window, so that sequences get somewhere. */
export function commandOf(day: Day, attempt: Attempt): Command {
  const { windowId, groupId, pick } = attempt;
  const all = [...day.visits.keys()];
  const here = day.windows.get(windowId)?.visitId;
  const visitId: VisitId = pick % 5 !== 0 && here ? here : (all[pick % Math.max(1, all.length)] ?? 'nobody');
  switch (attempt.kind) {
    case 'take':
      return command('take', { groupId, persons: 1 + (pick % 8) });
    case 'open-window': {
      const equipped = [...(day.windows.get(windowId)?.equippedFor ?? [groupId])];
      return command('open-window', {
        windowId,
        specialistId: `s${pick % 3}`,
        groupIds: pick % 7 === 0 ? [groupId] : equipped,
      });
    }
    case 'pause':
      return command('pause', { windowId, reason: 'break' });
    case 'wake':
      return command('wake', { day: DATE });
    case 'ready':
    case 'close-window':
      return command(attempt.kind, { windowId });
    default:
      return command(attempt.kind, { windowId, visitId });
  }
}

/** Plays the attempts; `after` sees each outcome with the day as it stands then. */
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
