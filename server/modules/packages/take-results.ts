import { factsIn, filledFrom, type FormField } from '../../../core/applications/form.ts';
import { awaitedFacts, factAfterResult, isUnlocked, type PackageStep } from '../../../core/applications/package.ts';
import type { Read, Write } from '../../platform/handles.ts';
import {
  addEvidence,
  type Application,
  type CaseContext,
  fillDraft,
  openPart,
  variantOf,
} from '../applications/index.ts';
import { factsOfPerson } from '../persons/index.ts';
import { factBefore, openFacts, standingsOf, stepsOf } from './facts.ts';
import * as queries from './queries.ts';

/** The results that a step was waiting for become its documents, and what they bring its answers. */
export async function takeResults(
  tx: Write,
  context: CaseContext,
  row: queries.PackageRow,
  application: Application,
): Promise<void> {
  const { applicationId, stepId } = application;
  const step = row.template.steps.find((one) => one.stepId === stepId) as PackageStep;
  const applications = await stepsOf(tx, row.packageId);
  for (const { evidence, step: source } of step.needs)
    if (evidence !== null && applications.has(source))
      await addEvidence(tx, applicationId, { kind: evidence, seen: 'from-result' });
  const known = openFacts(context, row);
  const person = await factsOfPerson(tx, context, application.personId);
  const brought = [...awaitedFacts(step, applications)].flatMap((fact) => {
    // The record of the person may have been brought up to date already.
    const recorded = person[fact] === factBefore(known, fact) ? undefined : person[fact];
    const value = factAfterResult(fact, known) ?? recorded;
    return value === undefined ? [] : [[fact, value] as const];
  });
  const outdated = new Set(await fieldsOutdated(tx, context, application));
  const { variant } = await variantOf(tx, context, application);
  const { answers } = openPart(context.vault, application);
  const kept = Object.fromEntries(Object.entries(answers).filter(([name]) => !outdated.has(name)));
  await fillDraft(tx, context, application, filledFrom(variant.form ?? [], Object.fromEntries(brought), kept));
}

/**
 * The fields of a step that still hold what a result has changed: for each fact that the result of another step brings, what the form
 * of that step says was so before.
 */
export async function fieldsOutdated(
  tx: Read,
  context: CaseContext,
  application: Application,
): Promise<readonly string[]> {
  if (application.packageId === null) return [];
  const row = (await queries.packageById(tx, application.packageId)) as queries.PackageRow;
  const { template } = row;
  const known = openFacts(context, row);
  const step = template.steps.find(({ stepId }) => stepId === application.stepId);
  const applications = await stepsOf(tx, application.packageId);
  const { variant } = await variantOf(tx, context, application);
  const { answers } = openPart(context.vault, application);
  const fields: string[] = [];
  for (const { step: source, facts } of step?.needs ?? []) {
    const before = applications.get(source);
    if (before === undefined || facts.length === 0) continue;
    const said = factsIn(
      (await variantOf(tx, context, before)).variant.form ?? [],
      openPart(context.vault, before).answers,
    );
    for (const { name, fact } of variant.form ?? [])
      if (fact !== undefined && facts.includes(fact) && (answers[name] ?? '') !== '')
        if ([said[fact], factBefore(known, fact)].some((old) => isSame(answers[name], old))) fields.push(name);
  }
  return fields;
}

/** Facts that results have brought and a clerk has to type once, from the documents: as fields of the whole package. */
export async function resultFields(
  tx: Read,
  context: CaseContext,
  { template }: queries.PackageRow,
  taken: readonly PackageStep[],
  applications: ReadonlyMap<string, Application>,
): Promise<FormField[]> {
  const known = new Set(template.facts.flatMap(({ fact }) => fact ?? []));
  const standings = standingsOf(applications);
  const found: FormField[] = [];
  for (const step of taken) {
    const awaited = awaitedFacts(step, applications);
    if (awaited.size === 0 || !isUnlocked(step, standings)) continue;
    const { variant } = await variantOf(tx, context, applications.get(step.stepId) as Application);
    for (const field of (variant.form ?? []) as readonly FormField[]) {
      const { fact, name, label, kind } = field;
      if (fact === undefined || !awaited.has(fact) || known.has(fact)) continue;
      known.add(fact);
      found.push({ name: `result.${name}`, label, kind, fact, optional: true });
    }
  }
  return found;
}

/** True for one value however it is written: with spaces, hyphens or small letters. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  const tidy = (text: string) => text.replaceAll(/[\s\-–—№]/g, '').toUpperCase();
  return one !== undefined && other !== undefined && tidy(one) === tidy(other);
}
