import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../time/instant.ts';
import { carryOut } from './execute-command.ts';
import { unopenedDay } from './day.ts';
import { command, DOORS_OPEN, KEY, opening, rules as usual, taking } from './day.testing.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

describe('several services in one visit', () => {
  const both = {
    services: [
      { serviceId: 'passports', quantity: 1 },
      { serviceId: 'benefits', quantity: 2 },
    ],
  };

  test('go on at the same window when it may give them', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3, benefits: 3 }).take('anna', 'passports', both);
    hall.at(1);
    hall.ready(1);
    hall.at(2).start(1);
    hall.at(7).finish(1);
    expect(hall.visit('anna')).toMatchObject({ state: 'serving', groupId: 'benefits', windowId: 1 });
    hall.at(12).finish(1);
    expect(hall.visit('anna').state).toBe('finished');
    expect(hall.visit('anna').steps.map(({ serviceId, quantity, outcome }) => [serviceId, quantity, outcome])).toEqual([
      ['passports', 1, 'done'],
      ['benefits', 2, 'done'],
    ]);
    expect(hall.waits('anna')).toEqual([1, 0]);
  });

  test('wait for another window otherwise, with their due and a wait of their own', () => {
    const hall = new Scenario(QUIET).open(1).open(2, { benefits: 1 }).take('anna', 'passports', both);
    hall.at(4);
    hall.ready(1);
    hall.start(1).at(10).finish(1);
    expect(hall.visit('anna')).toMatchObject({ state: 'waiting', groupId: 'benefits' });
    expect(hall.due('anna')).toBe(15);
    hall.at(13);
    expect(hall.ready(2)).toBe('anna');
    expect(hall.waits('anna')).toEqual([4, 3]);
  });

  test('may be added at the window, and what was really given is what is recorded', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3, benefits: 3 }).take('anna');
    hall.ready(1);
    hall.start(1);
    hall.do('add-service', { ...hall.pair(1), serviceId: 'benefits', quantity: 1 });
    expect(hall.refused('add-service', { ...hall.pair(1), serviceId: 'subsidy', quantity: 1 })).toBe('service-off');
    hall.do('finish', {
      ...hall.pair(1),
      given: { serviceId: 'passport-14', quantity: 3 },
      outcome: 'documents-missing',
    });
    expect(hall.visit('anna').steps[0]).toMatchObject({
      serviceId: 'passport-14',
      quantity: 3,
      outcome: 'documents-missing',
    });
    expect(hall.visit('anna').state).toBe('serving');
  });
});

describe('a hold', () => {
  test('that the visitor asked for does not count as a wait, and its due is never in the past', () => {
    const hall = new Scenario(QUIET).take('anna').take('boris').at(4);
    hall.do('hold', { visitId: hall.id('anna'), windowId: null, reason: 'visitor', minutes: 20 });
    hall.at(30).wake();
    const [back] = hall.kinds('visit-back');
    expect(back).toMatchObject({ dueAt: DOORS_OPEN + 24 * MINUTE, at: DOORS_OPEN + 30 * MINUTE });
    expect(hall.due('anna')).toBe(24);
    expect(hall.waits('anna')).toEqual([4 + 6, 0]);
  });

  test('of ours counts, and keeps the due', () => {
    const hall = new Scenario(QUIET).open(1).take('anna');
    hall.ready(1);
    hall.start(1).at(5);
    hall.do('hold', { ...hall.pair(1), reason: 'ours', minutes: 10 });
    hall.at(16).wake();
    expect(hall.due('anna')).toBe(15);
    expect(hall.waits('anna')).toEqual([0, 11]);
  });

  test('that the visitor ends themselves after their due moves the due to that moment, and one of ours does not', () => {
    const backAt20 = (reason: 'visitor' | 'ours') => {
      const hall = new Scenario(QUIET).take('anna').take('boris').at(4);
      hall.do('hold', { visitId: hall.id('anna'), windowId: null, reason, minutes: 60 });
      hall.at(20).do('back', { visitId: hall.id('anna') });
      return [hall.due('anna'), ...hall.open(1).serveAll(1)];
    };
    expect(backAt20('visitor')).toEqual([20, 'boris', 'anna']);
    expect(backAt20('ours')).toEqual([15, 'anna', 'boris']);
  });

  test('is never called by a window, but ends early when the visitor is back', () => {
    const hall = new Scenario(QUIET).open(1).take('anna');
    hall.do('hold', { visitId: hall.id('anna'), windowId: null, reason: 'visitor', minutes: 60 });
    expect(hall.at(5).ready(1)).toBeNull();
    hall.at(6).do('back', { visitId: hall.id('anna') });
    expect(hall.called(1)).toBe('anna');
  });
});

describe('a transfer', () => {
  test('keeps number and due, and comes back to the first window', () => {
    const hall = new Scenario(QUIET).open(1).open(2, { benefits: 3 }).take('anna');
    hall.ready(1);
    const { number } = hall.visit('anna');
    hall.start(1).at(3);
    const side = { serviceId: 'benefits', quantity: 1, toWindowId: null, returnHere: true };
    hall.do('transfer', { ...hall.pair(1), ...side });
    expect(hall.due('anna')).toBe(15);
    hall.at(4);
    expect(hall.ready(2)).toBe('anna');
    hall.start(2).at(8).finish(2);
    hall.take('boris').at(9);
    expect(hall.ready(1), 'anna is due earlier').toBe('anna');
    expect(hall.visit('anna').number).toBe(number);
    expect(hall.visit('anna').steps.map(({ windowId }) => windowId)).toEqual([1, 2, 1]);
  });

  test('that waits too long for its window may be called by any', () => {
    const hall = new Scenario(QUIET).open(1).open(2, { passports: 3, benefits: 3 }).take('anna');
    hall.ready(1);
    hall.start(1).at(3);
    hall.do('transfer', { ...hall.pair(1), serviceId: 'benefits', quantity: 1, toWindowId: null, returnHere: true });
    hall.at(4);
    expect(hall.ready(2)).toBe('anna');
    hall.start(2).at(8).finish(2);
    hall.at(9).do('ready', { windowId: 2 });
    expect(hall.called(2), 'only window 1 may call her').toBeNull();
    hall.at(13).wake();
    expect(hall.kinds('visit-unbound')).toMatchObject([{ dueAt: DOORS_OPEN + 13 * MINUTE }]);
    expect(hall.called(2)).toBe('anna');
  });

  test('to a named specialist goes only back to the one who served this visit', () => {
    const hall = new Scenario(QUIET).open(1).open(2).open(3, { property: 3 }).take('anna');
    hall.ready(1);
    hall.start(1).at(3);
    const to = (toWindowId: number) => ({ serviceId: 'passports', quantity: 1, toWindowId, returnHere: false });
    expect(hall.refused('transfer', { ...hall.pair(1), ...to(2) })).toBe('transfer-not-back');
    hall.do('transfer', { ...hall.pair(1), serviceId: 'property', quantity: 1, toWindowId: null, returnHere: false });
    hall.at(4);
    hall.ready(3);
    hall.start(3).at(6);
    expect(hall.refused('transfer', { ...hall.pair(3), ...to(2) })).toBe('transfer-not-back');
    expect(hall.refused('transfer', { ...hall.pair(3), ...to(1) })).toBeNull();
    hall.at(7);
    expect(hall.ready(1)).toBe('anna');
  });

  test('is not back once another specialist sits at that window', () => {
    const hall = new Scenario(QUIET).open(1).open(3, { property: 3 }).take('anna');
    hall.ready(1);
    hall.start(1).at(3);
    hall.do('transfer', { ...hall.pair(1), serviceId: 'property', quantity: 1, toWindowId: null, returnHere: false });
    hall.do('close-window', { windowId: 1 });
    hall.open(1, { passports: 3 }, 'another').at(4);
    hall.ready(3);
    hall.start(3);
    const back = { serviceId: 'passports', quantity: 1, toWindowId: 1, returnHere: false };
    expect(hall.refused('transfer', { ...hall.pair(3), ...back })).toBe('transfer-not-back');
  });
});

describe('a no-show', () => {
  const rules = { ...QUIET, calls: { recallsMax: 1, cooldownSeconds: 20, noShowSeconds: 120, returnsMax: 1 } };

  test('has time to walk, is called once more, and happens by itself', () => {
    const hall = new Scenario(rules).open(1).take('anna').at(1);
    hall.ready(1);
    expect(hall.at(1, 19).refused('no-show', hall.pair(1))).toBe('too-soon');
    expect(hall.refused('recall', hall.pair(1))).toBe('too-soon');
    hall.at(1, 30).do('recall', hall.pair(1));
    expect(hall.at(1, 55).refused('recall', hall.pair(1))).toBe('recalls-used');
    hall.at(9).wake();
    expect(hall.kinds('visit-no-show')).toMatchObject([{ dueAt: DOORS_OPEN + 3 * MINUTE + 30 * SECOND }]);
    expect(hall.day.windows.get(1)?.state).toBe('not-ready');
  });

  test('comes back due by the minutes of the class from then, its clock going on, and not for ever', () => {
    const hall = new Scenario(rules).open(1).take('anna', 'passports', { classLetter: 'L' }).at(2);
    hall.ready(1);
    hall.at(4).wake();
    hall.at(20).do('reactivate', { visitId: hall.id('anna') });
    expect(hall.due('anna')).toBe(25);
    hall.at(23);
    expect(hall.waits('anna')).toEqual([5, 0]);
    hall.ready(1);
    hall.at(26).wake();
    expect(hall.refused('reactivate', { visitId: hall.id('anna') })).toBe('returns-used');
    expect(hall.visit('anna').state).toBe('no-show');
  });
});

describe('a remote ticket', () => {
  test('is off by default', () => {
    const hall = new Scenario({ ...QUIET, remoteTickets: false });
    expect(hall.refused('take', { ...TAKE, remote: true })).toBe('remote-off');
  });

  test('waits only from the check-in, keeps its due, and is void when nobody comes by then', () => {
    const hall = new Scenario(QUIET).open(1).take('home', 'passports', { remote: true }).at(1).take('hall');
    expect(hall.ready(1), 'who is at home is not called').toBe('hall');
    hall.at(10).do('check-in', { visitId: hall.id('home') });
    expect(hall.due('home')).toBe(15);
    hall.at(12);
    expect(hall.waits('home')).toEqual([2, 0]);
    hall.take('late', 'passports', { remote: true });
    hall.at(60).wake();
    expect(hall.visit('late').state).toBe('no-show');
    expect(hall.refused('check-in', { visitId: hall.id('late') })).toBe('visit-state');
  });
});

test('leaving is undone for five minutes, with the old number and due; then, and for a visitor who never came, it is final', () => {
  const undone = (minutes: number, seconds: number) => {
    const hall = new Scenario(QUIET).take('anna').at(2);
    hall.do('leave', { visitId: hall.id('anna') });
    const code = hall.at(2 + minutes, seconds).refused('reactivate', { visitId: hall.id('anna') });
    return code ?? hall.due('anna');
  };
  expect([undone(1, 0), undone(5, 0), undone(5, 1)]).toEqual([15, 15, 'left-for-good']);
  const remote = new Scenario(QUIET).take('boris', 'passports', { remote: true });
  remote.do('leave', { visitId: remote.id('boris') });
  expect(remote.refused('reactivate', { visitId: remote.id('boris') })).toBe('left-for-good');
});

test('before the doors open there are tickets only from afar and for appointments', () => {
  const slot = DOORS_OPEN + 70 * MINUTE;
  const early = { ...opening, doorsOpen: DOORS_OPEN + 60 * MINUTE };
  const take = (minute: number, more: Parameters<typeof taking>[1]) => {
    const day = unopenedDay(KEY);
    carryOut(day, command('open-day', early), DOORS_OPEN, usual);
    const outcome = carryOut(day, command('take', taking('passports', more)), DOORS_OPEN + minute * MINUTE, usual);
    return outcome.kind === 'refused' ? outcome.problem.code : outcome.kind;
  };
  expect([take(59, {}), take(60, {})]).toEqual(['doors-not-open', 'done']);
  expect([take(59, { slot }), take(59, { remote: true })]).toEqual(['done', 'done']);
});

test('a visitor who leaves is recorded as left, not served', () => {
  const hall = new Scenario(QUIET).open(1).take('anna').take('boris');
  hall.do('leave', { visitId: hall.id('anna') });
  expect(hall.visit('anna').state).toBe('left');
  expect(hall.ready(1)).toBe('boris');
  expect(hall.refused('leave', { visitId: hall.id('anna') })).toBe('visit-state');
  expect(hall.refused('start', { windowId: 1, visitId: hall.id('anna') })).toBe('visit-not-here');
});

test('wait, walk and service are three durations', () => {
  const hall = new Scenario(QUIET).open(1).take('anna').at(6);
  hall.ready(1);
  hall.at(7).start(1);
  hall.at(20).finish(1);
  const [step] = hall.visit('anna').steps;
  expect(hall.waits('anna')).toEqual([6, 0]);
  expect([(step?.startedAt ?? 0) - (step?.calledAt ?? 0), (step?.endedAt ?? 0) - (step?.startedAt ?? 0)]).toEqual([
    1 * MINUTE,
    13 * MINUTE,
  ]);
});

const TAKE = {
  services: [{ serviceId: 'passports', quantity: 1 }],
  persons: 1,
  classLetter: 'O',
  language: 'ru',
  slot: null,
};
