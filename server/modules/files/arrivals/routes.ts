import { arrivedScanContract } from '../../../../contract/arrived-scans.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import type { Context } from '../../../platform/context.ts';
import { serve } from '../../../platform/serve.ts';
import { arrivals, throwAway } from './queries.ts';

/** Scans that the scanners of a centre have made, for the staff who take applications there. */
export function arrivalRoutes({ http, db, vault }: Context): void {
  serve(http, arrivedScanContract, {
    'GET /api/centres/:centreId/arrived-scans': ({ params: { centreId }, query: { windowId } }) =>
      db.read((tx) => arrivals(tx, vault, centreId, windowId ?? null)),

    'DELETE /api/centres/:centreId/arrived-scans/:fileId': ({ params: { centreId, fileId }, asker }) =>
      db.write(async (tx) => {
        if (!(await throwAway(tx, centreId, fileId))) return refuse('unknown-file', {});
        await audit(tx, asker, { action: 'scan-thrown-away', object: `file ${fileId}`, details: { centreId } });
      }),
  });
}
