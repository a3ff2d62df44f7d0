import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../time/instant.ts';
import { adviseWindows, type Risk, risksOf } from './advice.ts';
import { attempts, DOORS_OPEN, play } from './day.testing.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

const PROMISED = { ...QUIET, promise: { waitSeconds: 900, servedSeconds: 60 } };

/** How many visitors are harmed, as a person counts them: those likely to wait too long, and those whom nobody serves. */
const harmed = (risks: readonly Risk[]) =>
  Math.round(risks.reduce((sum, { pBreach }) => sum + pBreach, 0)) +
  risks.filter(({ expectedMinutes }) => expectedMinutes === null).length;

describe('the advice to open windows', () => {
  test('is given where it helps, and says how many fewer will wait too long', () => {
    const hall = new Scenario(PROMISED).open(1, { passports: 3 });
    for (let visit = 0; visit < 8; visit += 1) hall.take(`v${visit}`);
    const [advice] = adviseWindows(hall.day, hall.now, null);
    expect(advice).toMatchObject({ kind: 'open-windows', windows: 2, why: { waiting: 8, open: 1 } });
    expect(Math.round(advice?.effect.atRisk ?? 8)).toBeLessThan(Math.round(advice?.why.atRisk ?? 0));
  });

  test('is not given where it changes nothing: everybody has waited too long already', () => {
    const hall = new Scenario(PROMISED).open(1, { passports: 3 });
    for (let visit = 0; visit < 47; visit += 1) hall.take(`v${visit}`);
    hall.at(16).wake();
    expect(harmed(risksOf(hall.day, hall.now))).toBe(47);
    expect(adviseWindows(hall.day, hall.now, null)).toEqual([]);
  });

  test('is not given to a hall that does well, is empty, is stopped or has nothing to open', () => {
    const well = new Scenario(PROMISED).open(1, { passports: 3 }).take('anna');
    const empty = new Scenario(PROMISED).open(1, { passports: 3 });
    const still = new Scenario(PROMISED).open(1, { passports: 3 });
    const full = new Scenario(PROMISED).open(1).open(2).open(3, { property: 3 });
    for (let visit = 0; visit < 8; visit += 1) for (const hall of [still, full]) hall.take(`v${visit}`);
    still.do('stop-hall', { reason: 'alarm' });
    for (const { day, now } of [well, empty, still, full]) expect(adviseWindows(day, now, null)).toEqual([]);
  });

  test('names the fewest windows that help as much as all would, whatever happens in the hall', () => {
    let given = 0;
    fc.assert(
      fc.property(attempts, fc.integer({ min: 0, max: 20 }), (tries, minutes) => {
        const { day } = play(tries);
        const now = day.at + minutes * MINUTE;
        const room = [...day.windows.values()].filter(({ state }) => state === 'closed' || state === 'paused').length;
        const [advice, ...more] = adviseWindows(day, now, null);
        expect(more).toEqual([]);
        if (advice === undefined) return;
        given += 1;
        const after = (windows: number) => harmed(risksOf(day, now, windows));
        expect(advice.windows).toBeGreaterThan(0);
        expect(advice.windows).toBeLessThanOrEqual(room);
        expect(after(advice.windows)).toBeLessThan(after(0));
        expect(after(advice.windows)).toBeLessThan(after(advice.windows - 1));
        expect(advice.effect.atRisk).toBeLessThanOrEqual(advice.why.atRisk + 0.5);
        expect(advice.effect.paidMinutes).toBe(advice.windows * 20);
        expect(now).toBeGreaterThanOrEqual(DOORS_OPEN);
      }),
      { numRuns: 1_000 },
    );
    expect(given, 'the sequences get there').toBeGreaterThan(30);
  });
});
