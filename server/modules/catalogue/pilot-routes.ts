import { pilotContract } from '../../../contract/catalogue.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { cityDay } from '../../platform/city.ts';
import { mustBeDays } from '../../platform/days.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import { announceRules, type NetworkContext, ruleFault, serviceFault } from '../network/index.ts';
import { offerOn } from './offers.ts';
import * as queries from './queries.ts';

/** What is on longer than this is no trial any more. */
const PILOT_DAYS_MAX = 1_827;

/** What is on in some centres first. */
export function pilotRoutes(context: NetworkContext): void {
  const { http, db, directory, now } = context;
  const today = () => db.read((tx) => cityDay(tx, now()));
  /** Why a centre could not give a service from a day on; null when it could, or when the service is not in force then. */
  const pilotFault = async (centreId: number, serviceId: string, day: CivilDate) => {
    const service = await db.read((tx) => offerOn(tx, serviceId, day));
    return service === null ? null : serviceFault(db, directory, centreId, day, service);
  };
  serve(http, pilotContract, {
    'GET /api/pilots': () => db.read((tx) => queries.pilots(tx)),

    'POST /api/pilots': async ({ body, asker }) => {
      const { centreId, serviceId, rule, value, from, to } = body;
      mustBeDays(from, to, PILOT_DAYS_MAX);
      if ((serviceId === null) === (rule === null)) return refuse('pilot-faulty', { reason: 'a service or a rule' });
      const fault = await (serviceId === null
        ? ruleFault(db, directory, centreId, await today(), rule ?? '', value)
        : pilotFault(centreId, serviceId, from));
      if (fault !== null) return refuse('pilot-faulty', { reason: fault });
      const pilotId = await db
        .write(async (tx) => {
          const id = await queries.insertPilot(tx, { centreId, serviceId, rule, value, from, to });
          await audit(tx, asker, {
            action: 'pilot-begun',
            object: `centre ${centreId}`,
            details: { serviceId, rule, value, from, to },
          });
          return id;
        })
        .catch((error: unknown) => {
          if ((error as { code?: string }).code === '23P01') return refuse('pilot-overlaps', {});
          if (brokeConstraint(error, 'pilot_service_id_fkey'))
            return refuse('unknown-service', { serviceId: serviceId ?? '' });
          throw error;
        });
      await announceRules(context, [centreId]);
      return { pilotId };
    },

    'DELETE /api/pilots/:pilotId': async ({ params: { pilotId }, asker }) => {
      const day = await today();
      const centreId = await db.write(async (tx) => {
        const found = (await queries.endPilot(tx, pilotId, day)) ?? refuse('unknown-pilot', {});
        await audit(tx, asker, { action: 'pilot-ended', object: `centre ${found}`, details: { pilotId } });
        return found;
      });
      await announceRules(context, [centreId]);
    },
  });
}
