import { personLookContract } from '../../../../contract/persons.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import type { Context } from '../../../platform/context.ts';
import { serve } from '../../../platform/serve.ts';
import { decideRelease, looksForReasons, openReleases } from './queries.ts';

/** What heads and auditors see of looks at personal data, and a second person's word for more of them. */
export function personLookRoutes({ http, db }: Context): void {
  serve(http, personLookContract, {
    'GET /api/person-looks': ({ query: { before } }) => db.read((tx) => looksForReasons(tx, null, before ?? null)),

    'GET /api/centres/:centreId/person-looks': ({ params: { centreId }, query: { before } }) =>
      db.read((tx) => looksForReasons(tx, centreId, before ?? null)),

    'GET /api/centres/:centreId/look-releases': ({ params: { centreId } }) =>
      db.read((tx) => openReleases(tx, centreId)),

    'POST /api/centres/:centreId/look-releases/:releaseId': async ({ params, body: { agreed }, asker }) => {
      const { centreId, releaseId } = params;
      await db.write(async (tx) => {
        const by = asker.kind === 'staff' && asker.id !== null ? asker.id : refuse('same-person', {});
        const askedBy = await decideRelease(tx, { releaseId, centreId, by, agreed });
        if (askedBy === null) refuse('unknown-release', {});
        await audit(tx, asker, {
          action: agreed ? 'look-release-agreed' : 'look-release-refused',
          object: `account ${askedBy}`,
          details: { centreId },
        });
      });
    },
  });
}
