import { Type } from 'typebox';
import { ApplicationIdField } from './application-shapes.ts';
import type { Contract } from './contract.ts';
import { CommandIdField, HappenedInstant, lineField, PaidKopecksField, UuidField } from './fields.ts';
import { closedObject } from './queue-shapes.ts';

const Verdict = Type.Enum(['fits', 'over', 'under', 'twice', 'unknown-charge', 'cancelled-charge']);

/** Charges and their payments. */
export const chargeContract = {
  'POST /api/charges/:chargeId/pay-here': {
    right: 'take-applications',
    placed: true,
    summary: 'Take a payment at the terminal of the window',
    params: Type.Object({ chargeId: UuidField }),
    body: closedObject({ commandId: CommandIdField }),
    reply: Type.Object({
      outcome: Type.Enum(['approved', 'declined', 'no-answer']),
      applicationId: ApplicationIdField,
    }),
    problems: ['unknown-charge', 'charge-not-awaiting', 'no-terminal', 'right-elsewhere', 'command-conflict'],
  },
  'POST /api/charges/:chargeId/refunded': {
    right: 'take-applications',
    placed: true,
    summary: 'Record a refund',
    params: Type.Object({ chargeId: UuidField }),
    body: closedObject({ commandId: CommandIdField }),
    reply: Type.Object({ applicationId: ApplicationIdField }),
    problems: ['unknown-charge', 'charge-not-awaiting', 'right-elsewhere', 'command-conflict'],
  },
  'POST /api/payments': {
    right: 'operate',
    summary: 'Receive payments from the bank or the portal; a payment that does not match becomes a task',
    body: closedObject({
      payments: Type.Array(
        closedObject({
          paymentId: lineField(1, 100),
          uin: lineField(0, 30),
          amount: PaidKopecksField,
          source: Type.Enum(['bank', 'portal']),
          paidAt: HappenedInstant,
        }),
        { maxItems: 1_000 },
      ),
    }),
    reply: Type.Array(Type.Object({ paymentId: Type.String(), verdict: Verdict })),
    problems: [],
  },
} as const satisfies Contract;
