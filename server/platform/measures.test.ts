import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMeasures } from './measures.ts';

const ALLOWANCE = { burst: 5, perSecond: 0 };

test('however many strangers come between, nobody who goes on asking gets more than the measure', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 10, maxLength: 300 }), (turns) => {
      const measures = openMeasures(10, () => 0);
      let served = 0;
      let strangers = 0;
      for (const turn of turns) {
        // Up to four strangers, and then the one who goes on asking.
        for (let stranger = 0; stranger < turn; stranger += 1)
          measures.spend(`stranger ${(strangers += 1)}`, ALLOWANCE);
        try {
          measures.spend('who goes on', ALLOWANCE);
          served += 1;
        } catch {
          // The limit was reached: that is what is counted.
        }
      }
      expect(served).toBe(Math.min(turns.length, 5));
    }),
  );
});

test('what is kept is bounded, and who has come back after long has a full measure', () => {
  const measures = openMeasures(10, () => 0);
  for (let request = 0; request < 5; request += 1) measures.spend('one', ALLOWANCE);
  expect(() => measures.spend('one', ALLOWANCE)).toThrow('too-many-requests');
  for (let stranger = 0; stranger < 100; stranger += 1) measures.spend(`stranger ${stranger}`, ALLOWANCE);
  measures.spend('one', ALLOWANCE);
  measures.forget('one');
  for (let request = 0; request < 5; request += 1) measures.spend('one', ALLOWANCE);
  measures.giveBack('one', ALLOWANCE);
  measures.spend('one', ALLOWANCE);
  expect(() => measures.spend('one', ALLOWANCE)).toThrow('too-many-requests');
});
