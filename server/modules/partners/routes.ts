import { deadLetterContract } from '../../../contract/partners.ts';
import type { Context } from '../../platform/context.ts';
import { serve } from '../../platform/serve.ts';
import { mustBePartner } from './partner-of-asker.ts';
import { deadDeliveries, revive } from './queries.ts';

/** The messages that did not reach a partner. */
export function partnerRoutes({ http, db, now }: Context): void {
  serve(http, deadLetterContract, {
    'GET /api/partner/dead-letters': ({ asker }) =>
      db.read(async (tx) => {
        const { name } = await mustBePartner(tx, asker);
        return (await deadDeliveries(tx, name)).map(({ deliveryId, attempts, lastAnswer, madeAt, body }) => {
          const { bookingId, kind } = body as { readonly bookingId: string; readonly kind: string };
          return { deliveryId, attempts, lastAnswer, madeAt, bookingId, kind };
        });
      }),

    'POST /api/partner/dead-letters/retry': ({ asker }) =>
      db.write(async (tx) => {
        const { name } = await mustBePartner(tx, asker);
        return { revived: await revive(tx, name, now()) };
      }),
  });
}
