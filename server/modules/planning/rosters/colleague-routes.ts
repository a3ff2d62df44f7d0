import { colleagueContract } from '../../../../contract/rosters.ts';
import { refuse } from '../../../../core/problems.ts';
import type { CentreId, GroupId } from '../../../../core/queue/ids.ts';
import { audit } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import { specialistsAt } from '../../people/index.ts';
import type { HallContext } from '../../queue/index.ts';
import { putMark, putTerms } from './queries.ts';
import { colleaguesOf } from './week.ts';

/** How those work who can be rostered: contracts, skills, days off and wishes. */
export function colleagueRoutes(context: HallContext): void {
  const { http, db } = context;
  serve(http, colleagueContract, {
    'GET /api/centres/:centreId/roster/people': async ({ params: { centreId }, query: { day } }) => {
      const people = await colleaguesOf(context, centreId, day);
      return people.map(({ personId, shiftHours, groupIds, daysOff, ratherNot, standing = [], weekHours }) => ({
        accountId: personId,
        weekHours,
        shiftHours: [...shiftHours] as (12 | 8 | 6 | 4)[],
        groupIds: groupIds === null ? null : [...(groupIds as GroupId[])],
        daysOff: [...daysOff],
        ratherNot: [...ratherNot],
        standing: [...standing],
      }));
    },

    'PUT /api/centres/:centreId/roster/people/:accountId': async ({ params, body, asker }) => {
      const { centreId, accountId } = await colleague(context, params);
      await db.write(async (tx) => {
        await putTerms(tx, centreId, accountId, body);
        const details = { centreId, ...body };
        await audit(tx, asker, { action: 'staff-terms-changed', object: `account ${accountId}`, details });
      });
    },

    'PUT /api/centres/:centreId/roster/people/:accountId/days/:day': async ({ params, body: { mark }, asker }) => {
      const { accountId } = await colleague(context, params);
      const { day } = params;
      await db.write(async (tx) => {
        await putMark(tx, accountId, day, mark);
        await audit(tx, asker, {
          action: 'staff-day-marked',
          object: `account ${accountId}`,
          details: { day, mark },
        });
      });
    },
  });
}

/** A specialist who may work at the windows of the hall. Throws unknown-centre, unknown-colleague. */
async function colleague(
  { db, directory }: HallContext,
  { centreId: asked, accountId }: { readonly centreId: CentreId; readonly accountId: string },
): Promise<{ centreId: CentreId; accountId: string }> {
  const centreId = await directory.hallOf(asked);
  const known = await db.read((tx) => specialistsAt(tx, centreId));
  if (!known.some((one) => one.accountId === accountId)) refuse('unknown-colleague', {});
  return { centreId, accountId };
}
