import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carryOut } from './execute-command.ts';
import type { CommandBodies } from './commands.ts';
import { attempts, commandOf, DOORS_OPEN, openedDay, rules } from './day.testing.ts';
import { dueBefore } from './dispatch.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

const NOTHING = { services: null, persons: null, classLetter: null };
const wanting = (...serviceIds: string[]) => ({
  services: serviceIds.map((serviceId) => ({ serviceId, quantity: 1 })),
});
const changing = (hall: Scenario, name: string, change: Partial<CommandBodies['change-visit']>) => ({
  visitId: hall.id(name),
  ...NOTHING,
  ...change,
});

describe('the ticket of a waiting visitor is changed', () => {
  test('to another service: number and due stay, and the new line has them in the order of coming', () => {
    const hall = new Scenario(QUIET).take('anna').at(1).take('boris', 'benefits').at(2).take('vera', 'benefits').at(5);
    const { number } = hall.visit('anna');
    hall.do('change-visit', changing(hall, 'anna', wanting('benefits')));
    expect(hall.visit('anna')).toMatchObject({ number, groupId: 'benefits', state: 'waiting' });
    expect(hall.due('anna')).toBe(15);
    hall.open(1, { benefits: 3 });
    expect(hall.serveAll(1)).toEqual(['anna', 'boris', 'vera']);
  });

  test('and is called at once where a window is free for the new service', () => {
    const hall = new Scenario(QUIET).open(1, { benefits: 3 }).take('anna');
    hall.do('ready', { windowId: 1 });
    expect(hall.called(1)).toBeNull();
    hall.do('change-visit', changing(hall, 'anna', wanting('benefits', 'passports')));
    expect(hall.called(1)).toBe('anna');
    expect(hall.visit('anna').wishes.map(({ serviceId }) => serviceId)).toEqual(['benefits', 'passports']);
  });

  test('to a class by law and back: due as if the ticket had said so when it was taken, stops of the hall kept', () => {
    const hall = new Scenario(QUIET).at(2).take('anna').at(4);
    hall.do('stop-hall', { reason: 'alarm' });
    hall.at(7).do('resume-hall', { day: hall.day.key.day });
    expect(hall.due('anna')).toBe(20);
    hall.do('change-visit', changing(hall, 'anna', { classLetter: 'L', persons: 3 }));
    expect(hall.due('anna')).toBe(10);
    expect(hall.visit('anna')).toMatchObject({ classLetter: 'L', persons: 3 });
    hall.do('change-visit', changing(hall, 'anna', { classLetter: 'O' }));
    expect(hall.due('anna')).toBe(20);
    expect(hall.refused('change-visit', changing(hall, 'anna', { classLetter: 'X' }))).toBe('unknown-class');
  });

  test('of one with an appointment: the earlier of both rights, and the time of the appointment when the class is gone', () => {
    const slot = DOORS_OPEN + 60 * 60_000;
    const hall = new Scenario(QUIET).at(30).take('anna', 'passports', { slot });
    expect(hall.due('anna')).toBe(65);
    hall.do('change-visit', changing(hall, 'anna', { classLetter: 'L' }));
    expect(hall.due('anna')).toBe(35);
    hall.do('change-visit', changing(hall, 'anna', { classLetter: 'O' }));
    expect(hall.due('anna')).toBe(65);
  });

  test('while it waits, is on the way or is held, and at no other time', () => {
    const hall = new Scenario({ ...QUIET, remoteTickets: true }).open(1).take('home', 'passports', { remote: true });
    hall.take('aside').do('hold', { visitId: hall.id('aside'), windowId: null, reason: 'visitor', minutes: 5 });
    for (const name of ['home', 'aside']) hall.do('change-visit', changing(hall, name, { classLetter: 'L' }));
    // Who is on the way has to be there by the time that is due now.
    expect(hall.visit('home').comeBy).toBe(hall.visit('home').due);
    hall.take('anna');
    const refused = () => hall.refused('change-visit', changing(hall, 'anna', { persons: 2 }));
    expect(hall.ready(1)).toBe('anna');
    expect(refused()).toBe('visit-state');
    hall.start(1);
    expect(refused()).toBe('visit-state');
    hall.finish(1);
    expect(refused()).toBe('visit-state');
  });

  test('only to what the hall gives, and to something else', () => {
    const hall = new Scenario(QUIET).take('anna');
    const refused = (change: object) => hall.refused('change-visit', changing(hall, 'anna', change));
    expect(refused(wanting('nonsense'))).toBe('unknown-service');
    expect(refused(wanting('passports', 'subsidy'))).toBe('service-off');
    expect(refused({ ...wanting('passports'), persons: 1, classLetter: 'O' })).toBe('nothing-changed');
    expect(refused({})).toBe('nothing-changed');
  });

  test('within the quota of the group, which follows it', () => {
    const hall = new Scenario(QUIET);
    for (let ticket = 1; ticket <= 6; ticket += 1) hall.take(`p${ticket}`, 'property');
    hall.take('anna');
    const toProperty = () => hall.refused('change-visit', changing(hall, 'anna', wanting('property')));
    expect(toProperty()).toBe('quota-reached');
    hall.do('change-visit', changing(hall, 'p6', wanting('passports')));
    expect(toProperty()).toBeNull();
    expect(hall.refused('take', { ...NOTHING, ...takeOf('property') })).toBe('quota-reached');
  });

  test('to more work only where time is left for it before the hall closes; to less at any time', () => {
    const hall = new Scenario({ ...QUIET, closingGraceMinutes: 0 }).open(1).at(12 * 60 - 25);
    hall.take('anna', 'passport-14');
    expect(hall.refused('change-visit', changing(hall, 'anna', { persons: 3 }))).toBe('no-time-left');
    hall.do('change-visit', changing(hall, 'anna', { persons: 2 }));
    hall.at(12 * 60 - 5).do('change-visit', changing(hall, 'anna', { persons: 1 }));
  });

  test('and is no longer bound to the window that it was to come back to', () => {
    const hall = new Scenario(QUIET).open(1).open(2, { benefits: 3 }).take('anna');
    hall.ready(1);
    hall.start(1).do('transfer', {
      ...hall.pair(1),
      serviceId: 'benefits',
      quantity: 1,
      toWindowId: null,
      returnHere: true,
    });
    hall.ready(2);
    hall.start(2).finish(2);
    expect(hall.visit('anna').boundUntil).not.toBeNull();
    hall.do('change-visit', changing(hall, 'anna', wanting('benefits')));
    expect(hall.visit('anna').boundUntil).toBeNull();
    expect(hall.ready(2)).toBe('anna');
  });
});

const takeOf = (serviceId: string) => ({
  ...wanting(serviceId),
  persons: 1,
  classLetter: 'O',
  language: 'ru',
  remote: false,
  slot: null,
});

test('whatever is changed, nobody else is due otherwise or in another order, and who keeps the class keeps the place', () => {
  let changed = 0;
  fc.assert(
    fc.property(attempts, (tries) => {
      const { day } = openedDay();
      let now = DOORS_OPEN;
      for (const attempt of tries) {
        now += attempt.afterMs;
        const next = commandOf(day, attempt);
        // What is due by now happens first; the change itself is what is looked at.
        carryOut(
          day,
          { ...next, kind: 'wake', id: `${next.id}-wake`, body: { day: day.key.day } } as never,
          now,
          rules,
        );
        const before = next.kind === 'change-visit' ? structuredClone(day) : day;
        const outcome = carryOut(day, next, now, rules);
        if (next.kind !== 'change-visit' || outcome.kind !== 'done') continue;
        changed += 1;
        const { visitId, classLetter } = next.body;
        const mine = day.visits.get(visitId)!;
        const mineBefore = before.visits.get(visitId)!;
        expect([mine.number, mine.takenAt, mine.slot]).toEqual([
          mineBefore.number,
          mineBefore.takenAt,
          mineBefore.slot,
        ]);
        if (classLetter === null || classLetter === mineBefore.classLetter) expect(mine.due).toBe(mineBefore.due);
        const others = (of: typeof day) => [...of.visits.values()].filter((visit) => visit.visitId !== visitId);
        const order = (of: typeof day) =>
          others(of)
            .toSorted((a, b) => (dueBefore(a, b) ? -1 : 1))
            .map((visit) => visit.visitId);
        expect(order(day)).toEqual(order(before));
        for (const other of others(before)) {
          const after = day.visits.get(other.visitId)!;
          expect(after.due).toBe(other.due);
          // The calls that follow are those that the hall owed; nobody's ticket says anything else.
          if (after.state === other.state) expect(after).toEqual(other);
          else expect([other.state, after.state]).toEqual(['waiting', 'called']);
        }
      }
    }),
    { numRuns: 2_000 },
  );
  expect(changed, 'the sequences get there').toBeGreaterThan(500);
});
