import type { ProductionCalendar } from '../terms/calendar.ts';
import { type Term, termDays } from '../terms/term.ts';
import { type CivilDate } from '../time/civil.ts';
import { type Answers, askedFields, type Condition, type FormField, holds } from './form.ts';
import type { ApplicationState, MoveName } from './life.ts';

type Words = { readonly ru: string; readonly en: string };

/** What a step takes from the result of another. */
export interface StepNeed {
  readonly step: string;
  /** The kind of document that the result is to this step; null: it only has to be there. */
  readonly evidence: string | null;
  /** The facts that the result brings. */
  readonly facts: readonly string[];
}

/** One service within a package. */
export interface PackageStep {
  readonly stepId: string;
  readonly serviceId: string;
  readonly variant: string;
  readonly name: Words;
  /** Taken unless it is asked for; else only when it is. */
  readonly usual: boolean;
  readonly needs: readonly StepNeed[];
  /** Offered only when a fact of the package has one of these values. */
  readonly when?: Condition;
}

/** Services that hang together: the template from which a package of one person is made. */
export interface PackageTemplate {
  readonly name: Words;
  /** What is asked once for the whole package. */
  readonly facts: readonly FormField[];
  readonly steps: readonly PackageStep[];
}

export type PackageFault =
  | { readonly kind: 'step-twice' | 'circle'; readonly step: string }
  | {
      readonly kind: 'unknown-step' | 'unknown-service' | 'unknown-field' | 'unknown-fact';
      readonly step: string;
      readonly name: string;
    }
  | { readonly kind: 'unused-field'; readonly field: string };

/** The form of a variant of a service; null where there is no such. */
export type FormOf = (serviceId: string, variant: string) => readonly FormField[] | null;

/**
 * What is wrong with a template; nothing when it can be used. Facts have to agree with forms: what a result brings is a fact of the form
 * that takes it, what is asked for the package is taken by a form or decides on a step, and a condition names a field of the package.
 */
export function packageFaults(template: PackageTemplate, formOf: FormOf): PackageFault[] {
  const { steps } = template;
  const ids = new Set(steps.map(({ stepId }) => stepId));
  const twice = steps.filter(({ stepId }, index) => steps.findIndex((one) => one.stepId === stepId) < index);
  return [
    ...twice.map(({ stepId }) => ({ kind: 'step-twice', step: stepId }) as const),
    ...steps.flatMap(({ stepId, needs }) =>
      needs
        .filter(({ step }) => !ids.has(step))
        .map(({ step }) => ({ kind: 'unknown-step', step: stepId, name: step }) as const),
    ),
    ...steps
      .filter(({ serviceId, variant }) => formOf(serviceId, variant) === null)
      .map(({ stepId, serviceId }) => ({ kind: 'unknown-service', step: stepId, name: serviceId }) as const),
    ...inCircles(steps).map((step) => ({ kind: 'circle', step }) as const),
    ...factFaults(template, formOf),
  ];
}

function factFaults({ facts, steps }: PackageTemplate, formOf: FormOf): PackageFault[] {
  const names = new Set(facts.flatMap(({ name, fact = name }) => [name, fact]));
  const conditions = new Set(steps.flatMap(({ when }) => when?.field ?? []));
  const taken = new Map(
    steps.map(({ stepId, serviceId, variant }) => [
      stepId,
      new Set((formOf(serviceId, variant) ?? []).flatMap(({ fact }) => fact ?? [])),
    ]),
  );
  const isTaken = (fact: string) => [...taken.values()].some((known) => known.has(fact));
  return [
    ...steps.flatMap(({ stepId: step, when }) =>
      when === undefined || names.has(when.field) ? [] : [{ kind: 'unknown-field', step, name: when.field } as const],
    ),
    ...steps.flatMap(({ stepId: step, serviceId, variant, needs }) =>
      formOf(serviceId, variant) === null
        ? []
        : [...new Set(needs.flatMap((need) => need.facts))]
            .filter((fact) => taken.get(step)?.has(fact) !== true)
            .map((name) => ({ kind: 'unknown-fact', step, name }) as const),
    ),
    ...facts
      .filter(({ name, fact }) => !conditions.has(name) && !conditions.has(fact ?? name) && !isTaken(fact ?? name))
      .map(({ name }) => ({ kind: 'unused-field', field: name }) as const),
  ];
}

/** Facts as a package keeps them: what was given under the name of a field is kept under the fact that it is. */
export function keptFacts({ facts: fields }: Pick<PackageTemplate, 'facts'>, given: Answers): Answers {
  const factOf = new Map(fields.map(({ name, fact = name }) => [name, fact]));
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [factOf.get(name) ?? name, value]));
}

/** The facts that a step gets only from results of other steps of the package: until those are there nobody knows them. */
export function awaitedFacts({ needs }: PackageStep, taken: { has(stepId: string): boolean }): Set<string> {
  return new Set(needs.filter(({ step }) => taken.has(step)).flatMap(({ facts }) => facts));
}

/** The kinds of documents that a step gets only from results of other steps of the package. */
export function awaitedEvidence({ needs }: PackageStep, taken: { has(stepId: string): boolean }): Set<string> {
  return new Set(needs.filter(({ step }) => taken.has(step)).flatMap(({ evidence }) => evidence ?? []));
}

/**
 * The value of a fact after a result. What is to become of a fact is known under a name of its own before (`person.newFullName`); with the
 * result it is so (`person.fullName`).
 */
export function factAfterResult(fact: string, known: Answers): string | undefined {
  const place = fact.lastIndexOf('.') + 1;
  const hoped = `${fact.slice(0, place)}new${fact.charAt(place).toUpperCase()}${fact.slice(place + 1)}`;
  return known[fact] ?? known[hoped];
}

/** The steps in the order in which they can be done: each column needs only columns before it. */
export function stepLayers(steps: readonly PackageStep[]): PackageStep[][] {
  const layers: PackageStep[][] = [];
  const placed = new Set<string>();
  let left = [...steps];
  while (left.length > 0) {
    const next = left.filter(({ needs }) =>
      needs.every(({ step }) => placed.has(step) || !steps.some(({ stepId }) => stepId === step)),
    );
    if (next.length === 0) return layers;
    for (const { stepId } of next) placed.add(stepId);
    layers.push(next);
    left = left.filter((one) => !next.includes(one));
  }
  return layers;
}

/** The steps that depend on the result of a step. */
type Source = 'has-result' | 'has-none' | 'open';

const WITH_RESULT: ReadonlySet<ApplicationState> = new Set(['ready', 'issued', 'unclaimed']);
const WITHOUT_RESULT: ReadonlySet<ApplicationState> = new Set([
  'acceptance-refused',
  'decided-negative',
  'returned',
  'withdrawn',
  'closed',
  'cancelled',
]);

/** Steps as they stand: what a step is, and whether its result is a refusal. */
export interface StepStanding {
  readonly state: ApplicationState;
  readonly refused: boolean;
}

function sourceOf(standing: StepStanding | undefined): Source {
  // What is not part of this package is there already, or the step could not have been taken.
  if (standing === undefined) return 'has-result';
  if (standing.refused || WITHOUT_RESULT.has(standing.state)) return 'has-none';
  return WITH_RESULT.has(standing.state) ? 'has-result' : 'open';
}

/** True when a step has everything that it needs of others. */
export function isUnlocked(step: PackageStep, standings: ReadonlyMap<string, StepStanding>): boolean {
  return step.needs.every((need) => sourceOf(standings.get(need.step)) === 'has-result');
}

/** The results that a step still waits for. */
export function waitsFor(step: PackageStep, standings: ReadonlyMap<string, StepStanding>): string[] {
  return step.needs.filter((need) => sourceOf(standings.get(need.step)) !== 'has-result').map(({ step: id }) => id);
}

/**
 * What follows from how the steps stand: blocked ones whose results are all there can go on, those whose result will never come are
 * cancelled, and with them what hangs on them. Steps that do not need a refused one are not touched (law 210-FZ, article 15.1).
 */
export function packageConsequences(
  { steps }: PackageTemplate,
  standings: ReadonlyMap<string, StepStanding>,
): { readonly stepId: string; readonly move: Extract<MoveName, 'unlock' | 'cancel-dependent'> }[] {
  const now = new Map(standings);
  const moves: { stepId: string; move: 'unlock' | 'cancel-dependent' }[] = [];
  for (const step of stepLayers(steps).flat()) {
    if (now.get(step.stepId)?.state !== 'blocked') continue;
    const sources = step.needs.map((need) => sourceOf(now.get(need.step)));
    if (sources.includes('has-none')) {
      moves.push({ stepId: step.stepId, move: 'cancel-dependent' });
      now.set(step.stepId, { state: 'cancelled', refused: false });
    } else if (sources.every((source) => source === 'has-result')) {
      moves.push({ stepId: step.stepId, move: 'unlock' });
    }
  }
  return moves;
}

/** The steps that are offered with these facts. */
export function offeredSteps({ facts: fields, steps }: PackageTemplate, facts: Answers): PackageStep[] {
  // Conditions name a field of the package, facts are kept under what they are.
  const named = fields.flatMap(({ name, fact = name }) => (facts[fact] === undefined ? [] : [[name, facts[fact]]]));
  const answers = { ...facts, ...Object.fromEntries(named) } as Answers;
  return steps.filter(({ when }) => holds(when, answers));
}

/** When a step can be expected to begin and to end; null where the calendar does not reach. */
export interface StepDates {
  readonly begins: CivilDate;
  readonly lastDay: CivilDate;
}

/**
 * The dates of all steps when each begins as soon as it can: those that need nothing on the first day, the others on the day on which the
 * last result that they need is there (they leave the centre by the next working day). Throws `calendar-missing`.
 */
export function packageDates(
  steps: readonly PackageStep[],
  termOf: (step: PackageStep) => Term | null,
  calendar: ProductionCalendar,
  first: CivilDate,
): Map<string, StepDates> {
  const dates = new Map<string, StepDates>();
  for (const step of stepLayers(steps).flat()) {
    const results = step.needs.flatMap(({ step: id }) => dates.get(id)?.lastDay ?? []);
    const begins = results.reduce((latest, day) => (day > latest ? day : latest), first);
    const term = termOf(step);
    const lastDay = term === null ? begins : termDays(calendar, term, { registered: begins }).lastDay;
    dates.set(step.stepId, { begins, lastDay });
  }
  return dates;
}

/** The fields to type when several forms are filled in at once: a shared fact is asked once, a known one not at all. */
export function fieldsToType(forms: readonly (readonly FormField[])[], known: Answers, answers: Answers): FormField[] {
  const seen = new Set(Object.keys(known));
  return forms.flatMap((form) =>
    askedFields(form, { ...answers, ...filledByFact(form, known) }).filter(({ fact, optional }) => {
      if (optional === true) return false;
      if (fact === undefined) return true;
      if (seen.has(fact)) return false;
      seen.add(fact);
      return true;
    }),
  );
}

function filledByFact(form: readonly FormField[], known: Answers): Answers {
  return Object.fromEntries(
    form.flatMap(({ name, fact }) => (fact !== undefined && known[fact] !== undefined ? [[name, known[fact]]] : [])),
  );
}

function inCircles(steps: readonly PackageStep[]): string[] {
  const placed = new Set(stepLayers(steps).flatMap((layer) => layer.map(({ stepId }) => stepId)));
  return steps.map(({ stepId }) => stepId).filter((stepId) => !placed.has(stepId));
}
