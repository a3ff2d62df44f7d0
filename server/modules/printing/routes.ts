import { type PrintFault, printingContract } from '../../../contract/printing.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { refuse } from '../../../core/problems.ts';
import type { Context } from '../../platform/context.ts';
import { brokeConstraint, type Db } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import { raiseAlert, settleAlert } from '../alerts/index.ts';
import * as queries from './queries.ts';

/** Printing by the agent of a centre. */
export function printingRoutes({ http, db, now }: Context): void {
  serve(http, printingContract, {
    'POST /api/centres/:centreId/print-jobs': async ({ params: { centreId }, body: { jobId, paper } }) => {
      await db
        .write((tx) => queries.insertJob(tx, centreId, jobId, paper))
        .catch((error: unknown) => {
          if (brokeConstraint(error, 'print_job_centre_id_fkey')) refuse('unknown-centre', { centreId });
          throw error;
        });
    },

    'GET /api/centres/:centreId/print-jobs/:jobId': async ({ params: { centreId, jobId } }) =>
      (await db.read((tx) => queries.jobState(tx, centreId, jobId))) ?? refuse('unknown-print-job', {}),

    'POST /api/centres/:centreId/print-jobs/take': ({ params: { centreId } }) =>
      db.write((tx) => queries.takeJobs(tx, centreId)),

    'POST /api/centres/:centreId/print-jobs/:jobId/end': async ({ params: { centreId, jobId }, body: { fault } }) => {
      if (!(await db.write((tx) => queries.endJob(tx, centreId, jobId, fault)))) return refuse('unknown-print-job', {});
      await printerAlert(db, centreId, fault, now());
    },
  });
}

/** A printer that cannot print calls for a person until it prints again. */
async function printerAlert(db: Db, centreId: CentreId, fault: PrintFault | null, now: Instant): Promise<void> {
  const kinds = ['paper-out', 'printer-gone'] as const;
  const kind = fault === 'paper-out' ? 'paper-out' : 'printer-gone';
  if (fault === 'too-late') return;
  if (fault !== null) return db.write((tx) => raiseAlert(tx, { centreId, kind, place: 'printer', value: null }, now));
  for (const one of kinds) await db.write((tx) => settleAlert(tx, { centreId, kind: one, place: 'printer' }, now));
}
