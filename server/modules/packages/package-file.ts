import type { PackageFile } from '../../../contract/packages.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { offeredSteps, packageDates, type PackageStep, waitsFor } from '../../../core/applications/package.ts';
import type { Answers } from '../../../core/applications/form.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import type { Term } from '../../../core/terms/term.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read } from '../../platform/handles.ts';
import {
  type Application,
  type CaseContext,
  datesToday,
  mayAtCentre,
  variantOf,
  type Words,
} from '../applications/index.ts';
import { centreDay } from '../network/index.ts';
import { openFacts, shownFacts, standingsOf, stepsOf } from './facts.ts';
import * as queries from './queries.ts';
import { resultFields } from './take-results.ts';

/** A package for a specialist of its centre. Throws `unknown-package`. */
export async function packageFor(context: CaseContext, asker: Asker, packageId: string): Promise<PackageFile> {
  return context.db.read(async (tx) => {
    const row = (await queries.packageById(tx, packageId)) ?? refuse('unknown-package', {});
    if (!(await mayAtCentre(context, asker, 'take-applications', row.centreId))) return refuse('unknown-package', {});
    return fileOf(tx, context, row);
  });
}

async function fileOf(tx: Read, context: CaseContext, row: queries.PackageRow): Promise<PackageFile> {
  const { packageId } = row;
  const applications = await stepsOf(tx, packageId);
  const taken = row.template.steps.filter(({ stepId }) => applications.has(stepId));
  const dates = await expectedDates(tx, context, row, taken, applications);
  const standings = standingsOf(applications);
  const shown = new Map<string, CivilDate | null>();
  for (const [stepId, application] of applications)
    shown.set(stepId, (await datesToday(tx, context, application)).lastDay);
  const steps = taken.map((step) => {
    const application = applications.get(step.stepId) as Application;
    const expected = dates.get(step.stepId);
    return {
      stepId: step.stepId,
      name: step.name,
      applicationId: application.applicationId,
      edition: application.edition,
      number: application.number,
      state: application.state,
      refused: application.refused,
      needs: step.needs.map((need) => need.step).filter((id) => applications.has(id)),
      waitsFor: waitsFor(step, standings),
      begins: application.registeredOn ?? expected?.begins ?? null,
      lastDay: shown.get(step.stepId) ?? expected?.lastDay ?? null,
    };
  });
  const counts: Record<string, number> = {};
  for (const { state } of steps) counts[state] = (counts[state] ?? 0) + 1;
  const days = steps.flatMap(({ lastDay, state }) => (state === 'cancelled' ? [] : (lastDay ?? [])));
  const lastDay = days.length === 0 ? null : days.reduce((latest, day) => (day > latest ? day : latest));
  const { templateId, centreId, personId, template } = row;
  const { name } = template;
  const facts = shownFacts(openFacts(context, row));
  const results = await resultFields(tx, context, row, taken, applications);
  const fields = [...template.facts, ...results] as PackageFile['fields'];
  const more = stepsToAdd(template, facts, applications).map(({ stepId, name: step }) => ({ stepId, name: step }));
  return {
    packageId,
    templateId,
    name,
    centreId,
    personId,
    facts,
    fields,
    more,
    steps,
    lastDay,
    counts,
  };
}

/** When steps can be expected to begin and to end; nothing where the calendar does not reach. */
async function expectedDates(
  tx: Read,
  context: CaseContext,
  { centreId }: queries.PackageRow,
  steps: readonly PackageStep[],
  applications: ReadonlyMap<string, Application>,
) {
  const terms = new Map<string, Term | null>();
  for (const [stepId, application] of applications)
    terms.set(stepId, (await variantOf(tx, context, application)).variant.term);
  const registered = [...applications.values()].flatMap(({ registeredOn }) => registeredOn ?? []);
  const first = registered.toSorted()[0] ?? (await centreDay(context, centreId));
  try {
    return packageDates(
      steps,
      ({ stepId }) => terms.get(stepId) ?? null,
      (await context.calendar.inForce(tx)).calendar,
      first,
    );
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'calendar-missing') return new Map<string, never>();
    throw error;
  }
}

/** What a step is called. */
export function nameOf({ steps }: queries.PackageRow['template'], id: string): Words {
  return steps.find(({ stepId }) => stepId === id)?.name ?? { ru: id, en: id };
}

/** The steps that could be added; one that was cancelled can be taken again. */
export function stepsToAdd(
  template: queries.PackageRow['template'],
  facts: Answers,
  applications: ReadonlyMap<string, Application>,
): PackageStep[] {
  const isTaken = ({ stepId }: PackageStep) => (applications.get(stepId)?.state ?? 'cancelled') !== 'cancelled';
  return offeredSteps(template, facts).filter((step) => !isTaken(step));
}
