import type { FastifyInstance } from 'fastify';
import { applicationContract } from '../../../contract/applications.ts';
import { printedContract } from '../../../contract/media.ts';
import type { Purpose } from '../../../contract/persons.ts';
import { caseTaskContract } from '../../../contract/case-tasks.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { audit } from '../../platform/audit.ts';
import type { Write } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import { begin, logLook, responsibleOf, writeDraft } from './drafts.ts';
import { fileOf, maySee, rowOf, rowsOf } from './file.ts';
import { moveToVersion, newVersionChanges } from './new-version.ts';
import { applicationsOfPerson } from './persons/queries.ts';
import { documentOf } from './receipt/document.ts';
import { receiptOf, type ReceiptSetting } from './receipt/receipt.ts';
import type { CaseRoom } from './room.ts';
import { statusOf } from './status.ts';
import * as queries from './queries.ts';
import { centreOfTask, closeTask, openTasks } from './tasks/queries.ts';
import { extendTerm, moveByAsker } from './work.ts';

export interface ApplicationRoom extends CaseRoom {
  /** The application of one of its papers; null for an unknown barcode. */
  applicationOfPaper(barcode: string): Promise<string | null>;
  /** Opens the record of a person for a purpose, which is logged. Throws what reading a person throws. */
  openPerson(asker: Asker, purpose: Purpose, personId: string): Promise<unknown>;
  /** Ties an application to the visit at which it was begun. */
  linkVisit(
    tx: Write,
    visit: { readonly centreId: number; readonly day: CivilDate; readonly visitId: string },
    applicationId: string,
  ): Promise<void>;
  /** Has what was put on its way sent at once. */
  hurry(): void;
}

/** The number of applications of one person that are shown. */
const SHOWN_OF_PERSON = 100;

/** Applications at the window and at agencies, and what becomes of them. */
export function applicationRoutes(app: FastifyInstance, room: ApplicationRoom, receipt: ReceiptSetting): void {
  const { db } = room;
  const rows = (found: readonly queries.Application[]) => db.read((tx) => rowsOf(tx, room, found));
  const mustBeIn = async (asker: Asker, centreId: number) => {
    if (!(await room.may(asker, 'take-applications', { centreId }))) refuse('foreign-centre', { centreId });
  };
  const looked = async (asker: Asker, application: queries.Application | null) => {
    const file = await fileOf(room, asker, application ?? refuse('unknown-application', {}));
    await logLook(room, asker, file.applicationId);
    return file;
  };

  serve(app, applicationContract, {
    'POST /api/applications': async ({ body, asker }) => {
      const begun = await begin(room, asker, body);
      const { centreId, visit } = body;
      if (visit !== undefined) await db.write((tx) => room.linkVisit(tx, { centreId, ...visit }, begun.applicationId));
      return fileOf(room, asker, begun);
    },

    'GET /api/applications': async ({ query: { centreId, state, mine }, asker }) => {
      await mustBeIn(asker, Number(centreId));
      const responsible = mine === 'yes' ? responsibleOf(asker) : null;
      const wish = { state: state ?? null, responsible };
      return rows(await db.read((tx) => queries.applicationsAt(tx, Number(centreId), wish)));
    },

    'GET /api/agencies/:agencyId/applications': async ({ params: { agencyId }, query: { state }, asker }) => {
      if (!(await room.may(asker, 'decide-applications', { agencyId }))) return refuse('right-elsewhere', {});
      return rows(await db.read((tx) => queries.applicationsOf(tx, agencyId, state ?? null)));
    },

    'POST /api/applications/find': async ({ body: { text }, asker }) => {
      const tidy = text.trim();
      const byNumber = await db.read((tx) => queries.applicationByNumber(tx, tidy));
      if (byNumber !== null) return looked(asker, byNumber);
      const applicationId = (await room.applicationOfPaper(tidy)) ?? refuse('unknown-application', {});
      return looked(asker, await db.read((tx) => queries.applicationById(tx, applicationId)));
    },

    'POST /api/applications/of-person': async ({ body: { purpose, personId }, asker }) => {
      await room.openPerson(asker, purpose, personId);
      const seen: queries.Application[] = [];
      const ids = (await db.read((tx) => applicationsOfPerson(tx, personId))).map(({ applicationId }) => applicationId);
      for (const one of await db.read((tx) => queries.applicationsById(tx, ids)))
        if (await maySee(room, asker, one)) seen.push(one);
      return rows(seen.toSorted((a, b) => b.madeAt - a.madeAt).slice(0, SHOWN_OF_PERSON));
    },

    'GET /api/applications/:applicationId': async ({ params: { applicationId }, asker }) =>
      looked(asker, await db.read((tx) => queries.applicationById(tx, applicationId))),

    'PUT /api/applications/:applicationId/draft': async ({ params: { applicationId }, body, asker }) =>
      fileOf(room, asker, await writeDraft(room, asker, applicationId, body)),

    'POST /api/applications/:applicationId/move': async ({ params: { applicationId }, body, asker }) => {
      const moved = await moveByAsker(room, asker, applicationId, body);
      room.hurry();
      return fileOf(room, asker, moved);
    },

    'POST /api/applications/:applicationId/extend': async ({ params: { applicationId }, body, asker }) =>
      fileOf(room, asker, await extendTerm(room, asker, applicationId, body)),

    'GET /api/applications/:applicationId/versions/:version': async ({ params: { applicationId, version } }) => {
      const changes = await db.read((tx) => newVersionChanges(tx, room, applicationId, Number(version)));
      return changes.map(({ path, before, after }) => ({ path, before: before ?? null, after: after ?? null }));
    },

    'POST /api/applications/:applicationId/versions/:version': async ({ params, asker }) => {
      const moved = await moveToVersion(room, asker, params.applicationId, Number(params.version));
      return db.read((tx) => rowOf(tx, room, moved));
    },

    'POST /api/application-status': ({ body: { number, code } }) => statusOf(room, number, code),
  });

  printedRoutes(app, receipt);
  taskRoutes(app, room, mustBeIn);
}

/** What is printed is a PDF, and no JSON. */
function printedRoutes(app: FastifyInstance, receipt: ReceiptSetting): void {
  serve(app, printedContract, {
    'GET /api/applications/:applicationId/receipt': async (request, reply) => {
      const { params, query, asker } = request;
      const pdf = await receiptOf(receipt, asker, params.applicationId, query.lang ?? 'ru');
      return reply.type('application/pdf').header('cache-control', 'no-store').send(pdf);
    },

    'GET /api/applications/:applicationId/documents/:code': async (request, reply) => {
      const { params, query, asker } = request;
      const pdf = await documentOf(receipt, asker, params.applicationId, params.code, query.lang ?? 'ru');
      return reply.type('application/pdf').header('cache-control', 'no-store').send(pdf);
    },
  });
}

/** What a person has to see to. */
function taskRoutes(
  app: FastifyInstance,
  { db, now }: ApplicationRoom,
  mustBeIn: (asker: Asker, centreId: number) => Promise<void>,
): void {
  serve(app, caseTaskContract, {
    'GET /api/centres/:centreId/case-tasks': ({ params: { centreId } }) => db.read((tx) => openTasks(tx, centreId)),

    'POST /api/case-tasks/:taskId/close': ({ params: { taskId }, body: { outcome }, asker }) =>
      db.write(async (tx) => {
        const centreId = (await centreOfTask(tx, taskId)) ?? refuse('unknown-task', {});
        await mustBeIn(asker, centreId);
        await closeTask(tx, taskId, { by: asker.id, outcome, at: now() });
        await audit(tx, asker, { action: 'case-task-closed', object: `task ${taskId}`, details: { outcome } });
      }),
  });
}
