import { centreOfficeContract } from '../../../../contract/network-office.ts';
import { problem, refuse } from '../../../../core/problems.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Action } from '../../../platform/audit.ts';
import { cityZone } from '../../../platform/city.ts';
import type { Write } from '../../../platform/handles.ts';
import { serve } from '../../../platform/serve.ts';
import type { NetworkOffice } from '../context.ts';
import { hallNow } from '../halls/queries.ts';
import * as queries from './queries.ts';
import { write, writeOffer } from './write.ts';

/** Centres as those change them who run the network. */
export function centreOfficeRoutes(office: NetworkOffice): void {
  const { db, directory, openVisits } = office;
  const mustBeHost = async (hallOf: CentreId | null) => {
    if (hallOf !== null && (await directory.centre(hallOf)).centre.hall_of !== null) refuse('hall-of-guest', {});
  };

  serve(office.http, centreOfficeContract, {
    'GET /api/centres/:centreId/file': async ({ params: { centreId } }) =>
      (await db.read((tx) => queries.centreFile(tx, centreId))) ?? refuse('unknown-centre', { centreId }),

    'POST /api/centres': async ({ body: { code, ...details }, asker }) => {
      await mustBeHost(details.hallOf);
      const made = (centreId: number): Action => ({ action: 'centre-added', object: `centre ${centreId}` });
      const zone = await db.read((tx) => cityZone(tx));
      const centreId = await write(db, asker, made, (tx) => queries.insertCentre(tx, code, zone, details), {
        centre_code_key: problem('code-taken', { code }),
        centre_district_id_fkey: problem('unknown-district', { districtId: details.districtId }),
      });
      await office.centreChanges.catchUp();
      return { centreId };
    },

    'PUT /api/centres/:centreId': async ({ params: { centreId }, body, asker }) => {
      const { day } = await office.today(centreId);
      if (body.hallOf === centreId) refuse('hall-of-itself', {});
      await mustBeHost(body.hallOf);
      const action = { action: 'centre-changed', object: `centre ${centreId}` };
      const halls = { from: centreId, to: body.hallOf ?? centreId };
      const work = async (tx: Write) => {
        const { hallId, guests, visits } = (await hallNow(tx, centreId, day)) ?? refuse('unknown-centre', { centreId });
        if (hallId !== halls.to && guests > 0) refuse('hall-has-guests', {});
        // In another hall nobody would find its visitors.
        if (hallId !== halls.to && visits > 0) refuse('visits-open', { visits });
        halls.from = hallId;
        await queries.updateCentre(tx, centreId, body);
      };
      await write(db, asker, action, work, {
        centre_district_id_fkey: problem('unknown-district', { districtId: body.districtId }),
      });
      await office.centreChanges.catchUp();
      // The windows of the centre go with it, out of one running day and into another.
      if (halls.from !== halls.to)
        for (const hallId of new Set([halls.from, halls.to]))
          if ((await directory.hallOf(hallId)) === hallId) await office.rulesChanged.tell(hallId);
    },

    'POST /api/centres/:centreId/shut': async ({ params: { centreId }, query, body: { reason }, asker }) => {
      await directory.centre(centreId);
      const visits = reason === null ? 0 : await openVisits(centreId);
      if (visits > 0) refuse('visits-open', { visits });
      const action = {
        action: reason === null ? 'centre-opened' : 'centre-shut',
        object: `centre ${centreId}`,
        details: { reason },
      };
      const by = { asker, centreId, dryRun: query.dryRun === 'true' };
      return writeOffer(office, by, action, (tx) => queries.setShut(tx, centreId, reason));
    },
  });
}
