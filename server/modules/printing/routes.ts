import type { FastifyInstance } from 'fastify';
import { type PrintFault, printingContract } from '../../../contract/printing.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { refuse } from '../../../core/problems.ts';
import { brokeConstraint, type Db } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import * as store from './store.ts';

/** Printing by the agent of a centre. `ended` is told of everything that was printed or could not be. */
export function printingRoutes(
  app: FastifyInstance,
  db: Db,
  ended: (centreId: CentreId, fault: PrintFault | null) => Promise<void>,
): void {
  serve(app, printingContract, {
    'POST /api/centres/:centreId/print-jobs': async ({ params: { centreId }, body: { jobId, paper } }) => {
      await db
        .write((tx) => store.insertJob(tx, centreId, jobId, paper))
        .catch((error: unknown) => {
          if (brokeConstraint(error, 'print_job_centre_id_fkey')) refuse('unknown-centre', { centreId });
          throw error;
        });
      return { done: true as const };
    },

    'GET /api/centres/:centreId/print-jobs/:jobId': async ({ params: { centreId, jobId } }) =>
      (await db.read((tx) => store.jobState(tx, centreId, jobId))) ?? refuse('unknown-print-job', {}),

    'POST /api/centres/:centreId/print-jobs/take': ({ params: { centreId } }) =>
      db.write((tx) => store.takeJobs(tx, centreId)),

    'POST /api/centres/:centreId/print-jobs/:jobId/end': async ({ params: { centreId, jobId }, body: { fault } }) => {
      if (!(await db.write((tx) => store.endJob(tx, centreId, jobId, fault)))) return refuse('unknown-print-job', {});
      await ended(centreId, fault);
      return { done: true as const };
    },
  });
}
