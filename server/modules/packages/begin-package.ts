import { randomUUID } from 'node:crypto';
import type { PackageFile } from '../../../contract/packages.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type Answers } from '../../../core/applications/form.ts';
import {
  awaitedEvidence,
  awaitedFacts,
  isUnlocked,
  keptFacts,
  offeredSteps,
  type PackageStep,
  type StepStanding,
} from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { beginIn, type CaseContext, lockPerson, mayAtCentre, mustKnowWhom } from '../applications/index.ts';
import { centreDay } from '../network/index.ts';
import { factsOfPerson } from '../persons/index.ts';
import { factsBefore, mustBeDays, sealFacts } from './facts.ts';
import { nameOf, packageFor } from './package-file.ts';
import * as queries from './queries.ts';

/** A package as it is asked for. */
export interface BeginPackage {
  readonly commandId: string;
  readonly templateId: string;
  readonly centreId: number;
  readonly personId: string;
  readonly facts: Answers;
  readonly steps?: readonly string[];
  readonly visit?: { readonly day: CivilDate; readonly visitId: string };
  /** Why there has to be another one although one is open: another child was born. */
  readonly anotherBecause?: string;
}

/**
 * Begins a package: a draft for every step that is wanted, blocked where it needs a result. The same command gives the same one.
 * Throws `unknown-package`, `command-conflict` and what beginning an application throws.
 */
export async function beginPackage(context: CaseContext, asker: Asker, wanted: BeginPackage): Promise<PackageFile> {
  const { commandId, templateId, centreId, personId } = wanted;
  if (!(await mayAtCentre(context, asker, 'take-applications', centreId))) return refuse('right-elsewhere', {});
  await mustKnowWhom(context, asker, wanted);
  const { commandId: _, ...body } = wanted;
  const packageId = await context.db.write((tx) =>
    onceFor(tx, context, { commandId, action: 'begin package', body }, async () => {
      // Begun before commands were kept by themselves.
      const known = await queries.packageByCommand(tx, commandId);
      if (known === null) return beginPackageIn(tx, context, asker, wanted);
      const isSame = known.templateId === templateId && known.personId === personId;
      return isSame ? known.packageId : refuse('command-conflict', { commandId });
    }),
  );
  return packageFor(context, asker, packageId);
}

/** Writes down a package with its steps; gives its id. */
async function beginPackageIn(tx: Write, context: CaseContext, asker: Asker, wanted: BeginPackage): Promise<string> {
  const { commandId, templateId, centreId, personId, visit } = wanted;
  await lockPerson(tx, personId);
  if (wanted.anotherBecause === undefined) await mustBeTheOnlyOne(tx, wanted);
  const row = (await queries.templateVersions(tx, templateId)).find(({ state }) => state === 'published');
  const { template, version } = row ?? refuse('unknown-package', {});
  const packageId = randomUUID();
  const known = keptFacts(template, wanted.facts);
  mustBeDays(template, known, await centreDay(context, centreId));
  const offered = offeredSteps(template, known);
  const refused = (wanted.steps ?? []).filter((id) => !offered.some(({ stepId }) => stepId === id));
  if (refused.length > 0) refuse('step-not-offered', { steps: refused.map((id) => nameOf(template, id)) });
  const steps = offered.filter(({ stepId, usual }) => wanted.steps?.includes(stepId) ?? usual);
  if (steps.length === 0) return refuse('step-not-offered', { steps: [] });
  const taken = new Map<string, StepStanding>(steps.map(({ stepId }) => [stepId, { state: 'draft', refused: false }]));
  const before = factsBefore(steps, taken, await factsOfPerson(tx, context, personId));
  const facts = sealFacts(context, packageId, { ...known, ...before });
  await queries.insertPackage(
    tx,
    { packageId, templateId, version, personId, centreId, facts, commandId },
    context.now(),
  );
  for (const step of steps)
    await takeStep(tx, context, asker, { packageId, centreId, personId }, step, { taken, facts: known, visit });
  return packageId;
}

/** Begins one step of a package. */
export async function takeStep(
  tx: Write,
  context: CaseContext,
  asker: Asker,
  { packageId, centreId, personId }: Pick<queries.PackageRow, 'packageId' | 'centreId' | 'personId'>,
  step: PackageStep,
  {
    taken,
    facts,
    visit,
  }: {
    readonly taken: ReadonlyMap<string, StepStanding>;
    readonly facts: Answers;
    readonly visit?: BeginPackage['visit'] | undefined;
  },
): Promise<void> {
  const { stepId, serviceId, variant } = step;
  const begun = { commandId: randomUUID(), centreId, serviceId, variant, personId };
  await beginIn(tx, context, asker, visit === undefined ? begun : { ...begun, visit }, {
    packageId,
    stepId,
    state: isUnlocked(step, taken) ? 'draft' : 'blocked',
    facts,
    awaits: awaitedFacts(step, taken),
    brought: awaitedEvidence(step, taken),
  });
}

/** Throws `package-open` when the person has the same package under way. */
async function mustBeTheOnlyOne(tx: Read, { personId, templateId }: BeginPackage): Promise<void> {
  const open = await queries.openPackageLike(tx, personId, templateId);
  if (open !== null) refuse('package-open', { packageId: open.packageId, name: open.name });
}
