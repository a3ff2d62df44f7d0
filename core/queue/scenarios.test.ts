import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../time/instant.ts';
import { dueOf } from './due.ts';
import { DOORS_OPEN, taking } from './day.testing.ts';
import { QUIET, Scenario } from './scenario.testing.ts';
import { waitRange } from './wait-range.ts';

/**
 * What the well-known queue systems do in the same situation, and what Okno does: numbers 1 to 22 of the acceptance
 * list. Number 23, ten operators at once, is `tests/race/two-nodes.test.ts`.
 */
const slotAt = (minutes: number, seconds = 0) => DOORS_OPEN + minutes * MINUTE + seconds * SECOND;

describe('priority', () => {
  test('1: of equal class the earlier; a class with priority goes first while its due is earlier', () => {
    const hall = new Scenario(QUIET)
      .take('a')
      .at(0, 1.1)
      .take('b')
      .at(5)
      .take('law', 'passports', { classLetter: 'L' });
    expect(hall.open(1).serveAll(1)).toEqual(['law', 'a', 'b']);
  });

  test('2: a window never gets a service that it has no skill for, and otherwise the earliest due of all it may serve', () => {
    const hall = new Scenario(QUIET)
      .take('x', 'passports', { classLetter: 'L' })
      .at(30)
      .take('y', 'benefits')
      .take('z', 'property');
    expect(hall.open(1, { passports: 3, benefits: 3 }).serveAll(1)).toEqual(['x', 'y']);
  });

  test('3: a visitor sent to another service keeps their due and so goes before those who came later', () => {
    const hall = new Scenario(QUIET).open(1).take('sent').at(5).take('waiting', 'benefits').at(10);
    hall.ready(1);
    hall.start(1).at(12);
    hall.do('transfer', { ...hall.pair(1), serviceId: 'benefits', quantity: 1, toWindowId: null, returnHere: false });
    expect(hall.open(2, { benefits: 3 }).serveAll(2)).toEqual(['sent', 'waiting']);
  });

  test('6: a window for quick services takes them first, the other the rest', () => {
    const hall = new Scenario(QUIET).take('ordinary').at(1).take('quick', 'benefits');
    expect(hall.open(2, { benefits: 3 }).serveAll(2)).toEqual(['quick']);
    expect(hall.open(1).serveAll(1)).toEqual(['ordinary']);
  });

  test('7: the visitor due first is first, whatever the class is called', () => {
    const hall = new Scenario(QUIET).take('came 08:50').at(10).take('came 09:00', 'passports', { classLetter: 'L' });
    hall.at(20).take('booked 09:10', 'passports', { slot: slotAt(20) });
    expect(hall.open(1).serveAll(1)).toEqual(['came 08:50', 'came 09:00', 'booked 09:10']);
  });

  test('19: a class with priority overtakes by the difference of the limits and not for ever', () => {
    const hall = new Scenario(QUIET).take('ordinary').at(9).take('law', 'passports', { classLetter: 'L' });
    expect(hall.open(1).serveAll(1)).toEqual(['law', 'ordinary']);
    const later = new Scenario(QUIET).take('ordinary').at(11).take('law', 'passports', { classLetter: 'L' });
    expect(later.open(1).serveAll(1)).toEqual(['ordinary', 'law']);
  });

  test('20: of equals the one who came first; an order never depends on what is empty in the database', () => {
    const hall = new Scenario(QUIET).take('09:00').at(5).take('09:05');
    expect(hall.open(1).serveAll(1)).toEqual(['09:00', '09:05']);
  });
});

describe('appointments', () => {
  test('4, 16: an appointment that has come is due five minutes after its time, and waits for nobody before it', () => {
    const hall = new Scenario(QUIET).take('booked', 'passports', { slot: slotAt(60) });
    expect(hall.due('booked')).toBe(65);
    const late = new Scenario(QUIET).at(79).take('late', 'passports', { slot: slotAt(60) });
    expect(late.due('late')).toBe(84);
  });

  test('12, 13: two walk-ins before two appointments: the order of being due, by law or without', () => {
    const hall = new Scenario(QUIET).take('W1').at(10).take('W2').at(20);
    hall.take('A1', 'passports', { slot: slotAt(20) }).take('A2', 'passports', { slot: slotAt(30) });
    expect(hall.open(1).serveAll(1)).toEqual(['W1', 'W2', 'A1', 'A2']);
    const law = new Scenario(QUIET).take('W1').at(10).take('W2', 'passports', { classLetter: 'H' }).at(20);
    law.take('A1', 'passports', { slot: slotAt(20) });
    expect(law.open(1).serveAll(1)).toEqual(['W2', 'W1', 'A1']);
  });

  test('14: a minute before or after makes no jump: the due does', () => {
    for (const [slot, first] of [
      [21, 'W'],
      [10, 'W'],
      [9, 'A'],
    ] as const) {
      const hall = new Scenario(QUIET)
        .take('W')
        .at(1)
        .take('A', 'passports', { slot: slotAt(slot) });
      expect(hall.open(1).serveAll(1)[0], `appointment at ${slot}`).toBe(first);
    }
  });

  test('15: twelve appointments in a row do not starve a walk-in', () => {
    const hall = new Scenario(QUIET).open(1).take('W');
    const calledAt = new Map<string, number>();
    let busyUntil = 0;
    for (let minute = 0; minute <= 140; minute += 1) {
      hall.at(minute);
      if (minute % 10 === 0 && minute < 120) hall.take(`A${minute}`, 'passports', { slot: slotAt(minute) });
      if (minute < busyUntil) continue;
      if (hall.called(1) !== null) hall.finish(1);
      const name = hall.ready(1);
      if (name === null) break;
      calledAt.set(name, minute);
      hall.start(1);
      busyUntil = minute + 10;
    }
    expect(calledAt.get('W')).toBeLessThanOrEqual(20);
    expect(calledAt.size).toBe(13);
    for (const [name, minute] of calledAt) if (name !== 'W') expect(minute - hall.due(name)).toBeLessThanOrEqual(5);
  });

  test('9: how many go before me: everybody who is due earlier', () => {
    const hall = new Scenario(QUIET)
      .take('W1')
      .at(5)
      .take('A', 'passports', { slot: slotAt(5) })
      .at(8)
      .take('W2');
    expect(hall.open(1).serveAll(1)).toEqual(['A', 'W1', 'W2']);
  });
});

describe('waits that are shown', () => {
  const rangeNow = (hall: Scenario) => {
    const service = hall.day.configuration.services.find(({ serviceId }) => serviceId === 'passports');
    const due = dueOf(hall.day.configuration, { classLetter: 'O', slot: null }, hall.now);
    return service === undefined ? null : waitRange(hall.day, service, due, hall.now);
  };
  const ten = {
    ...QUIET,
    services: [{ serviceId: 'passports', groupId: 'passports', level: 1, minutes: 10, off: false }],
  } as const;

  test('10, 11: by the work ahead over the windows, as a range and never a bare number', () => {
    const hall = new Scenario(ten).open(1).take('serving').take('waiting').take('waiting too');
    hall.ready(1);
    expect(rangeNow(hall)).toMatchObject({ ahead: 2, q50Minutes: 30 });
    hall.open(2);
    const two = rangeNow(hall);
    expect(two).toMatchObject({ ahead: 2, q50Minutes: 15 });
    expect(two?.q90Minutes).toBeGreaterThan(15);
  });

  test('nothing is waited at a free window, and nothing is promised where nobody serves', () => {
    const hall = new Scenario(ten);
    expect(rangeNow(hall)).toBeNull();
    hall.open(1).do('ready', { windowId: 1 });
    expect(rangeNow(hall)).toMatchObject({ q50Minutes: 0, q90Minutes: 0, ahead: 0 });
  });
});

describe('holds, no-shows and transfers', () => {
  test('8, 22: a held visit is never called, and a visitor who left is recorded as left', () => {
    const hall = new Scenario(QUIET).take('held').take('gone').open(1);
    hall.do('hold', { visitId: hall.id('held'), windowId: null, reason: 'visitor', minutes: 30 });
    hall.do('leave', { visitId: hall.id('gone') });
    expect(hall.serveAll(1)).toEqual([]);
    expect([hall.visit('held').state, hall.visit('gone').state]).toEqual(['held', 'left']);
  });

  test('16, 17: too many calls end in a no-show; a visitor who comes back has a new due', () => {
    const hall = new Scenario({
      ...QUIET,
      calls: { recallsMax: 2, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 1 },
    });
    hall.open(1).take('absent');
    hall.ready(1);
    hall.do('recall', hall.pair(1));
    hall.do('recall', hall.pair(1));
    expect(hall.refused('recall', hall.pair(1))).toBe('recalls-used');
    hall.do('no-show', hall.pair(1));
    hall.at(10).do('reactivate', { visitId: hall.id('absent') });
    expect([hall.due('absent'), hall.visit('absent').recalls]).toEqual([25, 2]);
  });

  test('18: a transfer keeps the number, and each window has its own times', () => {
    const hall = new Scenario(QUIET).open(1).open(2, { benefits: 3 }).take('anna').at(2);
    hall.ready(1);
    const { number } = hall.visit('anna');
    hall.start(1).at(4);
    hall.do('transfer', { ...hall.pair(1), serviceId: 'benefits', quantity: 1, toWindowId: null, returnHere: false });
    hall.at(5);
    hall.ready(2);
    hall.start(2).at(9).finish(2);
    expect(hall.visit('anna')).toMatchObject({ number, state: 'finished' });
    expect(
      hall.visit('anna').steps.map(({ startedAt, endedAt }) => ((endedAt ?? 0) - (startedAt ?? 0)) / MINUTE),
    ).toEqual([2, 4]);
  });
});

describe('numbers', () => {
  test('21: a quota ends them, a range wraps, and a number that a visitor holds is skipped', () => {
    const hall = new Scenario(QUIET);
    for (let visit = 1; visit <= 6; visit += 1) hall.take(`p${visit}`, 'property');
    expect(hall.refused('take', taking('property'))).toBe('quota-reached');

    for (let visit = 1; visit <= 5; visit += 1) hall.take(`b${visit}`, 'benefits');
    expect(hall.visit('b5').number).toBe('С104');
    expect(hall.refused('take', taking('benefits'))).toBe('numbers-used');
    hall.do('leave', { visitId: hall.id('b3') });
    hall.take('next', 'benefits');
    expect(hall.visit('next').number).toBe('С102');
    hall.open(1, { benefits: 3 }).serveAll(1);
    hall.take('after', 'benefits');
    expect(hall.visit('after').number).toBe('С103');
  });

  test('21: a no-show is possible only after a call', () => {
    const hall = new Scenario(QUIET).open(1).take('anna');
    expect(hall.refused('no-show', { windowId: 1, visitId: hall.id('anna') })).toBe('window-state');
  });

  test('5: the last ticket depends on who is still to be served, not on the tickets since the morning', () => {
    const hall = new Scenario({ ...QUIET, closingGraceMinutes: 0 }).open(1);
    for (let visit = 0; visit < 40; visit += 1) hall.take(`v${visit}`);
    hall.serveAll(1);
    hall.at(11 * 60);
    expect(hall.refused('take', taking('passports'))).toBeNull();
  });
});
