import { expect, test } from 'vitest';
import { safeReasons, type ExplainedCall, type SafeReason } from './explain.ts';
import fc from 'fast-check';
import { normBreaches, USUAL_NORMS } from './norms.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

test('a norm is broken while it is, and says how far', () => {
  const hall = new Scenario(QUIET);
  const breaches = () => normBreaches(hall.day, USUAL_NORMS, hall.now).map(({ norm, value }) => `${norm} ${value}`);
  expect(breaches()).toEqual([]);
  hall.take('anna');
  expect(breaches(), 'nobody can serve her').toEqual(['no-window 1']);
  hall.at(11);
  expect(breaches()).toEqual(['long-wait 11', 'no-window 1']);
  hall.open(1);
  expect(breaches()).toEqual(['long-wait 11']);
  for (const name of ['b', 'c', 'd']) hall.take(name);
  expect(breaches()).toEqual(['long-wait 11', 'long-line 4']);
  hall.do('stop-hall', { reason: 'alarm' });
  expect(breaches(), 'a stopped hall breaks no norm').toEqual([]);
});

test('a wait breaks its norm at the minute, a line with the visitor beyond', () => {
  const { waitMinutes, perWindow } = USUAL_NORMS;
  const kinds = (hall: Scenario) => normBreaches(hall.day, USUAL_NORMS, hall.now).map(({ norm }) => norm);
  const waiting = new Scenario(QUIET).open(1).take('anna');
  expect(kinds(waiting.at(waitMinutes - 1, 59))).toEqual([]);
  expect(kinds(waiting.at(waitMinutes))).toEqual(['long-wait']);
  const line = new Scenario(QUIET).open(1);
  for (let visitor = 1; visitor <= perWindow; visitor += 1) line.take(`v${visitor}`);
  expect(kinds(line)).toEqual([]);
  expect(kinds(line.take('one more'))).toEqual(['long-line']);
});

const call = (why: ExplainedCall['why'], appointment = false, byLaw = false): ExplainedCall => {
  return { at: 0, number: 'П001', windowId: 1, due: 0, why, appointment, byLaw };
};
const times = (count: number, one: ExplainedCall) => Array.from({ length: count }, () => one);
const calls = fc.array(
  fc.tuple(
    fc.constantFrom<ExplainedCall['why'][]>(
      'this-visit',
      'due-earlier',
      'same-due',
      'other-window',
      'returned',
      'picked',
    ),
    fc.boolean(),
    fc.boolean(),
  ),
  { maxLength: 30 },
);

test('a visitor is told of kinds, never of one or two people', () => {
  const said = safeReasons({
    calls: [...times(5, call('due-earlier')), ...times(4, call('due-earlier', true)), call('due-earlier', false, true)],
  });
  expect(said, 'the one by law hides among others').toEqual([
    { reason: 'waited-longer', calls: 5 },
    { reason: 'other', calls: 5 },
  ]);
  fc.assert(
    fc.property(calls, (list) => {
      const all = list.map(([why, appointment, byLaw]) => call(why, appointment, byLaw));
      const told = safeReasons({ calls: all });
      const count = all.filter(({ why }) => why !== 'this-visit').length;
      expect(told.reduce((sum, one) => sum + one.calls, 0)).toBe(count);
      const small = told.filter((one) => one.calls < 3).map(({ reason }) => reason);
      expect(small.length === 0 || (told.length === 1 && small[0] === ('other' satisfies SafeReason))).toBe(true);
    }),
  );
});
