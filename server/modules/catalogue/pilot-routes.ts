import type { FastifyInstance } from 'fastify';
import { pilotContract } from '../../../contract/catalogue.ts';
import { refuse } from '../../../core/problems.ts';
import { mustBeDays } from '../../platform/days.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { CatalogueSetting } from './routes.ts';
import * as store from './store.ts';

/** What is on longer than this is no trial any more. */
const PILOT_DAYS_MAX = 1_827;

/** What is on in some centres first. */
export function pilotRoutes(
  app: FastifyInstance,
  { db, today, ruleFault, serviceFault, changed }: CatalogueSetting,
): void {
  serve(app, pilotContract, {
    'GET /api/pilots': () => db.read((tx) => store.pilots(tx)),

    'POST /api/pilots': async ({ body, asker }) => {
      const { centreId, serviceId, rule, value, from, to } = body;
      mustBeDays(from, to, PILOT_DAYS_MAX);
      if ((serviceId === null) === (rule === null)) return refuse('pilot-faulty', { reason: 'a service or a rule' });
      const fault = await (serviceId === null
        ? ruleFault(centreId, rule ?? '', value)
        : serviceFault(centreId, serviceId, from));
      if (fault !== null) return refuse('pilot-faulty', { reason: fault });
      const pilotId = await db
        .write(async (tx) => {
          const id = await store.insertPilot(tx, { centreId, serviceId, rule, value, from, to });
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
      await changed([centreId]);
      return { pilotId };
    },

    'DELETE /api/pilots/:pilotId': async ({ params: { pilotId }, asker }) => {
      const day = await today();
      const centreId = await db.write(async (tx) => {
        const found = (await store.endPilot(tx, pilotId, day)) ?? refuse('unknown-pilot', {});
        await audit(tx, asker, { action: 'pilot-ended', object: `centre ${found}`, details: { pilotId } });
        return found;
      });
      await changed([centreId]);
      return { done: true as const };
    },
  });
}
