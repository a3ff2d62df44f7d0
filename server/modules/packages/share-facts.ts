import type { PackageFile } from '../../../contract/packages.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type Answers, factsIn, filledFrom } from '../../../core/applications/form.ts';
import { isDraft } from '../../../core/applications/life.ts';
import { awaitedEvidence, awaitedFacts, keptFacts } from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import type { Write } from '../../platform/handles.ts';
import {
  type Application,
  type CaseContext,
  fillDraft,
  holdApplication,
  mayAtCentre,
  openPart,
  takeSharedEvidence,
  variantOf,
} from '../applications/index.ts';
import { centreDay } from '../network/index.ts';
import { mustBeDays, openFacts, sealFacts, stepsOf } from './facts.ts';
import { packageFor } from './package-file.ts';
import * as queries from './queries.ts';

/** Writes facts down and fills in every open form of the package with them; what was typed into a form already stays. */
export async function writeFacts(
  context: CaseContext,
  asker: Asker,
  packageId: string,
  facts: Answers,
): Promise<PackageFile> {
  await context.db.write(async (tx) => {
    const row = (await queries.holdPackage(tx, packageId)) ?? refuse('unknown-package', {});
    if (!(await mayAtCentre(context, asker, 'take-applications', row.centreId))) return refuse('unknown-package', {});
    const kept = keptFacts(row.template, facts);
    mustBeDays(row.template, kept, await centreDay(context, row.centreId));
    await spread(tx, context, row, kept, null);
  });
  return packageFor(context, asker, packageId);
}

/** Takes facts, and documents that were shown, into a package and its open forms; the one from which they come is left as it is. */
async function spread(
  tx: Write,
  context: CaseContext,
  row: queries.PackageRow,
  facts: Answers,
  from: string | null,
): Promise<void> {
  const all = { ...openFacts(context, row), ...facts };
  await queries.setFacts(tx, row.packageId, sealFacts(context, row.packageId, all));
  const taken = await stepsOf(tx, row.packageId);
  for (const { applicationId, state, stepId } of taken.values()) {
    if (applicationId === from || !isDraft(state)) continue;
    const application = (await holdApplication(tx, applicationId)) as Application;
    const { variant } = await variantOf(tx, context, application);
    const { answers } = openPart(context.vault, application);
    const filled = filledFrom(variant.form ?? [], all, answers);
    const { packageId } = row;
    const step = row.template.steps.find((one) => one.stepId === stepId);
    const brought = step === undefined ? new Set<string>() : awaitedEvidence(step, taken);
    const isShown = await takeSharedEvidence(tx, applicationId, variant, { packageId, brought });
    if (isShown || Object.keys(filled).length > Object.keys(answers).length)
      await fillDraft(tx, context, application, filled);
  }
}

/**
 * What was typed into the form of a step is known to the others: a fact is asked once. What a result brings is known only from a step that
 * has waited for that result: the forms before it still say what was so until then.
 */
export async function onDraftWritten(tx: Write, context: CaseContext, application: Application): Promise<void> {
  if (application.packageId === null) return;
  const row = (await queries.holdPackage(tx, application.packageId)) as queries.PackageRow;
  const { variant } = await variantOf(tx, context, application);
  const stated = factsIn(variant.form ?? [], openPart(context.vault, application).answers);
  const taken = await stepsOf(tx, application.packageId);
  const brought = new Set<string>();
  for (const step of row.template.steps)
    if (taken.has(step.stepId)) for (const fact of awaitedFacts(step, taken)) brought.add(fact);
  const own = row.template.steps.find(({ stepId }) => stepId === application.stepId);
  const waited = own === undefined ? new Set<string>() : awaitedFacts(own, taken);
  const isNews = (fact: string) => !brought.has(fact) || (waited.has(fact) && application.state !== 'blocked');
  const news = Object.fromEntries(Object.entries(stated).filter(([fact]) => isNews(fact)));
  await spread(tx, context, row, news, application.applicationId);
}
