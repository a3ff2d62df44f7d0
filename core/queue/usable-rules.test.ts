import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configurationFaults, type QueueConfiguration, readConfiguration } from './configuration.ts';
import { CONFIGURATION } from './day.testing.ts';
import { usableRules } from './usable-rules.ts';

test('rules without a fault come back as they are', () => {
  expect(usableRules(CONFIGURATION)).toEqual({ configuration: CONFIGURATION, mended: [] });
  expect(usableRules(CONFIGURATION).configuration).toBe(CONFIGURATION);
});

test('of two groups with one letter the first keeps it; the other has a free one, the same each time', () => {
  const group = (groupId: string, letter: string) => ({ groupId, letter });
  const rules = readConfiguration({
    ...CONFIGURATION,
    services: [],
    groups: [group('passports', 'П'), group('land', 'П'), group('taxes', 'А'), group('benefits', 'В')],
    windows: [],
  });
  const { configuration, mended } = usableRules(rules);
  expect(configuration.groups.map(({ letter }) => letter)).toEqual(['П', 'Г', 'А', 'В']);
  expect(mended).toEqual([{ what: 'letter', which: 'land' }]);
  expect(usableRules(rules)).toEqual({ configuration, mended });
  expect(configurationFaults(rules)).toEqual(['two service groups have the same letter']);
});

test('whatever is written, a day can begin with what is made of it, and what was right stays', () => {
  const figure = fc.oneof(fc.integer({ min: -5, max: 1_500 }), fc.constantFrom(0.5, 1e21, Number.NaN));
  const figureOrNone = fc.option(figure);
  const groupId = fc.constantFrom('a', 'b', 'c', 'd');
  const anyRules: fc.Arbitrary<QueueConfiguration> = fc
    .record({
      groups: fc.array(
        fc.record({
          groupId,
          letter: fc.constantFrom('П', 'С', 'Т', 'ПП', 'Ъ', '', 'ABC'),
          firstNumber: figure,
          lastNumber: figure,
          quota: figureOrNone,
        }),
        { maxLength: 6 },
      ),
      services: fc.array(
        fc.record({
          serviceId: fc.constantFrom('a', 'b', 's', 't'),
          groupId,
          level: fc.constantFrom(1, 2, 3),
          minutes: figure,
          off: fc.boolean(),
        }),
        { maxLength: 6 },
      ),
      windows: fc.array(fc.record({ windowId: fc.integer({ min: 1, max: 4 }), groupIds: fc.uniqueArray(groupId) }), {
        maxLength: 5,
      }),
      classes: fc.array(
        fc.record({ letter: fc.constantFrom('O', 'L', 'H'), limitMinutes: figure, weight: fc.constant(1) }),
        {
          maxLength: 4,
        },
      ),
      walkInLimitMinutes: figure,
      readyAfterSeconds: figureOrNone,
      answerSeconds: figureOrNone,
      calls: fc.record({ noShowSeconds: figureOrNone, cooldownSeconds: figure }),
      plannedWindows: fc.array(figure, { maxLength: 3 }),
    })
    .map(
      (some) => ({ ...CONFIGURATION, ...some, calls: { ...CONFIGURATION.calls, ...some.calls } }) as QueueConfiguration,
    );
  fc.assert(
    fc.property(anyRules, (rules) => {
      const { configuration, mended } = usableRules(rules);
      expect(configurationFaults(configuration)).toEqual([]);
      if (configurationFaults(rules).length === 0) expect(configuration).toBe(rules);
      for (const { groupId: id } of rules.groups)
        expect(configuration.groups.some((group) => group.groupId === id)).toBe(true);
      expect(usableRules(configuration).mended).toEqual([]);
      for (const { which } of mended) expect(which).toMatch(/^[a-z0-9-]+$/);
    }),
    { numRuns: 2_000 },
  );
});
