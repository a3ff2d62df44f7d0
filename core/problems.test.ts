import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { configurationFaults, readConfiguration } from './queue/configuration.ts';
import { CONFIGURATION } from './queue/day.testing.ts';
import { catalogue } from './problem-catalogue.ts';
import { bookingProblems } from './problem-catalogue-booking.ts';
import { caseProblems } from './problem-catalogue-cases.ts';
import { packageProblems } from './problem-catalogue-packages.ts';
import { networkProblems } from './problem-catalogue-network.ts';
import { peopleProblems } from './problem-catalogue-people.ts';
import { planningProblems } from './problem-catalogue-planning.ts';
import { nodeProblems } from './problem-catalogue-node.ts';
import { paperProblems } from './problem-catalogue-papers.ts';
import { personProblems } from './problem-catalogue-persons.ts';
import { screenProblems } from './problem-catalogue-screens.ts';
import { type Problem, problem, ProblemError, sentenceOf, statusOf } from './problems.ts';

/** Values of parameters that a sentence puts into words. */
const examples: Readonly<Record<string, unknown>> = {
  state: 'serving',
  is: 'booked',
  action: 'ready',
  kind: 'demo',
  wanted: 'demo',
  reason: 'alarm',
  drink: 'tea',
  right: 'serve',
  groupIds: ['passports', 'benefits'],
  skills: [{ groupId: 'passports', level: 2 }],
  said: [{ letter: 'П', level: 2 }],
  letters: ['П', 'С'],
  name: { ru: 'Площадка', en: 'Pad' },
  allowed: ['register'],
  fields: [{ field: 'snils', label: { ru: 'СНИЛС', en: 'insurance number' }, fault: 'checksum' }],
  documents: [{ kind: 'passport', name: { ru: 'паспорт', en: 'passport' } }],
  steps: ['passport'],
  since: '2026-02-19',
  faults: ['birth: circle'],
  signers: [{ ru: 'Второй заявитель', en: 'The other applicant' }],
  barcodes: ['000000000017'],
};
/** What programs call things by, and no person does. */
const BARE_ID = '3f0c9a52-6c1b-4e86-9d43-0a8d5f2f7c11';
const BARE_NAME = 'parking-permit';
const BARE_DAY = '2026-02-19';
/** Numbers of centres, windows and districts are what people call them by. */
const BARE_IDS = /^(?!(centre|window|district)Id$).*Ids?$/;
const BARE_DAYS = new Set(['day', 'today', 'from', 'since', 'until', 'issuedOn', 'what']);
const BARE_TEXTS = new Set(['variant', 'kind', 'kinds', 'scope']);
/** Here the server gives times and places in words already. */
const OWN_WORDING = { 'booking-early': true };
/** `state` is one of an application here, and one of a visit elsewhere. */
const ownExamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'move-not-allowed': { state: 'draft' },
  'passport-faulty': { faults: [{ path: 'variants.usual.absence', named: 'left' }] },
  'file-not-clean': { state: 'waiting' },
  'number-faulty': { field: 'СНИЛС', reason: 'placeholder' },
  'identity-expired': { whose: 'applicant' },
  'mandate-expired': { until: '2020-01-01' },
  'evidence-unknown': { kinds: [BARE_NAME] },
  'evidence-too-old': { name: { ru: 'Справка', en: 'Certificate' }, days: 30, issuedOn: '2026-01-01' },
  'payment-missing': { charges: [{ uin: '0', amount: 30_000 }] },
  'service-elsewhere': { kinds: ['flagship'] },
  'role-keeps-rights': { rights: ['give-tickets'] },
};

describe('every problem', () => {
  test.each(Object.keys(catalogue) as (keyof typeof catalogue)[])(
    '%s has a status and a sentence in both languages',
    (code) => {
      const params = new Proxy(
        {},
        {
          get: (_, name) => ownExamples[code]?.[String(name)] ?? examples[String(name)] ?? 7,
        },
      );
      const found = { code, params } as unknown as Problem;
      expect(statusOf(code)).toBeGreaterThanOrEqual(400);
      expect(sentenceOf(found, 'ru')).toMatch(/[а-я]{3}.*[.!]$/s);
      expect(sentenceOf(found, 'en')).toMatch(/^[^а-яё]*[.!]$/s);
    },
  );

  test.each(Object.keys(catalogue) as (keyof typeof catalogue)[])(
    '%s names nothing by its id, and no day in ISO',
    (code) => {
      const params = new Proxy(
        {},
        {
          get: (_, key) => {
            const name = String(key);
            const own = ownExamples[code]?.[name] ?? examples[name];
            if (BARE_DAYS.has(name) && !(code in OWN_WORDING)) return BARE_DAY;
            if (BARE_IDS.test(name)) return name.endsWith('s') ? [BARE_ID, BARE_NAME] : BARE_ID;
            return own ?? (BARE_TEXTS.has(name) && !(code in OWN_WORDING) ? BARE_NAME : 7);
          },
        },
      );
      const found = { code, params } as unknown as Problem;
      for (const language of ['ru', 'en'] as const)
        expect(sentenceOf(found, language)).not.toMatch(/\d{4}-\d{2}-\d{2}|[\da-f]{8}-[\da-f]{4}-|parking-permit/);
    },
  );

  test('a day is said in the words of the language', () => {
    const closed = problem('centre-closed', { day: '2026-02-09' });
    expect(sentenceOf(closed, 'ru')).toContain('Центр 9 февраля 2026 года не работает');
    expect(sentenceOf(closed, 'en')).toContain('closed on 9 February 2026');
  });

  test('is thrown with its English sentence', () => {
    expect(new ProblemError(problem('unknown-centre', { centreId: 7 })).message).toContain('There is no centre 7');
  });
});

describe('canonical JSON', () => {
  test('is one spelling, whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, true, null], a: 'Ё"\n' })).toBe('{"a":"Ё\\"\\n","b":[1,true,null]}');
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  });

  test('holds no fractions', () => {
    expect(() => canonicalJson({ a: 0.5 })).toThrow(RangeError);
  });
});

describe('a configuration', () => {
  test('may be used when nothing is wrong with it', () => {
    expect(configurationFaults(CONFIGURATION)).toEqual([]);
  });

  test('names everything that is wrong', () => {
    const broken = {
      walkInLimitMinutes: 0,
      readyAfterSeconds: -1,
      groups: [
        { groupId: 'a', letter: 'Ё' },
        { groupId: 'a', letter: 'Ё' },
      ],
      windows: [
        { windowId: 1, groupIds: ['b'] },
        { windowId: 1, groupIds: [] },
      ],
    };
    expect(configurationFaults(readConfiguration(broken))).toHaveLength(9);
  });
});

test('no two parts of the catalogue have a problem of the same name: one of the sentences would never be read', () => {
  const names = [
    peopleProblems,
    networkProblems,
    planningProblems,
    bookingProblems,
    caseProblems,
    packageProblems,
    screenProblems,
    nodeProblems,
    paperProblems,
    personProblems,
  ].flatMap((part) => Object.keys(part));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a number and its word go together, in both languages', () => {
  const said = (count: number) => [
    sentenceOf(problem('visits-open', { visits: count }), 'ru'),
    sentenceOf(problem('visits-open', { visits: count }), 'en'),
  ];
  expect(said(1).join(' ')).toMatch(/ещё 1 посетитель\. .*still 1 visitor in/);
  expect(said(2).join(' ')).toMatch(/ещё 2 посетителя\. .*still 2 visitors in/);
  expect(said(11)[0]).toContain('ещё 11 посетителей.');
  expect(said(21)[0]).toContain('ещё 21 посетитель.');
  const wrong =
    /(^|[^0-9])(1|21) (посетителей|минут|знаков|дней|получасов)( |\.)|(^|[^0-9])[234] (посетителей|минут|получасов)( |\.)/;
  for (const [code, { ru }] of Object.entries(catalogue))
    for (const count of [1, 2, 21]) {
      const all = new Proxy({}, { get: (_, name) => (name in examples ? examples[name as string] : count) });
      const sentence = (() => {
        try {
          return (ru as (params: unknown) => string)(all);
        } catch {
          return '';
        }
      })();
      expect(sentence, code).not.toMatch(wrong);
    }
});
