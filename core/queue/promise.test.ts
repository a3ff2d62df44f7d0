import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../time/instant.ts';
import { carryOut } from './execute-command.ts';
import { attempts, command, DATE, DOORS_OPEN, play, rules } from './day.testing.ts';
import { QUIET, Scenario } from './scenario.testing.ts';
import { clockTime, firstWaitMs, laterWaitMs } from './wait-clock.ts';

const PROMISED = { ...QUIET, promise: { waitSeconds: 900, servedSeconds: 60 } };

describe('the published wait', () => {
  test('ends when a service lasts a minute', () => {
    const hall = new Scenario(PROMISED).open(1).take('anna').at(10);
    hall.ready(1);
    hall.start(1).at(11);
    hall.do('hold', { ...hall.pair(1), reason: 'visitor', minutes: 5 });
    hall.at(20).wake();
    expect(hall.waits('anna')).toEqual([10, 4]);
  });

  test('counts on over a shorter service, followed by a hold or a transfer', () => {
    const held = new Scenario(PROMISED).open(1).take('anna').at(10);
    held.ready(1);
    held.start(1).at(10, 59);
    held.do('hold', { ...held.pair(1), reason: 'visitor', minutes: 30 });
    held.at(14);
    expect(held.waits('anna')).toEqual([14, 0]);
    held.at(20).wake();
    expect(held.kinds('promise-broken')).toMatchObject([{ dueAt: DOORS_OPEN + 15 * MINUTE }]);

    const sent = new Scenario(PROMISED).open(1).take('anna').at(14);
    sent.ready(1);
    sent.at(14, 30).start(1).at(14, 50);
    sent.do('transfer', { ...sent.pair(1), serviceId: 'benefits', quantity: 1, toWindowId: null, returnHere: false });
    sent.at(15, 1).wake();
    expect(sent.kinds('promise-broken')).toHaveLength(1);
  });

  test('a window that burns through visitors in seconds ends their wait, because they were served', () => {
    const hall = new Scenario(PROMISED).open(1).take('anna').at(3);
    hall.ready(1);
    hall.start(1).at(3, 5).finish(1);
    expect(hall.waits('anna')).toEqual([3, 0]);
  });

  test('of an appointment begins with its time, or with the arrival if that is later', () => {
    const slot = DOORS_OPEN + 30 * MINUTE;
    const hall = new Scenario(PROMISED)
      .at(10)
      .take('early', 'passports', { slot })
      .at(35)
      .take('late', 'passports', { slot });
    expect([hall.due('early'), hall.due('late')]).toEqual([35, 40]);
    hall.at(40);
    expect([hall.waits('early')[0], hall.waits('late')[0]]).toEqual([10, 5]);
  });
});

describe('the promise', () => {
  test('is broken once, at 15 minutes, whenever that is noticed', () => {
    const hall = new Scenario(PROMISED).take('anna');
    hall.at(15, -1).wake();
    expect(hall.kinds('promise-broken')).toEqual([]);
    hall.at(15, 1).wake();
    hall.at(50).wake();
    expect(hall.kinds('promise-broken')).toMatchObject([
      { dueAt: DOORS_OPEN + 15 * MINUTE, at: DOORS_OPEN + 15 * MINUTE + SECOND },
    ]);
  });

  test('is kept by a call in time, and by no other thing', () => {
    const hall = new Scenario(PROMISED).open(1).take('anna').take('boris').at(14, 59);
    hall.ready(1);
    hall.at(20).wake();
    expect(hall.kinds('promise-broken').map(({ body }) => body)).toEqual([{ visitId: hall.id('boris') }]);
  });

  test('is broken also when the call that nobody answered is followed by another at the same moment', () => {
    // Nobody sits at window 1; window 2 is free when that is noticed.
    const hall = new Scenario({ ...PROMISED, readyAfterSeconds: 20, answerSeconds: 90 });
    hall.open(1).take('boris').take('anna');
    hall.ready(1);
    hall.start(1).at(13, 45).finish(1);
    hall.at(14, 10).open(2);
    hall.ready(2);
    hall.at(16).wake();
    const order = hall.events.map(({ kind }) => kind).filter((kind) => /called|withdrawn|broken/.test(kind));
    expect(order).toEqual(['visit-called', 'visit-called', 'call-withdrawn', 'promise-broken', 'visit-called']);
    expect(hall.waits('anna')[0]).toBeGreaterThan(15);
  });

  test('gives one drink, once', () => {
    const hall = new Scenario(PROMISED).take('anna').at(5).take('boris').at(16);
    expect(hall.refused('redeem', { visitId: hall.id('boris'), drink: 'tea' })).toBe('no-voucher');
    expect(hall.refused('redeem', { visitId: hall.id('anna'), drink: 'cocoa' })).toBeNull();
    expect(hall.refused('redeem', { visitId: hall.id('anna'), drink: 'tea' })).toBe('voucher-used');
  });

  test('any sequence: at most one for a visit, and exactly one when its clock passed 15 minutes', () => {
    let broken = 0;
    fc.assert(
      fc.property(attempts, (tries) => {
        const { day, events } = play(tries);
        // What came due with the last command is settled by the next.
        const woken = carryOut(day, command('wake', { day: DATE }), day.at, rules);
        if (woken.kind === 'done') events.push(...woken.events);
        for (const visit of day.visits.values()) {
          const found = events.filter(
            (event) => event.kind === 'promise-broken' && event.body.visitId === visit.visitId,
          );
          broken += found.length;
          expect(found.length).toBeLessThanOrEqual(1);
          const limit = 900 * SECOND;
          if (visit.wait.broken) expect(found).toHaveLength(1);
          if (firstWaitMs(visit.wait, clockTime(day, day.at)) > limit) expect(found).toHaveLength(1);
          if (found.length === 0)
            expect(laterWaitMs(visit.wait, clockTime(day, day.at)) <= limit || visit.steps.length > 2).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(broken).toBeGreaterThan(100);
  });
});
