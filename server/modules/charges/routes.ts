import { chargeContract } from '../../../contract/charges.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { PaymentVerdict } from '../../../core/applications/charge.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Write } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import { applicationById, type CaseContext, mayAtCentre, settleTasks } from '../applications/index.ts';
import { chargeById, type ChargeRow } from './queries.ts';
import { moveCharge, takePayment } from './take-payment.ts';
import type { Terminal } from './terminal.ts';

/** Charges, at the window and from the bank. */
export function chargeRoutes(context: CaseContext, terminal: Terminal | null): void {
  const { http, db, now } = context;
  const chargeFor = async (tx: Write, asker: Asker, chargeId: string): Promise<ChargeRow> => {
    const charge = (await chargeById(tx, chargeId)) ?? refuse('unknown-charge', {});
    const application = await applicationById(tx, charge.applicationId);
    if (application === null || !(await mayAtCentre(context, asker, 'take-applications', application.centreId)))
      return refuse('right-elsewhere', {});
    return charge;
  };

  serve(http, chargeContract, {
    'POST /api/charges/:chargeId/pay-here': async ({ params: { chargeId }, body: { commandId }, asker }) => {
      const at = terminal ?? refuse('no-terminal', {});
      // The command is kept before anybody pays: sent again it comes to the same payment, whatever became of the charge meanwhile.
      const { uin, amount, applicationId } = await db.write(async (tx) => {
        const charge = await chargeFor(tx, asker, chargeId);
        await onceFor(tx, context, { commandId, action: `pay charge ${chargeId}`, body: {} }, async () =>
          charge.state === 'awaiting' ? chargeId : refuse('charge-not-awaiting', {}),
        );
        return charge;
      });
      const answer = await at.pay(commandId, uin, amount);
      if (answer.outcome === 'approved')
        await db.write(async (tx) => {
          const payment = { paymentId: answer.paymentId, uin, amount, source: 'terminal', paidAt: now() } as const;
          if (!(await takePayment(tx, payment, now())).isNew) return;
          await audit(tx, asker, { action: 'charge-paid-here', object: `charge ${chargeId}` });
        });
      return { outcome: answer.outcome, applicationId };
    },

    'POST /api/charges/:chargeId/refunded': ({ params: { chargeId }, body: { commandId }, asker }) =>
      db.write(async (tx) => {
        const charge = await chargeFor(tx, asker, chargeId);
        await onceFor(tx, context, { commandId, action: `refund charge ${chargeId}`, body: {} }, async () => {
          if (!(await moveCharge(tx, charge, 'refund', now()))) return refuse('charge-not-awaiting', {});
          await settleTasks(tx, 'refund', charge.applicationId, now(), { chargeId });
          await audit(tx, asker, { action: 'charge-refunded', object: `charge ${chargeId}` });
          return chargeId;
        });
        return { applicationId: charge.applicationId };
      }),

    'POST /api/payments': async ({ body: { payments } }) => {
      const said: { paymentId: string; verdict: PaymentVerdict }[] = [];
      for (const payment of payments) {
        const { verdict } = await db.write((tx) => takePayment(tx, payment, now()));
        said.push({ paymentId: payment.paymentId, verdict });
      }
      return said;
    },
  });
}
