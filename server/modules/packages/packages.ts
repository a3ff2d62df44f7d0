import { randomUUID } from 'node:crypto';
import type { PackageFile } from '../../../contract/packages.ts';
import type { Asker } from '../../../core/access/asker.ts';
import {
  type Answers,
  factsIn,
  filledFrom,
  type FormField,
  writtenDayFaults,
} from '../../../core/applications/form.ts';
import { isDraft } from '../../../core/applications/life.ts';
import {
  awaitedEvidence,
  awaitedFacts,
  isUnlocked,
  keptFacts,
  offeredSteps,
  packageConsequences,
  packageDates,
  type PackageStep,
  type StepStanding,
  waitsFor,
} from '../../../core/applications/package.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import type { Term } from '../../../core/terms/term.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { SYSTEM } from '../../platform/audit.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Read, Write } from '../../platform/handles.ts';
import {
  type Application,
  applicationById,
  beginIn,
  type CaseRoom,
  type Consequence,
  datesToday,
  fieldsAtFault,
  fillDraft,
  holdApplication,
  lockPerson,
  makeMove,
  mustKnowWhom,
  openPart,
  takeSharedEvidence,
  type TellDependants,
  variantOf,
} from '../applications/index.ts';
import { factsBefore, openFacts, sealFacts, shownFacts, standingsOf, stepsOf } from './kept.ts';
import { resultFields, takeResults } from './results.ts';
import * as queries from './queries.ts';

type Words = { readonly ru: string; readonly en: string };

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
export async function beginPackage(room: CaseRoom, asker: Asker, wanted: BeginPackage): Promise<PackageFile> {
  const { commandId, templateId, centreId, personId } = wanted;
  if (!(await room.may(asker, 'take-applications', { centreId }))) return refuse('right-elsewhere', {});
  await mustKnowWhom(room, asker, wanted);
  const { commandId: _, ...body } = wanted;
  const packageId = await room.db.write((tx) =>
    onceFor(tx, room, { commandId, action: 'begin package', body }, async () => {
      // Begun before commands were kept by themselves.
      const known = await queries.packageByCommand(tx, commandId);
      if (known === null) return beginPackageIn(tx, room, asker, wanted);
      const isSame = known.templateId === templateId && known.personId === personId;
      return isSame ? known.packageId : refuse('command-conflict', { commandId });
    }),
  );
  return packageFor(room, asker, packageId);
}

/** Writes down a package with its steps; gives its id. */
async function beginPackageIn(tx: Write, room: CaseRoom, asker: Asker, wanted: BeginPackage): Promise<string> {
  const { commandId, templateId, centreId, personId, visit } = wanted;
  await lockPerson(tx, personId);
  if (wanted.anotherBecause === undefined) await mustBeTheOnlyOne(tx, wanted);
  const row = (await queries.templateVersions(tx, templateId)).find(({ state }) => state === 'published');
  const { template, version } = row ?? refuse('unknown-package', {});
  const packageId = randomUUID();
  const known = keptFacts(template, wanted.facts);
  mustBeDays(template, known, await room.today(centreId));
  const offered = offeredSteps(template, known);
  const refused = (wanted.steps ?? []).filter((id) => !offered.some(({ stepId }) => stepId === id));
  if (refused.length > 0) refuse('step-not-offered', { steps: refused.map((id) => nameOf(template, id)) });
  const steps = offered.filter(({ stepId, usual }) => wanted.steps?.includes(stepId) ?? usual);
  if (steps.length === 0) return refuse('step-not-offered', { steps: [] });
  const taken = new Map<string, StepStanding>(steps.map(({ stepId }) => [stepId, { state: 'draft', refused: false }]));
  const before = factsBefore(steps, taken, await room.facts(tx, personId));
  const facts = sealFacts(room, packageId, { ...known, ...before });
  await queries.insertPackage(tx, { packageId, templateId, version, personId, centreId, facts, commandId }, room.now());
  for (const step of steps)
    await takeStep(tx, room, asker, { packageId, centreId, personId }, step, { taken, facts: known, visit });
  return packageId;
}

/** Throws `form-faulty` for facts that are days, and cannot be these: nobody has died tomorrow. */
function mustBeDays({ facts: fields }: queries.PackageRow['template'], facts: Answers, today: CivilDate): void {
  const form = fields as readonly FormField[];
  const answers = Object.fromEntries(form.map(({ name, fact = name }) => [name, facts[fact] ?? '']));
  const faults = writtenDayFaults(form, answers, today);
  if (faults.length > 0) refuse('form-faulty', { fields: fieldsAtFault(form, faults) });
}

/** Begins one step of a package. */
async function takeStep(
  tx: Write,
  room: CaseRoom,
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
  await beginIn(tx, room, asker, visit === undefined ? begun : { ...begun, visit }, {
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

function nameOf({ steps }: queries.PackageRow['template'], id: string): Words {
  return steps.find(({ stepId }) => stepId === id)?.name ?? { ru: id, en: id };
}

/**
 * Takes one more step into a package that is under way. Throws `unknown-package`, `step-not-offered` for one that these facts do not offer
 * or that is taken already.
 */
export async function addStep(
  room: CaseRoom,
  asker: Asker,
  packageId: string,
  { commandId, stepId }: { readonly commandId: string; readonly stepId: string },
): Promise<PackageFile> {
  await room.db.write(async (tx) => {
    const row = (await queries.holdPackage(tx, packageId)) ?? refuse('unknown-package', {});
    if (!(await room.may(asker, 'take-applications', row))) return refuse('unknown-package', {});
    await onceFor(tx, room, { commandId, action: `add step to package ${packageId}`, body: { stepId } }, async () => {
      const applications = await stepsOf(tx, packageId);
      const facts = openFacts(room, row);
      const step = stepsToAdd(row.template, facts, applications).find((one) => one.stepId === stepId);
      if (step === undefined) return refuse('step-not-offered', { steps: [nameOf(row.template, stepId)] });
      const taken = standingsOf(applications);
      const before = isUnlocked(step, taken) ? {} : factsBefore([step], taken, await room.facts(tx, row.personId));
      await queries.setFacts(tx, packageId, sealFacts(room, packageId, { ...before, ...facts }));
      await takeStep(tx, room, asker, row, step, { taken, facts });
      const added = (await stepsOf(tx, packageId)).get(stepId) as Application;
      if (added.state === 'draft') await takeResults(tx, room, row, added);
      return packageId;
    });
  });
  return packageFor(room, asker, packageId);
}

/** The steps that could be added; one that was cancelled can be taken again. */
function stepsToAdd(
  template: queries.PackageRow['template'],
  facts: Answers,
  applications: ReadonlyMap<string, Application>,
): PackageStep[] {
  const isTaken = ({ stepId }: PackageStep) => (applications.get(stepId)?.state ?? 'cancelled') !== 'cancelled';
  return offeredSteps(template, facts).filter((step) => !isTaken(step));
}

/** A package for a specialist of its centre. Throws `unknown-package`. */
export async function packageFor(room: CaseRoom, asker: Asker, packageId: string): Promise<PackageFile> {
  return room.db.read(async (tx) => {
    const row = (await queries.packageById(tx, packageId)) ?? refuse('unknown-package', {});
    if (!(await room.may(asker, 'take-applications', row))) return refuse('unknown-package', {});
    return fileOf(tx, room, row);
  });
}

async function fileOf(tx: Read, room: CaseRoom, row: queries.PackageRow): Promise<PackageFile> {
  const { packageId } = row;
  const applications = await stepsOf(tx, packageId);
  const taken = row.template.steps.filter(({ stepId }) => applications.has(stepId));
  const dates = await expectedDates(tx, room, row, taken, applications);
  const standings = standingsOf(applications);
  const shown = new Map<string, CivilDate | null>();
  for (const [stepId, application] of applications)
    shown.set(stepId, (await datesToday(tx, room, application)).lastDay);
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
  const facts = shownFacts(openFacts(room, row));
  const results = await resultFields(tx, room, row, taken, applications);
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
  room: CaseRoom,
  { centreId }: queries.PackageRow,
  steps: readonly PackageStep[],
  applications: ReadonlyMap<string, Application>,
) {
  const terms = new Map<string, Term | null>();
  for (const [stepId, application] of applications)
    terms.set(stepId, (await variantOf(tx, room, application)).variant.term);
  const registered = [...applications.values()].flatMap(({ registeredOn }) => registeredOn ?? []);
  const first = registered.toSorted()[0] ?? (await room.today(centreId));
  try {
    return packageDates(steps, ({ stepId }) => terms.get(stepId) ?? null, await room.calendar(tx), first);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'calendar-missing') return new Map<string, never>();
    throw error;
  }
}

/** Writes facts down and fills in every open form of the package with them; what was typed into a form already stays. */
export async function writeFacts(
  room: CaseRoom,
  asker: Asker,
  packageId: string,
  facts: Answers,
): Promise<PackageFile> {
  await room.db.write(async (tx) => {
    const row = (await queries.holdPackage(tx, packageId)) ?? refuse('unknown-package', {});
    if (!(await room.may(asker, 'take-applications', row))) return refuse('unknown-package', {});
    const kept = keptFacts(row.template, facts);
    mustBeDays(row.template, kept, await room.today(row.centreId));
    await spread(tx, room, row, kept, null);
  });
  return packageFor(room, asker, packageId);
}

/** Takes facts, and documents that were shown, into a package and its open forms; the one from which they come is left as it is. */
async function spread(
  tx: Write,
  room: CaseRoom,
  row: queries.PackageRow,
  facts: Answers,
  from: string | null,
): Promise<void> {
  const all = { ...openFacts(room, row), ...facts };
  await queries.setFacts(tx, row.packageId, sealFacts(room, row.packageId, all));
  const taken = await stepsOf(tx, row.packageId);
  for (const { applicationId, state, stepId } of taken.values()) {
    if (applicationId === from || !isDraft(state)) continue;
    const application = (await holdApplication(tx, applicationId)) as Application;
    const { variant } = await variantOf(tx, room, application);
    const { answers } = openPart(room.vault, application);
    const filled = filledFrom(variant.form ?? [], all, answers);
    const { packageId } = row;
    const step = row.template.steps.find((one) => one.stepId === stepId);
    const brought = step === undefined ? new Set<string>() : awaitedEvidence(step, taken);
    const isShown = await takeSharedEvidence(tx, applicationId, variant, { packageId, brought });
    if (isShown || Object.keys(filled).length > Object.keys(answers).length)
      await fillDraft(tx, room, application, filled);
  }
}

/**
 * What was typed into the form of a step is known to the others: a fact is asked once. What a result brings is known only from a step that
 * has waited for that result: the forms before it still say what was so until then.
 */
export async function draftWritten(tx: Write, room: CaseRoom, application: Application): Promise<void> {
  if (application.packageId === null) return;
  const row = (await queries.holdPackage(tx, application.packageId)) as queries.PackageRow;
  const { variant } = await variantOf(tx, room, application);
  const stated = factsIn(variant.form ?? [], openPart(room.vault, application).answers);
  const taken = await stepsOf(tx, application.packageId);
  const brought = new Set<string>();
  for (const step of row.template.steps)
    if (taken.has(step.stepId)) for (const fact of awaitedFacts(step, taken)) brought.add(fact);
  const own = row.template.steps.find(({ stepId }) => stepId === application.stepId);
  const waited = own === undefined ? new Set<string>() : awaitedFacts(own, taken);
  const isNews = (fact: string) => !brought.has(fact) || (waited.has(fact) && application.state !== 'blocked');
  const news = Object.fromEntries(Object.entries(stated).filter(([fact]) => isNews(fact)));
  await spread(tx, room, row, news, application.applicationId);
}

/** A result unlocks what waits for it; a refusal cancels it, and nothing else, and the applicant is told. */
export function packagesFollow(tell: TellDependants): Consequence {
  return async (tx, room, { after, action }) => {
    if (after.packageId === null) return;
    const row = (await queries.holdPackage(tx, after.packageId)) as queries.PackageRow;
    const applications = await stepsOf(tx, after.packageId);
    let isCancelled = false;
    for (const { stepId, move } of packageConsequences(row.template, standingsOf(applications))) {
      const { applicationId } = applications.get(stepId) as Application;
      const blocked = (await holdApplication(tx, applicationId)) as Application;
      // What follows from this move follows in turn; only the first to see it does it.
      if (blocked.state !== 'blocked') continue;
      if (move === 'unlock') await takeResults(tx, room, row, blocked);
      await makeMove(tx, room, (await applicationById(tx, applicationId)) as Application, {
        move,
        actor: SYSTEM,
        details: { after: after.stepId },
      });
      isCancelled ||= move === 'cancel-dependent';
    }
    // One message tells of all that falls with it.
    if (isCancelled && action.move !== 'cancel-dependent') await tell(tx, room, after, applications.values());
  };
}

/** The steps, in words, whose results an application waits for. */
export async function stepsAwaited(tx: Read, application: Application): Promise<{ ru: string; en: string }[]> {
  if (application.packageId === null) return [];
  const { template } = (await queries.packageById(tx, application.packageId)) as queries.PackageRow;
  const step = template.steps.find(({ stepId }) => stepId === application.stepId) as PackageStep;
  const awaited = waitsFor(step, standingsOf(await stepsOf(tx, application.packageId)));
  return awaited.map((id) => template.steps.find(({ stepId }) => stepId === id)?.name ?? { ru: id, en: id });
}
