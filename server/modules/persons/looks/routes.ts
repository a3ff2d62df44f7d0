import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { personLookContract } from '../../../../contract/persons.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { decideRelease, looksForReasons, openReleases } from './store.ts';

/** What heads and auditors see of looks at personal data, and a second person's word for more of them. */
export function personLookRoutes(app: FastifyInstance, pool: pg.Pool): void {
  serve(app, personLookContract, {
    'GET /api/person-looks': ({ query: { before } }) => looksForReasons(pool, null, before ?? null),

    'GET /api/centres/:centreId/person-looks': ({ params: { centreId }, query: { before } }) =>
      looksForReasons(pool, centreId, before ?? null),

    'GET /api/centres/:centreId/look-releases': ({ params: { centreId } }) => openReleases(pool, centreId),

    'POST /api/centres/:centreId/look-releases/:releaseId': async ({ params, body: { agreed }, asker }) => {
      const { centreId, releaseId } = params;
      await inTransaction(pool, async (client) => {
        const by = asker.kind === 'staff' && asker.id !== null ? asker.id : refuse('same-person', {});
        const askedBy = await decideRelease(client, { releaseId, centreId, by, agreed });
        if (askedBy === null) refuse('unknown-release', {});
        await audit(client, asker, {
          action: agreed ? 'look-release-agreed' : 'look-release-refused',
          object: `account ${askedBy}`,
          details: { centreId },
        });
      });
      return { done: true as const };
    },
  });
}
