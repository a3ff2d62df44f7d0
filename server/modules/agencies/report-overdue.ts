import type { CivilDate } from '../../../core/time/civil.ts';
import { eachApart } from '../../platform/isolated.ts';
import {
  type Application,
  type CaseContext,
  holdApplication,
  isOnPaper,
  isOverdue,
  openTask,
  settleTasks,
} from '../applications/index.ts';
import { insertMessage, overdueQueries, overdueTerms, toldInTime } from './queries.ts';

/** Has a person see to each query that an agency has not answered in its time; once for each. */
export async function reportLateQueries(context: Pick<CaseContext, 'db' | 'now'>, today: CivilDate): Promise<void> {
  await eachApart(await context.db.read((tx) => overdueQueries(tx, today)), 'a late query', (query) =>
    context.db.write(async (tx) => {
      const { messageId, applicationId, agencyId, evidence, dueOn } = query;
      const application = (await holdApplication(tx, applicationId)) as Application;
      const details = { messageId, evidence, agencyId, dueOn };
      await openTask(tx, { kind: 'query-overdue', application, details }, context.now());
    }),
  );
}

/**
 * Has a person see to each application whose statutory term has passed, and tells the agency that decides; once for each last day. What has
 * been decided, stopped or made longer since, by whatever way, is nobody's task any more.
 */
export async function reportLateTerms(context: Pick<CaseContext, 'db' | 'now'>, today: CivilDate): Promise<void> {
  for (const applicationId of await context.db.read((tx) => toldInTime(tx, today)))
    await context.db.write((tx) => settleTasks(tx, 'term-over', applicationId, context.now()));
  for (const applicationId of await context.db.read((tx) => overdueTerms(tx, today)))
    await context.db.write(async (tx) => {
      const application = (await holdApplication(tx, applicationId)) as Application;
      if (!isOverdue(application, today)) return;
      const { lastDay, responsible, agencyId } = application;
      await openTask(tx, { kind: 'term-over', application, details: { lastDay, responsible } }, context.now());
      if (agencyId === null || (await isOnPaper(tx, agencyId))) return;
      const message = { applicationId, agencyId, kind: 'term-over', evidence: null, dueOn: lastDay } as const;
      await insertMessage(tx, message, context.now());
    });
}
