import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../time/instant.ts';
import { alarmsOfVisit, alarmsOfWindow, soonerAlarm } from './alarms.ts';
import { carryOut } from './execute-command.ts';
import type { Command } from './commands.ts';
import { type Day, OVER, unopenedDay } from './day.ts';
import {
  attempts,
  command,
  commandOf,
  CONFIGURATION,
  DATE,
  DOORS_OPEN,
  eventsOf,
  KEY,
  openedDay,
  play,
  rules,
  taking,
} from './day.testing.ts';
import { mayServe } from './dispatch.ts';
import { serviceToday } from './decide-visits.ts';
import { evolve, evolveAll } from './evolve.ts';
import { waitRange, waitRanges } from './wait-range.ts';
import { followHall, hallOf } from './hall.ts';
import { type DaySnapshot, dayOf, snapshotOf } from './snapshot.ts';
import type { EventKind, QueueEvent } from './events.ts';
import { VERSIONS } from './versions.ts';

const SEQUENCES = 10_000;
/** What random attempts do not always reach; rules.test.ts does. */
const SELDOM = new Set(['config-changed', 'visit-unbound', 'home-moved', 'home-taken']);

describe('any sequence of commands', () => {
  test('no number twice, no visit at two windows, no window with two visits', () => {
    const met = new Map<EventKind, number>();
    fc.assert(
      fc.property(attempts, (tries) => {
        const { day, events } = play(tries);
        for (const { kind } of events) met.set(kind, (met.get(kind) ?? 0) + 1);
        const living = [...day.visits.values()].filter((visit) => !OVER.has(visit.state)).map((visit) => visit.number);
        expect(new Set(living).size).toBe(living.length);
        expect(pairs(day)).toEqual(pairsByVisit(day));
        for (const { visitId, ending } of day.windows.values()) if (visitId === null) expect(ending).toBeNull();
        const alarms = [
          ...[...day.visits.values()].flatMap(alarmsOfVisit),
          ...[...day.windows.values()].flatMap(alarmsOfWindow),
        ];
        expect(day.alarms).toEqual(alarms.sort(soonerAlarm));
      }),
      { numRuns: SEQUENCES },
    );
    expect(met.get('visit-called'), 'the sequences get as far as calls').toBeGreaterThan(SEQUENCES);
    const everyKind = Object.keys(VERSIONS).filter((kind) => !SELDOM.has(kind));
    expect([...met.keys()], 'the sequences get everywhere').toEqual(expect.arrayContaining(everyKind));
  });

  test('the waits of all are the same as those of each visitor alone', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const { day } = play(tries);
        const ranges = waitRanges(day, day.at);
        const waiting = [...day.lines.values()].flat();
        expect(ranges.size).toBe(waiting.length);
        for (const visit of waiting) {
          const service = serviceToday(day, visit.wishes[0]?.serviceId ?? '');
          const one = 'code' in service ? null : waitRange(day, service, visit.due, day.at, visit);
          const all = ranges.get(visit) ?? null;
          expect(all?.ahead ?? null).toBe(one?.ahead ?? null);
          expect(all?.q90Minutes ?? 0).toBeCloseTo(one?.q90Minutes ?? 0, 9);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('replaying the events gives the same day', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const { day, events } = play(tries);
        const replayed = unopenedDay(KEY);
        evolveAll(replayed, JSON.parse(JSON.stringify(events)) as QueueEvent[], rules);
        expect(replayed).toEqual(day);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a day of a snapshot is the day, and goes on as it would have', () => {
    const known = (day: Day) => ({ ...day, lines: new Map([...day.lines].filter(([, line]) => line.length > 0)) });
    fc.assert(
      fc.property(attempts, attempts, (tries, more) => {
        const { day } = play(tries);
        const shown = dayOf(KEY, JSON.parse(JSON.stringify(snapshotOf(day))) as DaySnapshot, day.configuration);
        expect(known(shown)).toEqual(known(day));
        let now = day.at;
        for (const attempt of more) {
          now += attempt.afterMs;
          const next = commandOf(day, attempt);
          const come = (of: Day) => JSON.stringify(carryOut(of, next, now, rules));
          expect(come(shown)).toBe(come(day));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('an outcome taken back leaves the day as it was, and a refusal never changes it', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const { day } = openedDay();
        let now = DOORS_OPEN;
        for (const attempt of tries) {
          now += attempt.afterMs;
          const before = structuredClone(day);
          const next = commandOf(day, attempt);
          const outcome = carryOut(day, next, now, rules);
          if (outcome.kind === 'done') outcome.undo();
          expect(day).toEqual(before);
          carryOut(day, next, now, rules);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('nobody eligible waits while a window is free, and times never fall', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const { events } = play(tries, (day) => {
          for (const window of day.windows.values()) {
            if (window.state !== 'free' || day.stopped !== null) continue;
            for (const waiting of day.lines.values()) {
              expect(waiting.filter((visit) => mayServe(day, window, visit))).toEqual([]);
            }
          }
        });
        events.forEach((event, index) => {
          expect(event.seq).toBe(index + 1);
          expect(event.at).toBeGreaterThanOrEqual(events[index - 1]?.at ?? 0);
          expect(event.dueAt ?? 0).toBeLessThanOrEqual(event.at);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('a screen that follows the events sees what a fresh look shows', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const { day } = openedDay();
        let hall = hallOf(day);
        let now = DOORS_OPEN;
        for (const attempt of tries) {
          now += attempt.afterMs;
          const outcome = carryOut(day, commandOf(day, attempt), now, rules);
          for (const event of outcome.kind === 'done' ? outcome.events : [])
            hall = followHall(hall, event) ?? expect.fail('a gap');
          expect({ ...hall, calls: [] }).toEqual({ ...hallOf(day), calls: [] });
          expect(hall.calls.map((call) => call.number)).toEqual(hallOf(day).calls.map((call) => call.number));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the order of calling', () => {
  test('the ready window gets the earliest due of all groups it serves', () => {
    const { day } = openedDay();
    take(day, 'benefits', 0);
    take(day, 'passports', 1 * SECOND);
    take(day, 'property', 2 * SECOND);
    open(day, 1);
    expect(calledNumber(day, 1, MINUTE)).toBe('С100');
    open(day, 3, 's3', MINUTE);
    expect(calledNumber(day, 3, MINUTE)).toBe('НА001');
  });

  test('a visitor goes to the least flexible free window, then to the one longest idle', () => {
    const { day } = openedDay();
    for (const windowId of [1, 2, 3]) {
      open(day, windowId, `s${windowId}`);
      run(day, command('ready', { windowId }), 2 * SECOND);
    }
    const called = take(day, 'passports', MINUTE).find((event) => event.kind === 'visit-called');
    expect(called?.body).toMatchObject({ windowId: 2, number: 'П001' });
  });

  test('a walk-in is due the limit after the ticket', () => {
    const { day } = openedDay();
    const [taken] = take(day, 'passports', 5 * MINUTE);
    expect(taken?.body).toMatchObject({ due: DOORS_OPEN + 20 * MINUTE });
  });
});

describe('what happens by itself', () => {
  test('a window that finished is ready after 20 seconds, whenever that is noticed', () => {
    const { day } = openedDay();
    const first = take(day, 'passports', 0)[0] as QueueEvent<'visit-taken'>;
    take(day, 'passports', 0);
    open(day, 1);
    run(day, command('ready', { windowId: 1 }), MINUTE);
    const { visitId } = first.body;
    run(day, command('start', { windowId: 1, visitId }), 2 * MINUTE);
    run(day, command('finish', { windowId: 1, visitId, given: null, outcome: 'done' }), 10 * MINUTE);
    const late = run(day, command('wake', { day: DATE }), 11 * MINUTE);
    expect(late.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['window-ready', DOORS_OPEN + 10 * MINUTE + 20 * SECOND],
      ['visit-called', DOORS_OPEN + 10 * MINUTE + 20 * SECOND],
    ]);
  });

  test('the doors close on time, serving goes on, and the day ends with nobody left over', () => {
    const { day } = openedDay();
    take(day, 'passports', 0);
    take(day, 'property', 0);
    expect(refusal(day, command('take', taking('passports')), 12 * 60 * MINUTE)).toBe('doors-closed');
    const closing = run(day, command('wake', { day: DATE }), 12 * 60 * MINUTE);
    expect(closing.map((event) => event.kind)).toEqual(['promise-broken', 'promise-broken', 'doors-closed']);
    open(day, 2, 's1', 12 * 60 * MINUTE);
    expect(calledNumber(day, 2, 12 * 60 * MINUTE)).toBe('П001');
    const end = run(day, command('wake', { day: DATE }), 20.5 * 60 * MINUTE, true);
    expect(end).toEqual(['visit-no-show', 'visit-lapsed', 'window-closed', 'day-closed']);
    expect(refusal(day, command('ready', { windowId: 1 }), 21 * 60 * MINUTE)).toBe('day-closed');
  });
});

describe('command ids', () => {
  test('the same command again points at the same facts; another body under the id is refused', () => {
    const { day } = openedDay();
    const once = command('take', taking('passports'), 'one');
    run(day, once, 0);
    expect(carryOut(day, once, DOORS_OPEN + MINUTE, rules)).toMatchObject({
      kind: 'repeated',
      place: { seq: 2, mark: { events: 1 } },
    });
    expect(refusal(day, command('take', taking('passports', { persons: 2 }), 'one'), MINUTE)).toBe('command-conflict');
  });

  test('a refused command may be sent again and then succeed', () => {
    const { day } = openedDay();
    const ready = command('ready', { windowId: 1 }, 'again');
    expect(refusal(day, ready, 0)).toBe('window-state');
    open(day, 1);
    expect(run(day, ready, MINUTE).map((event) => event.kind)).toEqual(['window-ready']);
  });
});

describe('a broken clock or record', () => {
  test('a clock half a day behind the day is refused; after one that was ahead for a while the day goes on, and its time does not advance', () => {
    const { day } = openedDay();
    const ahead = 6 * 60 * MINUTE;
    take(day, 'passports', ahead);
    expect(refusal(day, command('take', taking('passports')), ahead - 13 * 60 * MINUTE)).toBe('clock-behind');
    open(day, 1);
    expect(take(day, 'passports', MINUTE)[0]?.at).toBe(DOORS_OPEN + ahead);
    const called = run(day, command('ready', { windowId: 1 }), MINUTE).find(({ kind }) => kind === 'visit-called');
    expect(called?.at).toBe(DOORS_OPEN + ahead);
  });

  test('an event of an unknown kind, version or place stops the fold and leaves the day whole', () => {
    const { day } = openedDay();
    const before = structuredClone(day);
    const good = {
      kind: 'window-ready',
      body: { windowId: 1 },
      seq: 2,
      epoch: 0,
      at: DOORS_OPEN,
      dueAt: null,
      v: 1,
      command: null,
    } as const;
    for (const bad of [
      { ...good, kind: 'unheard-of' },
      { ...good, v: 9 },
      { ...good, seq: 4 },
      { ...good, body: { windowId: 99 } },
    ]) {
      expect(() => evolve(day, bad as unknown as QueueEvent, rules)).toThrow(/^event \d/);
      expect(day).toEqual(before);
    }
  });
});

function run(day: Day, next: Command, afterMs: number): readonly QueueEvent[];
function run(day: Day, next: Command, afterMs: number, kindsOnly: true): string[];
function run(day: Day, next: Command, afterMs: number, kindsOnly?: true): readonly QueueEvent[] | string[] {
  const events = eventsOf(carryOut(day, next, DOORS_OPEN + afterMs, rules));
  return kindsOnly ? events.map((event) => event.kind).filter((kind) => kind !== 'window-ready') : events;
}

function take(day: Day, serviceId: string, afterMs: number): readonly QueueEvent[] {
  return run(day, command('take', taking(serviceId)), afterMs);
}

function open(day: Day, windowId: number, specialistId = 's1', afterMs: number = SECOND): void {
  const groupIds = CONFIGURATION.windows.find((window) => window.windowId === windowId)?.groupIds ?? [];
  const skills = groupIds.map((groupId) => ({ groupId, level: 3 as const }));
  run(day, command('open-window', { windowId, specialistId, skills }), afterMs);
}

function calledNumber(day: Day, windowId: number, afterMs: number): string | undefined {
  const called = run(day, command('ready', { windowId }), afterMs).find((event) => event.kind === 'visit-called');
  return called?.body.number;
}

function refusal(day: Day, next: Command, afterMs: number): string | undefined {
  const outcome = carryOut(day, next, DOORS_OPEN + afterMs, rules);
  return outcome.kind === 'refused' ? outcome.problem.code : undefined;
}

function pairs(day: Day): string[] {
  return [...day.windows.values()]
    .filter((window) => window.visitId !== null)
    .map((window) => `${window.visitId}@${window.windowId}`)
    .sort();
}

function pairsByVisit(day: Day): string[] {
  return [...day.visits.values()]
    .filter((visit) => visit.state === 'called' || visit.state === 'serving')
    .map((visit) => `${visit.visitId}@${visit.windowId}`)
    .sort();
}
