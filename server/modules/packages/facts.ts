import { type Answers, fieldsAtFault, type FormField, writtenDayFaults } from '../../../core/applications/form.ts';
import { awaitedFacts, type PackageStep, type StepStanding } from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read } from '../../platform/handles.ts';
import { placeOf } from '../../platform/vault.ts';
import { type Application, applicationsById, type CaseContext } from '../applications/index.ts';
import * as queries from './queries.ts';

export function sealFacts({ vault }: CaseContext, packageId: string, facts: Answers): Buffer {
  return vault.seal(JSON.stringify(facts), placeOf('package', packageId));
}

export function openFacts({ vault }: CaseContext, { packageId, facts }: queries.PackageRow): Answers {
  // Emptied: the person was forgotten.
  return facts.length === 0 ? {} : (JSON.parse(vault.open(facts, placeOf('package', packageId))) as Answers);
}

export async function stepsOf(tx: Read, packageId: string): Promise<Map<string, Application>> {
  const ids = await queries.stepIds(tx, packageId);
  const found = await applicationsById(
    tx,
    ids.map(({ applicationId }) => applicationId),
  );
  return new Map(found.map((one) => [one.stepId as string, one]));
}

export function standingsOf(applications: ReadonlyMap<string, Application>): Map<string, StepStanding> {
  return new Map(Array.from(applications, ([stepId, { state, refused }]) => [stepId, { state, refused }]));
}

/** A person's facts from before results changed them, stored with the facts of a package. */
const BEFORE = 'before.';

/** What is known of a person now of the facts that results are going to bring: that is out of date then. */
export function factsBefore(steps: readonly PackageStep[], taken: { has(stepId: string): boolean }, known: Answers) {
  const awaited = new Set(steps.flatMap((step) => [...awaitedFacts(step, taken)]));
  return Object.fromEntries(
    Object.entries(known).flatMap(([fact, value]) => (awaited.has(fact) ? [[`${BEFORE}${fact}`, value]] : [])),
  ) as Answers;
}

/** What a fact was before; undefined where nothing was known. */
export function factBefore(facts: Answers, fact: string): string | undefined {
  return facts[`${BEFORE}${fact}`];
}

/** The facts as people see them. */
export function shownFacts(facts: Answers): Answers {
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => !fact.startsWith(BEFORE)));
}

/** Throws `form-faulty` for facts that are days, and cannot be these: nobody has died tomorrow. */
export function mustBeDays({ facts: fields }: queries.PackageRow['template'], facts: Answers, today: CivilDate): void {
  const form = fields as readonly FormField[];
  const answers = Object.fromEntries(form.map(({ name, fact = name }) => [name, facts[fact] ?? '']));
  const faults = writtenDayFaults(form, answers, today);
  if (faults.length > 0) refuse('form-faulty', { fields: fieldsAtFault(form, faults) });
}
