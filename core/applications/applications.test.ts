import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { productionCalendar } from '../terms/calendar.ts';
import { RUSSIAN_YEARS } from '../terms/calendar-years.ts';
import type { Term } from '../terms/term.ts';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import { absence } from './absence.ts';
import { leavesTooLate, nextDeparture } from './departures.ts';
import { evidenceKey, missingEvidence } from './evidence.ts';
import { askedFields, factsIn, filledFrom, type FormField, formFaults } from './form.ts';
import {
  APPLICATION_STATES,
  type ApplicationState,
  isOver,
  type MoveName,
  MOVES,
  movesFrom,
  stateAfter,
} from './life.ts';
import {
  fieldsToType,
  packageConsequences,
  packageDates,
  packageFaults,
  type PackageStep,
  type PackageTemplate,
  stepLayers,
  type StepStanding,
} from './package.ts';
import { storageOf } from './storage.ts';
import { filledTemplate, templateFaults } from './template.ts';

const say = (ru: string, en = ru) => ({ ru, en });

const TODAY = '2026-02-19' as CivilDate;

describe('the life of an application', () => {
  test('what cannot be is not allowed', () => {
    expect(stateAfter('draft', 'issue')).toBeNull();
    expect(stateAfter('at-agency', 'unlock')).toBeNull();
    expect(stateAfter('issued', 'withdraw')).toBeNull();
    expect(movesFrom('at-agency')).toEqual([
      'decide-positive',
      'decide-negative',
      'suspend',
      'ask-fix',
      'return',
      'withdraw',
    ]);
  });

  test('every state is reached, and from every one an end', () => {
    const reached = new Set<ApplicationState>(['draft', 'blocked']);
    for (let before = -1; before < reached.size;) {
      before = reached.size;
      for (const state of Array.from(reached))
        for (const move of movesFrom(state)) reached.add(stateAfter(state, move) as ApplicationState);
    }
    expect([...reached].toSorted()).toEqual([...APPLICATION_STATES].toSorted());
    const ends = (state: ApplicationState, seen: readonly ApplicationState[]): boolean =>
      isOver(state) ||
      movesFrom(state).some((move) => {
        const next = stateAfter(state, move) as ApplicationState;
        return !seen.includes(next) && ends(next, [...seen, next]);
      });
    for (const state of APPLICATION_STATES) expect(ends(state, [state])).toBe(true);
  });

  test('whatever is tried, the state is one that the table allows; after the end nothing', () => {
    const moves = fc.array(fc.constantFrom(...(Object.keys(MOVES) as MoveName[])), { maxLength: 60 });
    fc.assert(
      fc.property(moves, (tried) => {
        let state: ApplicationState = 'draft';
        for (const move of tried) {
          const next = stateAfter(state, move);
          expect(next !== null).toBe(movesFrom(state).includes(move));
          if (isOver(state)) expect(next).toBeNull();
          state = next ?? state;
        }
      }),
    );
  });
});

describe('a form', () => {
  const form: readonly FormField[] = [
    {
      name: 'reason',
      label: say('Причина'),
      kind: 'choice',
      options: [
        { value: 'lost', label: say('утрата') },
        { value: 'age', label: say('возраст') },
      ],
    },
    { name: 'lostOn', label: say('Когда'), kind: 'date', when: { field: 'reason', is: ['lost'] } },
    { name: 'snils', label: say('СНИЛС'), kind: 'snils', fact: 'person.snils' },
    {
      name: 'seen',
      label: say('Где видели'),
      kind: 'text',
      when: { field: 'lostOn', is: ['2026-02-01'] },
      optional: true,
    },
  ];

  test('asks only what matters, and says what is wrong field by field', () => {
    expect(askedFields(form, { reason: 'age', lostOn: '2026-02-01' }).map(({ name }) => name)).toEqual([
      'reason',
      'snils',
    ]);
    expect(formFaults(form, { reason: 'lost', lostOn: '2026-02-30', snils: '112-233-445 96' }, TODAY)).toEqual([
      { field: 'lostOn', fault: 'no-date' },
      { field: 'snils', fault: 'checksum' },
    ]);
    expect(formFaults(form, {}, TODAY)).toEqual([
      { field: 'reason', fault: 'missing' },
      { field: 'snils', fault: 'missing' },
    ]);
  });

  test('takes what is known, never over what was written', () => {
    const known = { 'person.snils': '112-233-445 95' };
    expect(filledFrom(form, known, {})).toEqual({ snils: '112-233-445 95' });
    expect(filledFrom(form, known, { snils: '1' })).toEqual({ snils: '1' });
    expect(factsIn(form, { snils: '1', reason: 'age' })).toEqual({ 'person.snils': '1' });
    expect(fieldsToType([form, form], known, { reason: 'age' }).map(({ name }) => name)).toEqual(['reason', 'reason']);
  });
});

test('a document that must be there is missed, unless another one stands for it', () => {
  const need = (kind: string, more: object = {}) =>
    ({ kind, need: 'must', broughtBy: 'applicant', alternatives: null, ...more }) as const;
  const needs = [
    need('passport'),
    need('tickets', { alternatives: 'absence' }),
    need('letter', { alternatives: 'absence' }),
    need('debt', { broughtBy: 'agency-query' }),
    need('child', { when: { field: 'kind', is: ['child'] } }),
  ];
  const missing = (seen: string[], answers = {}) =>
    missingEvidence(needs, new Set(seen), answers).map(({ kind }) => kind);
  expect(missing([])).toEqual(['passport', 'tickets', 'letter']);
  expect(missing(['passport', 'letter'])).toEqual([]);
  expect(missing(['passport', 'letter'], { kind: 'child' })).toEqual(['child']);
  const passport = { personId: 'a', kind: 'passport', issuedOn: '2020-01-10' };
  expect(evidenceKey({ ...passport, number: '45 08 123456' })).toBe(
    evidenceKey({ ...passport, number: '4508-123456' }),
  );
});

test('scenario 32, days away: those of leaving and coming back do not count; thirty days to file', () => {
  const rule = { left: 'left', back: 'back', moreThanDays: 5, fileWithinDays: 30 };
  const away = (left: string, back: string, filed: string) => absence(rule, { left, back }, filed as CivilDate);
  const counted = { fullDays: 13, enough: true, fileBy: '2026-08-14', inTime: true };
  expect(away('2026-07-01', '2026-07-15', '2026-08-14')).toEqual(counted);
  expect(away('2026-07-01', '2026-07-15', '2026-08-15')?.inTime).toBe(false);
  expect(away('2026-07-01', '2026-07-07', '2026-07-08')).toMatchObject({ fullDays: 5, enough: false });
  expect(away('2026-07-01', '2026-07-01', '2026-07-08')).toMatchObject({ fullDays: 0, enough: false });
  expect(away('2026-07-15', '2026-07-01', '2026-07-20')).toBeNull();
  expect(away('2026-07-15', '', '2026-07-20')).toBeNull();
});

test('a template is filled in; what nobody knows is left to be written by hand', () => {
  const text = (one: string) => ({ code: 'a', name: say('a'), text: { ru: one, en: one }, withAnswers: false });
  const fields = new Set(['childName']);
  expect(templateFaults(text('{applicant} {answer:childName}'), fields)).toEqual([]);
  expect(templateFaults(text('{aplicant} {answer:child} {}'), fields)).toEqual(['aplicant', 'answer:child', '']);
  const filled = filledTemplate(
    'От {applicant}: {answer:childName}, {day}',
    { applicant: 'Ивановой' },
    { childName: '{day}' },
  );
  expect(filled).toBe('От Ивановой: {day}, _______________');
});

test('the next courier leaves later than now, in local time; a paper that comes in that minute is too late', () => {
  const zone = 'Europe/Moscow' as TimeZone;
  const at = (day: string, time: string) => instantOf(day as CivilDate, time as never, zone);
  const weekdays = [1, 2, 3, 4, 5] as const;
  const departures = weekdays.map((weekday) => ({ agencyId: 'mvd', weekday, leavesAt: '16:00' as never }));
  const next = (day: string, time: string) => nextDeparture(departures, 'mvd', at(day, time), zone);
  expect(next('2026-02-19', '15:59')).toBe(at('2026-02-19', '16:00'));
  expect(next('2026-02-19', '16:00')).toBe(at('2026-02-20', '16:00'));
  expect(next('2026-02-20', '16:30')).toBe(at('2026-02-23', '16:00'));
  expect(nextDeparture(departures, 'zags', at('2026-02-19', '10:00'), zone)).toBeNull();
  expect(nextDeparture(departures.slice(0, 1), 'mvd', at('2026-02-16', '16:00'), zone)).toBe(at('2026-02-23', '16:00'));
  expect(leavesTooLate(at('2026-02-20', '16:00'), '2026-02-19' as CivilDate, zone)).toBe(true);
  expect(leavesTooLate(at('2026-02-19', '16:00'), '2026-02-19' as CivilDate, zone)).toBe(false);
});

test('a result waits for its days, and people are reminded', () => {
  expect(storageOf('2026-04-10', 30)).toEqual({ lastDay: '2026-05-10', reminders: ['2026-05-03', '2026-05-09'] });
  expect(storageOf('2026-04-10', 3).reminders).toEqual(['2026-04-12']);
});

describe('a package', () => {
  const step = (stepId: string, ...needs: string[]): PackageStep => ({
    stepId,
    serviceId: stepId,
    variant: 'usual',
    name: say(stepId),
    usual: true,
    needs: needs.map((id) => ({ step: id, evidence: id, facts: [] })),
  });
  const newborn: PackageTemplate = {
    name: say('Рождение ребёнка'),
    facts: [],
    steps: [
      step('birth'),
      step('home', 'birth'),
      step('capital', 'birth'),
      step('benefit', 'birth', 'home'),
      step('gift', 'birth'),
    ],
  };
  const standing = (states: Readonly<Record<string, ApplicationState>>, refused: readonly string[] = []) =>
    new Map<string, StepStanding>(
      Object.entries(states).map(([id, state]) => [id, { state, refused: refused.includes(id) }]),
    );
  const following = (states: Readonly<Record<string, ApplicationState>>, refused: readonly string[] = []) =>
    packageConsequences(newborn, standing(states, refused)).map(({ stepId, move }) => `${stepId} ${move}`);

  test('a result unlocks what needs it, and nothing else', () => {
    expect(following({ birth: 'issued', home: 'blocked', capital: 'blocked', benefit: 'blocked' })).toEqual([
      'home unlock',
      'capital unlock',
    ]);
    expect(following({ birth: 'at-agency', home: 'blocked' })).toEqual([]);
    expect(following({ birth: 'issued', home: 'ready', benefit: 'blocked' })).toEqual(['benefit unlock']);
  });

  test('a refusal cancels what hangs on it, however far, and touches nothing else', () => {
    expect(following({ birth: 'decided-negative', home: 'blocked', benefit: 'blocked' }, ['birth'])).toEqual([
      'home cancel-dependent',
      'benefit cancel-dependent',
    ]);
    // A refusal on paper that has been issued is still a refusal.
    expect(following({ birth: 'issued', home: 'blocked' }, ['birth'])).toEqual(['home cancel-dependent']);
    expect(following({ birth: 'issued', gift: 'decided-negative', home: 'at-agency' }, ['gift'])).toEqual([]);
  });

  test('has dates as a whole', () => {
    const days = (count: number, unit: Term['unit']): Term => ({ count, unit, starts: 'next-working-day' });
    const terms: Readonly<Record<string, Term>> = {
      birth: days(0, 'same-visit'),
      home: days(6, 'calendar-day'),
      capital: days(5, 'working-day'),
      benefit: days(10, 'working-day'),
      gift: days(10, 'working-day'),
    };
    const calendar = productionCalendar(RUSSIAN_YEARS);
    const dates = packageDates(newborn.steps, ({ stepId }) => terms[stepId] ?? null, calendar, '2026-04-28');
    expect(dates.get('home')).toEqual({ begins: '2026-04-28', lastDay: '2026-05-04' });
    expect(dates.get('capital')?.lastDay).toBe('2026-05-06');
    expect(dates.get('benefit')).toEqual({ begins: '2026-05-04', lastDay: '2026-05-19' });
  });

  test('is drawn in columns; what is wrong with a template is said', () => {
    expect(stepLayers(newborn.steps).map((layer) => layer.map(({ stepId }) => stepId))).toEqual([
      ['birth'],
      ['home', 'capital', 'gift'],
      ['benefit'],
    ]);
    const faulty = { ...newborn, steps: [step('a', 'b'), step('b', 'a'), step('c', 'nowhere'), step('c')] };
    expect(packageFaults(faulty, (id) => (id === 'b' ? null : []))).toEqual([
      { kind: 'step-twice', step: 'c' },
      { kind: 'unknown-step', step: 'c', name: 'nowhere' },
      { kind: 'unknown-service', step: 'b', name: 'b' },
      { kind: 'circle', step: 'a' },
      { kind: 'circle', step: 'b' },
    ]);
  });

  test('in whatever order results come, every step ends unlocked or cancelled', () => {
    const outcome = fc.record({ good: fc.boolean(), order: fc.nat() });
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 5, maxLength: 5 }), (outcomes) => {
        const states = new Map<string, StepStanding>(
          newborn.steps.map(({ stepId, needs }) => [
            stepId,
            { state: needs.length > 0 ? 'blocked' : 'draft', refused: false },
          ]),
        );
        for (let round = 0; round < 12; round += 1) {
          const open = newborn.steps.filter(({ stepId }) => states.get(stepId)?.state === 'draft');
          const next = open.toSorted(
            (a, b) =>
              (outcomes[newborn.steps.indexOf(a)]?.order ?? 0) - (outcomes[newborn.steps.indexOf(b)]?.order ?? 0),
          )[0];
          if (next !== undefined) {
            const { good } = outcomes[newborn.steps.indexOf(next)] as { good: boolean };
            states.set(next.stepId, { state: 'issued', refused: !good });
          }
          for (const { stepId, move } of packageConsequences(newborn, states))
            states.set(stepId, { state: move === 'unlock' ? 'draft' : 'cancelled', refused: false });
        }
        expect([...states.values()].every(({ state }) => state === 'issued' || state === 'cancelled')).toBe(true);
      }),
    );
  });
});
