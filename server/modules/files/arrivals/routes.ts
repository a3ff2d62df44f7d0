import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { arrivedScanContract } from '../../../../contract/arrived-scans.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import type { Vault } from '../../../platform/vault.ts';
import * as store from './store.ts';

/** What the scanners of a centre have put down, for whoever takes applications there. */
export function arrivalRoutes(app: FastifyInstance, pool: pg.Pool, vault: Vault): void {
  serve(app, arrivedScanContract, {
    'GET /api/centres/:centreId/arrived-scans': ({ params: { centreId }, query: { windowId } }) =>
      store.arrivals(pool, vault, centreId, windowId ?? null),

    'DELETE /api/centres/:centreId/arrived-scans/:fileId': ({ params: { centreId, fileId }, asker }) =>
      inTransaction(pool, async (client) => {
        if (!(await store.throwAway(client, centreId, fileId))) return refuse('unknown-file', {});
        await audit(client, asker, { action: 'scan-thrown-away', object: `file ${fileId}`, details: { centreId } });
        return { done: true as const };
      }),
  });
}
