import { applicationContract } from '../../../contract/applications.ts';
import { caseTaskContract } from '../../../contract/case-tasks.ts';
import { printedContract } from '../../../contract/media.ts';
import { type Asker, responsibleOf } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { readPerson } from '../persons/index.ts';
import { fileOf, lookAt, rowOf, rowsOf } from './application-file.ts';
import { statusOf } from './application-status.ts';
import { beginApplication } from './begin-application.ts';
import type { CaseContext } from './context.ts';
import { extendTerm } from './extend-term.ts';
import { moveApplication } from './move-application.ts';
import { moveToVersion, newVersionChanges } from './move-to-version.ts';
import { openingFor } from './opening.ts';
import * as queries from './queries.ts';
import { printDocument } from './receipt/print-document.ts';
import { printReceipt } from './receipt/print-receipt.ts';
import { decidesFor, mayAtCentre, maySee } from './rights.ts';
import { centreOfTask, closeTask, openTasks } from './tasks/queries.ts';
import { writeDraft } from './write-draft.ts';

/** The number of applications of one person that are shown. */
const SHOWN_OF_PERSON = 100;

/** Applications at the window and at agencies, and what becomes of them. */
export function applicationRoutes(context: CaseContext): void {
  const { http, db } = context;
  const rows = (found: readonly queries.Application[]) => db.read((tx) => rowsOf(tx, context, found));

  serve(http, applicationContract, {
    'POST /api/applications': async ({ body, asker }) =>
      fileOf(context, asker, await beginApplication(context, asker, body)),

    'GET /api/applications': async ({ query: { centreId, state, mine }, asker }) => {
      await mustTakeAt(context, asker, Number(centreId));
      const responsible = mine === 'yes' ? responsibleOf(asker) : null;
      const wish = { state: state ?? null, responsible };
      return rows(await db.read((tx) => queries.applicationsAt(tx, Number(centreId), wish)));
    },

    'GET /api/agencies/:agencyId/applications': async ({ params: { agencyId }, query: { state }, asker }) => {
      if (!decidesFor(asker, agencyId)) return refuse('right-elsewhere', {});
      return rows(await db.read((tx) => queries.applicationsOf(tx, agencyId, state ?? null)));
    },

    'POST /api/applications/find': async ({ body: { text }, asker }) =>
      lookAt(context, asker, await db.read((tx) => queries.applicationByNumberOrBarcode(tx, text.trim()))),

    'POST /api/applications/of-person': async ({ body: { purpose, personId }, asker }) => {
      await readPerson(context, asker, await openingFor(context, asker, purpose), personId);
      const seen: queries.Application[] = [];
      for (const one of await db.read((tx) => queries.applicationsNaming(tx, personId)))
        if (await maySee(context, asker, one)) seen.push(one);
      return rows(seen.toSorted((a, b) => b.madeAt - a.madeAt).slice(0, SHOWN_OF_PERSON));
    },

    'GET /api/applications/:applicationId': async ({ params: { applicationId }, asker }) =>
      lookAt(context, asker, await db.read((tx) => queries.applicationById(tx, applicationId))),

    'PUT /api/applications/:applicationId/draft': async ({ params: { applicationId }, body, asker }) =>
      fileOf(context, asker, await writeDraft(context, asker, applicationId, body)),

    'POST /api/applications/:applicationId/move': async ({ params: { applicationId }, body, asker }) =>
      fileOf(context, asker, await moveApplication(context, asker, applicationId, body)),

    'POST /api/applications/:applicationId/extend': async ({ params: { applicationId }, body, asker }) =>
      fileOf(context, asker, await extendTerm(context, asker, applicationId, body)),

    'GET /api/applications/:applicationId/versions/:version': async ({ params: { applicationId, version } }) => {
      const changes = await db.read((tx) => newVersionChanges(tx, context, applicationId, Number(version)));
      return changes.map(({ path, before, after }) => ({ path, before: before ?? null, after: after ?? null }));
    },

    'POST /api/applications/:applicationId/versions/:version': async ({ params, asker }) => {
      const moved = await moveToVersion(context, asker, params.applicationId, Number(params.version));
      return db.read((tx) => rowOf(tx, context, moved));
    },

    'POST /api/application-status': ({ body: { number, code } }) => statusOf(context, number, code),
  });

  printedRoutes(context);
  taskRoutes(context);
}

async function mustTakeAt(context: CaseContext, asker: Asker, centreId: number): Promise<void> {
  if (!(await mayAtCentre(context, asker, 'take-applications', centreId))) refuse('foreign-centre', { centreId });
}

/** What is printed is a PDF, and no JSON. */
function printedRoutes(context: CaseContext): void {
  serve(context.http, printedContract, {
    'GET /api/applications/:applicationId/receipt': async (request, reply) => {
      const { params, query, asker } = request;
      const pdf = await printReceipt(context, asker, params.applicationId, query.lang ?? 'ru');
      return reply.type('application/pdf').header('cache-control', 'no-store').send(pdf);
    },

    'GET /api/applications/:applicationId/documents/:code': async (request, reply) => {
      const { params, query, asker } = request;
      const pdf = await printDocument(context, asker, params.applicationId, params.code, query.lang ?? 'ru');
      return reply.type('application/pdf').header('cache-control', 'no-store').send(pdf);
    },
  });
}

/** What a person has to see to. */
function taskRoutes(context: CaseContext): void {
  const { http, db, now } = context;
  serve(http, caseTaskContract, {
    'GET /api/centres/:centreId/case-tasks': ({ params: { centreId } }) => db.read((tx) => openTasks(tx, centreId)),

    'POST /api/case-tasks/:taskId/close': ({ params: { taskId }, body: { outcome }, asker }) =>
      db.write(async (tx) => {
        const centreId = (await centreOfTask(tx, taskId)) ?? refuse('unknown-task', {});
        await mustTakeAt(context, asker, centreId);
        await closeTask(tx, taskId, { by: asker.id, outcome, at: now() });
        await audit(tx, asker, { action: 'case-task-closed', object: `task ${taskId}`, details: { outcome } });
      }),
  });
}
