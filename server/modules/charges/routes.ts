import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { chargeContract } from '../../../contract/charges.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { applicationById, type CaseRoom, settleTasks } from '../applications/index.ts';
import { moveCharge, takePayment } from './charges.ts';
import { chargeById, type ChargeRow } from './store.ts';
import type { Terminal } from './terminal.ts';

/** Charges, at the window and from the bank. */
export function chargeRoutes(
  app: FastifyInstance,
  { pool, now, may }: Pick<CaseRoom, 'pool' | 'may'> & { now(): Instant },
  terminal: Terminal | null,
): void {
  const chargeFor = async (client: pg.Pool | pg.PoolClient, asker: Asker, chargeId: string): Promise<ChargeRow> => {
    const charge = (await chargeById(client, chargeId)) ?? refuse('unknown-charge', {});
    const application = await applicationById(client, charge.applicationId);
    if (application === null || !(await may(asker, 'take-applications', application)))
      return refuse('right-elsewhere', {});
    return charge;
  };

  serve(app, chargeContract, {
    'POST /api/charges/:chargeId/pay-here': async ({ params: { chargeId }, body: { commandId }, asker }) => {
      const { uin, amount, state, applicationId } = await chargeFor(pool, asker, chargeId);
      if (state !== 'awaiting') return refuse('charge-not-awaiting', {});
      const answer = await (terminal ?? refuse('no-terminal', {})).pay(commandId, uin, amount);
      if (answer.outcome === 'approved')
        await inTransaction(pool, async (client) => {
          const payment = { paymentId: answer.paymentId, uin, amount, source: 'terminal', paidAt: now() } as const;
          await takePayment(client, payment, now());
          await audit(client, asker, { action: 'charge-paid-here', object: `charge ${chargeId}` });
        });
      return { outcome: answer.outcome, applicationId };
    },

    'POST /api/charges/:chargeId/refunded': ({ params: { chargeId }, asker }) =>
      inTransaction(pool, async (client) => {
        const charge = await chargeFor(client, asker, chargeId);
        if (!(await moveCharge(client, charge, 'refund', now()))) return refuse('charge-not-awaiting', {});
        await settleTasks(client, 'refund', charge.applicationId, now());
        await audit(client, asker, { action: 'charge-refunded', object: `charge ${chargeId}` });
        return { applicationId: charge.applicationId };
      }),

    'POST /api/payments': async ({ body: { payments } }) => {
      const said: { paymentId: string; verdict: Awaited<ReturnType<typeof takePayment>> }[] = [];
      for (const payment of payments) {
        const verdict = await inTransaction(pool, (client) => takePayment(client, payment, now()));
        said.push({ paymentId: payment.paymentId, verdict });
      }
      return said;
    },
  });
}
