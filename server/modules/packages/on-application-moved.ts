import { packageConsequences, type PackageStep, waitsFor } from '../../../core/applications/package.ts';
import { SYSTEM } from '../../platform/audit.ts';
import type { Read, Write } from '../../platform/handles.ts';
import {
  type Application,
  applicationById,
  type CaseContext,
  holdApplication,
  makeMove,
  type Moved,
  notifyOfCancelledSteps,
  type Words,
} from '../applications/index.ts';
import { standingsOf, stepsOf } from './facts.ts';
import * as queries from './queries.ts';
import { takeResults } from './take-results.ts';

/** A result unlocks what waits for it; a refusal cancels it, and nothing else, and the applicant is told. */
export async function onApplicationMoved(tx: Write, context: CaseContext, { after, action }: Moved): Promise<void> {
  if (after.packageId === null) return;
  const row = (await queries.holdPackage(tx, after.packageId)) as queries.PackageRow;
  const applications = await stepsOf(tx, after.packageId);
  let isCancelled = false;
  for (const { stepId, move } of packageConsequences(row.template, standingsOf(applications))) {
    const { applicationId } = applications.get(stepId) as Application;
    const blocked = (await holdApplication(tx, applicationId)) as Application;
    // What follows from this move follows in turn; only the first to see it does it.
    if (blocked.state !== 'blocked') continue;
    if (move === 'unlock') await takeResults(tx, context, row, blocked);
    await makeMove(tx, context, (await applicationById(tx, applicationId)) as Application, {
      move,
      actor: SYSTEM,
      details: { after: after.stepId },
    });
    isCancelled ||= move === 'cancel-dependent';
  }
  // One message tells of all that falls with it.
  if (isCancelled && action.move !== 'cancel-dependent')
    await notifyOfCancelledSteps(tx, context, after, applications.values());
}

/** The steps, in words, whose results an application waits for. */
export async function stepsAwaited(tx: Read, _context: CaseContext, application: Application): Promise<Words[]> {
  if (application.packageId === null) return [];
  const { template } = (await queries.packageById(tx, application.packageId)) as queries.PackageRow;
  const step = template.steps.find(({ stepId }) => stepId === application.stepId) as PackageStep;
  const awaited = waitsFor(step, standingsOf(await stepsOf(tx, application.packageId)));
  return awaited.map((id) => template.steps.find(({ stepId }) => stepId === id)?.name ?? { ru: id, en: id });
}
