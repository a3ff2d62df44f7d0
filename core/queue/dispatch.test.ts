import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../time/instant.ts';
import { DOORS_OPEN, taking } from './day.testing.ts';
import type { Policy } from './configuration.ts';
import { dueBefore } from './dispatch.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

const slotAt = (minutes: number, seconds = 0) => DOORS_OPEN + minutes * MINUTE + seconds * SECOND;
const by = (policy: Policy) => ({ ...QUIET, policy });

describe('due-time', () => {
  test('the law, the clock and the number decide, in this order', () => {
    const hall = new Scenario(QUIET);
    hall.take('walk-in', 'passports').at(1).take('second', 'passports');
    hall.at(6).take('by law', 'passports', { classLetter: 'L' });
    hall.at(8).take('booked', 'passports', { slot: slotAt(8) });
    hall.at(9).take('hero', 'passports', { classLetter: 'H' }).at(9).take('after', 'passports', { classLetter: 'H' });
    expect(['walk-in', 'second', 'by law', 'booked', 'hero', 'after'].map((name) => hall.due(name))).toEqual([
      15, 16, 11, 13, 9, 9,
    ]);
    expect(hall.open(1).serveAll(1)).toEqual(['hero', 'after', 'by law', 'booked', 'walk-in', 'second']);
  });

  test('the published example: no other order has less lateness', () => {
    // One window, three minutes each: W1 due 15, W2 16, W3 17; A1 due 9, A2 due 11.
    const hall = new Scenario(QUIET).take('W1').at(1).take('W2').at(2).take('W3');
    hall
      .at(4)
      .take('A1', 'passports', { slot: slotAt(4) })
      .at(6)
      .take('A2', 'passports', { slot: slotAt(6) });
    hall.open(1).at(6);
    const names: string[] = [];
    const lateness: number[] = [];
    for (let name = hall.ready(1); name !== null; name = hall.ready(1)) {
      names.push(name);
      lateness.push((hall.now - DOORS_OPEN) / MINUTE - hall.due(name));
      hall.start(1);
      hall.now += 3 * MINUTE;
      hall.finish(1);
    }
    expect(names).toEqual(['A1', 'A2', 'W1', 'W2', 'W3']);
    expect(Math.max(...lateness)).toBe(1);
  });

  test('nobody starves: a visitor who comes limit minutes after me is never called before me', () => {
    const visitor = fc.record({
      afterMs: fc.nat(4 * MINUTE),
      classLetter: fc.constantFrom('O', 'O', 'L', 'H'),
      slot: fc.option(fc.integer({ min: -30, max: 30 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(visitor, { minLength: 5, maxLength: 60 }), fc.nat(3), (visitors, serviceMinutes) => {
        const hall = new Scenario({ ...QUIET, remoteTickets: false }).open(1);
        hall.ready(1);
        visitors.forEach(({ afterMs, classLetter, slot }, index) => {
          hall.now += afterMs;
          hall.take(`v${index}`, 'passports', { classLetter, slot: slot === null ? null : hall.now + slot * MINUTE });
          if (index % 2 === 0 && hall.day.windows.get(1)?.state === 'calling') {
            hall.start(1);
            hall.now += serviceMinutes * MINUTE;
            hall.finish(1);
            hall.ready(1);
          }
        });
        const calls = hall
          .kinds('visit-called')
          .map(({ at, body }) => ({ at, visitId: (body as { visitId: string }).visitId }));
        for (const visit of hall.day.visits.values()) {
          const mine = calls.find(({ visitId }) => visitId === visit.visitId)?.at ?? Infinity;
          const overtakers = calls
            .filter(({ at }) => at < mine && at > visit.takenAt)
            .map(({ visitId }) => hall.day.visits.get(visitId))
            .filter((other) => other !== undefined && other.takenAt > visit.due);
          expect(overtakers).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a line is always in the order of being due', () => {
    const hall = new Scenario(QUIET);
    for (let index = 0; index < 30; index += 1) {
      const classLetter = ['O', 'L', 'H'][index % 3] as string;
      hall.at(index).take(`v${index}`, 'passports', { classLetter, slot: index % 4 === 0 ? slotAt(40 - index) : null });
    }
    const [line = []] = hall.day.lines.values();
    expect(line).toHaveLength(30);
    line.slice(1).forEach((visit, index) => expect(dueBefore(line[index] as typeof visit, visit)).toBe(true));
  });
});

describe('the policies of peers, for comparison', () => {
  const three = (policy: Policy) => {
    const hall = new Scenario(by(policy)).take('first').at(1).take('second');
    return hall.at(2).take('by law', 'passports', { classLetter: 'L' }).at(10).open(1).serveAll(1);
  };

  test('fifo: the visitor who came first', () => {
    expect(three({ kind: 'fifo' })).toEqual(['first', 'second', 'by law']);
  });

  describe('short-first', () => {
    const services = [
      { serviceId: 'short', groupId: 'passports', level: 1 as const, minutes: 4, off: false },
      { serviceId: 'long', groupId: 'passports', level: 1 as const, minutes: 60, off: false },
    ];
    const policy = { kind: 'short-first', minutes: 4, meanMinutes: 12, mostMinutes: 5, guardMinutes: 3 } as const;
    const open = (change: Partial<Policy> = {}) =>
      new Scenario({ ...by({ ...policy, ...change } as Policy), services });

    test('a short service a little before a long one, but never passing a visitor who is nearly due', () => {
      const hall = open().take('long', 'long').at(3).take('general').at(6).take('short', 'short');
      hall.at(8).take('short, later', 'short');
      // Due 15, 18, 21 and 23; in the order of 20, 18, 16.6 and 18.6.
      expect(hall.open(1).serveAll(1)).toEqual(['short', 'general', 'short, later', 'long']);
      const late = open().take('long', 'long').at(9).take('short', 'short').at(13);
      expect(late.open(1).serveAll(1)).toEqual(['long', 'short']);
      // With exactly the guard left to it, the long one may be passed for the last time.
      const firstAt = (seconds: number) => {
        const hall12 = open().take('long', 'long').at(9).take('short', 'short').at(12, seconds);
        return hall12.open(1).serveAll(1)[0];
      };
      expect([firstAt(0), firstAt(1)]).toEqual(['short', 'long']);
    });

    test.each([
      ['goes by its due', {}, 5, ['booked', 'short']],
      ['is passed while more is left to it than its guard', { appointmentGuardMinutes: 2 }, 5, ['short', 'booked']],
      ['is not passed when less is left to it', { appointmentGuardMinutes: 2 }, 8, ['booked', 'short']],
    ])('an appointment %s', (_, change, calledAt, order) => {
      // Due 15 and 9; in the order of 10.6 and 14.
      const hall = open(change)
        .take('short', 'short')
        .at(4)
        .take('booked', 'long', { slot: slotAt(4) });
      expect(hall.at(calledAt).open(1).serveAll(1)).toEqual(order);
    });
  });

  test('at its look-ahead to the second an appointment is near; so is a short-first visitor at the guard', () => {
    const near = (seconds: number) => {
      const hall = new Scenario(by({ kind: 'appointments-first', lookAheadSeconds: 120 })).take('walk-in').at(10);
      return hall
        .take('booked', 'passports', { slot: slotAt(12, seconds) })
        .open(1)
        .serveAll(1)[0];
    };
    expect([near(0), near(1)]).toEqual(['booked', 'walk-in']);
  });

  test('ratio: one with priority after so many ordinary visitors', () => {
    expect(three({ kind: 'ratio', ordinary: 1 })).toEqual(['first', 'by law', 'second']);
  });

  test('ratio: after exactly so many ordinary visitors', () => {
    const hall = new Scenario(by({ kind: 'ratio', ordinary: 2 }));
    for (const name of ['a', 'b', 'c']) hall.take(name);
    for (const name of ['p', 'q']) hall.take(name, 'passports', { classLetter: 'L' });
    expect(hall.open(1).serveAll(1)).toEqual(['a', 'b', 'p', 'c', 'q']);
  });

  test('priority-weights: an appointment has waited since its time, or since it came where that was later', () => {
    const hall = new Scenario(by({ kind: 'priority-weights' })).at(2).take('walk-in');
    hall.at(8).take('late', 'passports', { slot: slotAt(1) });
    expect(hall.at(12).open(1).serveAll(1)).toEqual(['walk-in', 'late']);
  });

  test('priority-weights: (weight + 1) times the wait', () => {
    expect(three({ kind: 'priority-weights' })).toEqual(['by law', 'first', 'second']);
  });

  test('appointments-first: an appointment within the look-ahead goes before every walk-in', () => {
    const hall = new Scenario(by({ kind: 'appointments-first', lookAheadSeconds: 120 })).take('walk-in').at(10);
    hall.take('near', 'passports', { slot: slotAt(12) }).take('far', 'passports', { slot: slotAt(13) });
    expect(hall.open(1).serveAll(1)).toEqual(['near', 'walk-in', 'far']);
  });
});

describe('short-first', () => {
  const shortFirst = by({ kind: 'short-first', minutes: 6, meanMinutes: 12, mostMinutes: 8, guardMinutes: 3 });
  const services = [
    { serviceId: 'short', groupId: 'passports', level: 1 as const, minutes: 2, off: false },
    { serviceId: 'middle', groupId: 'passports', level: 1 as const, minutes: 12, off: false },
    { serviceId: 'long', groupId: 'passports', level: 1 as const, minutes: 60, off: false },
  ];

  test('shifts ordinary visitors only: whom the law puts first, and who booked, goes by being due', () => {
    const hall = new Scenario({ ...shortFirst, services, classes: [{ letter: 'L', limitMinutes: 14, weight: 1 }] });
    hall
      .take('by law', 'long', { classLetter: 'L' })
      .take('short', 'short')
      .take('middle', 'middle')
      .take('long', 'long');
    hall.take('booked', 'long', { slot: slotAt(8, 30) });
    // Due 14, 15, 15, 15 and 13:30. Shifted are the short one to 7 and the long one to 23; the law's long service is not.
    expect(hall.open(1).serveAll(1)).toEqual(['short', 'booked', 'by law', 'middle', 'long']);
  });

  test('a short service of whom the law puts first does not go earlier than its due either', () => {
    const hall = new Scenario({ ...shortFirst, services, classes: [{ letter: 'L', limitMinutes: 14, weight: 1 }] });
    hall.take('by law', 'short', { classLetter: 'L' }).take('booked', 'long', { slot: slotAt(8, 30) });
    expect(hall.open(1).serveAll(1)).toEqual(['booked', 'by law']);
  });
});

describe('of several free windows', () => {
  test('the least flexible is given the visitor, then the one longest idle, then the lowest number', () => {
    const among = (skills: readonly (readonly [number, Record<string, 1 | 2 | 3>, minute: number])[]) => {
      const hall = new Scenario(QUIET);
      for (const [windowId, groups, minute] of skills) {
        hall.at(minute).open(windowId, groups);
        hall.ready(windowId);
      }
      hall.at(9).take('anna');
      return skills.map(([windowId]) => windowId).filter((windowId) => hall.called(windowId) === 'anna');
    };
    const narrow = { passports: 3 } as const;
    expect(
      among([
        [1, { passports: 3, benefits: 3 }, 0],
        [2, narrow, 1],
      ]),
    ).toEqual([2]);
    expect(
      among([
        [1, narrow, 0],
        [2, { passports: 3, benefits: 1 }, 1],
      ]),
    ).toEqual([1]);
    expect(
      among([
        [2, narrow, 0],
        [1, narrow, 1],
      ]),
    ).toEqual([2]);
    expect(
      among([
        [2, narrow, 0],
        [1, narrow, 0],
      ]),
    ).toEqual([1]);
  });
});

describe('a window that was taken out of the hall', () => {
  test('ends what it does, is given nothing more and cannot be opened', () => {
    const hall = new Scenario(QUIET).take('served').take('waiting').open(1).open(2, { passports: 3 }, 'other');
    expect(hall.ready(1)).toBe('served');
    hall.start(1);
    const without = {
      ...hall.day.configuration,
      windows: hall.day.configuration.windows.filter(({ windowId }) => windowId !== 1),
    };
    hall.configurations.set('c1', without);
    hall.do('configure', { configuration: 'c1' });
    hall.finish(1);
    expect(hall.ready(1)).toBeNull();
    expect(hall.refused('pick', { windowId: 1, visitId: hall.id('waiting'), reason: 'health' })).toBe('unknown-window');
    expect(hall.ready(2)).toBe('waiting');
    hall.do('close-window', { windowId: 1 });
    expect(hall.refused('open-window', { windowId: 1, specialistId: 's1', skills: [] })).toBe('unknown-window');
  });

  test('a service that was taken out of the hall while it is given can be finished', () => {
    const hall = new Scenario(QUIET).take('served', 'passport-14').open(1);
    hall.ready(1);
    hall.start(1);
    const services = hall.day.configuration.services.filter(({ serviceId }) => serviceId !== 'passport-14');
    hall.configurations.set('c1', { ...hall.day.configuration, services });
    hall.do('configure', { configuration: 'c1' });
    hall.finish(1);
    expect(hall.visit('served').state).toBe('finished');
  });
});

describe('a visitor who booked', () => {
  test('is not refused because others have used the quota, nor for a class that the hall does not know', () => {
    const hall = new Scenario(QUIET);
    for (let ticket = 1; ticket <= 6; ticket += 1) hall.take(`walk-in ${ticket}`, 'property');
    expect(hall.refused('take', taking('property'))).toBe('quota-reached');
    hall.take('booked', 'property', { slot: slotAt(30), classLetter: 'X' });
    expect(hall.visit('booked')).toMatchObject({ state: 'waiting', classLetter: 'O', slot: slotAt(30) });
    expect(hall.due('booked')).toBe(35);
    expect(hall.refused('take', taking('passports', { classLetter: 'X' }))).toBe('unknown-class');
  });
});
