import type { FastifyInstance } from 'fastify';
import { centreOfficeContract } from '../../../../contract/network-office.ts';
import { problem, refuse } from '../../../../core/problems.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { TimeZone } from '../../../../core/time/civil.ts';
import type { Action } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import type { Directory } from '../directory.ts';
import * as store from './store.ts';
import { type OfferSetting, write, writeOffer } from './write.ts';

export interface NetworkOfficeSetting extends OfferSetting {
  readonly directory: Directory;
  /** The city's time zone. */
  timeZone(): Promise<TimeZone>;
  /** How many visitors the hall of a centre still has today. */
  openVisits(centreId: CentreId): Promise<number>;
  /** Tells the running day of a hall that its rules have changed. */
  changed(centreId: CentreId): Promise<void>;
}

/** Centres as those change them who run the network. */
export function centreOfficeRoutes(app: FastifyInstance, setting: NetworkOfficeSetting): void {
  const { db, directory, timeZone, openVisits } = setting;
  const mustBeHost = async (hallOf: CentreId | null) => {
    if (hallOf !== null && (await directory.centre(hallOf)).centre.hall_of !== null) refuse('hall-of-guest', {});
  };

  serve(app, centreOfficeContract, {
    'GET /api/centres/:centreId/file': async ({ params: { centreId } }) =>
      (await db.read((tx) => store.centreFile(tx, centreId))) ?? refuse('unknown-centre', { centreId }),

    'POST /api/centres': async ({ body: { code, ...details }, asker }) => {
      await mustBeHost(details.hallOf);
      const made = (centreId: number): Action => ({ action: 'centre-added', object: `centre ${centreId}` });
      const zone = await timeZone();
      const centreId = await write(db, asker, made, (tx) => store.insertCentre(tx, code, zone, details), {
        centre_code_key: problem('code-taken', { code }),
        centre_district_id_fkey: problem('unknown-district', { districtId: details.districtId }),
      });
      await setting.offersChanged();
      return { centreId };
    },

    'PUT /api/centres/:centreId': async ({ params: { centreId }, body, asker }) => {
      await directory.centre(centreId);
      await mustBeHost(body.hallOf);
      if (body.hallOf === centreId) refuse('hall-of-guest', {});
      const action = { action: 'centre-changed', object: `centre ${centreId}` };
      await write(db, asker, action, (tx) => store.updateCentre(tx, centreId, body), {
        centre_district_id_fkey: problem('unknown-district', { districtId: body.districtId }),
      });
      await setting.offersChanged();
      return { done: true as const };
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
      return writeOffer(setting, by, action, (tx) => store.setShut(tx, centreId, reason));
    },
  });
}
