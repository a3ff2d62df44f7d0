import type { PackageFile } from '../../../contract/packages.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { isUnlocked } from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import { onceFor } from '../../platform/commands.ts';
import { type Application, type CaseContext, mayAtCentre } from '../applications/index.ts';
import { factsOfPerson } from '../persons/index.ts';
import { takeStep } from './begin-package.ts';
import { factsBefore, openFacts, sealFacts, standingsOf, stepsOf } from './facts.ts';
import { nameOf, packageFor, stepsToAdd } from './package-file.ts';
import * as queries from './queries.ts';
import { takeResults } from './take-results.ts';

/**
 * Takes one more step into a package that is under way. Throws `unknown-package`, `step-not-offered` for one that these facts do not offer
 * or that is taken already.
 */
export async function addStep(
  context: CaseContext,
  asker: Asker,
  packageId: string,
  { commandId, stepId }: { readonly commandId: string; readonly stepId: string },
): Promise<PackageFile> {
  await context.db.write(async (tx) => {
    const row = (await queries.holdPackage(tx, packageId)) ?? refuse('unknown-package', {});
    if (!(await mayAtCentre(context, asker, 'take-applications', row.centreId))) return refuse('unknown-package', {});
    await onceFor(
      tx,
      context,
      { commandId, action: `add step to package ${packageId}`, body: { stepId } },
      async () => {
        const applications = await stepsOf(tx, packageId);
        const facts = openFacts(context, row);
        const step = stepsToAdd(row.template, facts, applications).find((one) => one.stepId === stepId);
        if (step === undefined) return refuse('step-not-offered', { steps: [nameOf(row.template, stepId)] });
        const taken = standingsOf(applications);
        const before = isUnlocked(step, taken)
          ? {}
          : factsBefore([step], taken, await factsOfPerson(tx, context, row.personId));
        await queries.setFacts(tx, packageId, sealFacts(context, packageId, { ...before, ...facts }));
        await takeStep(tx, context, asker, row, step, { taken, facts });
        const added = (await stepsOf(tx, packageId)).get(stepId) as Application;
        if (added.state === 'draft') await takeResults(tx, context, row, added);
        return packageId;
      },
    );
  });
  return packageFor(context, asker, packageId);
}
