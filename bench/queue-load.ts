import { randomUUID } from 'node:crypto';
import { carryOut } from '../core/queue/execute-command.ts';
import type { Command, CommandBodies, CommandKind } from '../core/queue/commands.ts';
import { ORDINARY, type QueueConfiguration, readConfiguration, USUAL_RULES } from '../core/queue/configuration.ts';
import { type Day, unopenedDay } from '../core/queue/day.ts';
import type { DayKey } from '../core/queue/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import type { TimeZone } from '../core/time/civil.ts';
import { chainAfter } from '../server/modules/queue/chain.ts';
import { commandOf } from '../server/modules/queue/index.ts';
import { changedRows, type StepRow, type StoredEvent, type VisitRow } from '../server/modules/queue/append-part.ts';

export const CENTRES = 129;
const DATE = '2026-02-19';
const ZONE = 'Europe/Moscow' as TimeZone;
const NOON: Instant = Date.parse('2026-02-19T09:00:00Z');
const WINDOWS = 16;

/** Sixteen universal windows that are ready only when told. */
export const configuration: QueueConfiguration = readConfiguration({
  ...USUAL_RULES,
  walkInLimitMinutes: 15,
  readyAfterSeconds: null,
  groups: [{ groupId: 'all', letter: 'А' }],
  windows: Array.from({ length: WINDOWS }, (_, index) => ({ windowId: index + 1, groupIds: ['all'] })),
});

export const opening: Omit<CommandBodies['open-day'], 'configuration'> = {
  start: NOON - 8 * 3_600_000,
  end: NOON + 16 * 3_600_000,
  doorsOpen: NOON - 4 * 3_600_000,
  doorsClose: NOON + 8 * 3_600_000,
  timeZone: ZONE,
  home: 'city',
};

export const noon = NOON;

export function keyOf(centre: number): DayKey {
  return { centreId: centre, day: DATE };
}

function ask<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): Command {
  return commandOf(kind, randomUUID(), body);
}

/** What puts a window to work. */
export function seating(windowId: number): Command[] {
  return [
    ask('open-window', { windowId, specialistId: `s${windowId}`, skills: [{ groupId: 'all', level: 3 }] }),
    ask('ready', { windowId }),
  ];
}

export function ticket(): Command {
  return ask('take', {
    services: [{ serviceId: 'all', quantity: 1 }],
    persons: 1,
    classLetter: ORDINARY,
    language: 'ru',
    remote: false,
    slot: null,
  });
}

/** From the call to the next ready. With the ticket a visit is four commands and five events. */
export function service(windowId: number, visitId: string): Command[] {
  const at = { windowId, visitId };
  return [ask('start', at), ask('finish', { ...at, given: null, outcome: 'done' }), ask('ready', { windowId })];
}

/** What one command writes. */
export interface CommandRows {
  readonly key: DayKey;
  readonly events: readonly StoredEvent[];
  readonly visits: readonly VisitRow[];
  readonly steps: readonly StepRow[];
}

/** The rows of many commands, decided in memory: what the baseline writes without deciding anything. */
export function rowsOfVisits(centreIds: readonly number[], visitsEach: number): CommandRows[] {
  const lines = centreIds.map((centreId) => {
    const key = keyOf(centreId);
    const day = unopenedDay(key);
    let chain = 0n;
    const commands = [ask('open-day', { ...opening, configuration: 'c' }), ...seating(1)];
    for (let index = 0; index < visitsEach; index += 1) {
      const take = ticket();
      commands.push(take, ...service(1, take.id));
    }
    return commands.map((command) => {
      const events = decided(day, command).map((event) => {
        chain = chainAfter(chain, key, event);
        return { event, chain };
      });
      return {
        key,
        events,
        ...changedRows(
          day,
          events.map(({ event }) => event),
        ),
      };
    });
  });
  const longest = Math.max(...lines.map((line) => line.length));
  return Array.from({ length: longest }, (_, index) => lines.flatMap((line) => line[index] ?? [])).flat();
}

function decided(day: Day, command: Command) {
  const outcome = carryOut(day, command, NOON, () => configuration);
  if (outcome.kind !== 'done') throw new Error(`the load was refused: ${JSON.stringify(outcome)}`);
  return structuredClone(outcome.events);
}
