import {
  chargeAfter,
  type ChargeMove,
  paymentVerdict,
  type PaymentVerdict,
} from '../../../core/applications/charge.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Write } from '../../platform/handles.ts';
import { applicationById, openTask } from '../applications/index.ts';
import * as queries from './queries.ts';

/** What a payment came to; `isNew`: it was not heard of before. */
interface Taken {
  readonly verdict: PaymentVerdict;
  readonly isNew: boolean;
}

/** Takes in a payment: once for each id. What does not fit is a task for a person, and changes nothing else. */
export async function takePayment(tx: Write, payment: queries.PaymentRow, at: Instant): Promise<Taken> {
  // The charge is held first: of two that tell of one payment at once the second finds it written down.
  const charge = await queries.chargeByUin(tx, payment.uin);
  const known = await queries.verdictOf(tx, payment.paymentId);
  if (known !== null) return { verdict: known, isNew: false };
  const verdict = paymentVerdict(charge, payment.amount, payment.source);
  if (!(await queries.insertPayment(tx, payment, charge?.chargeId ?? null, verdict)))
    return { verdict: (await queries.verdictOf(tx, payment.paymentId)) ?? verdict, isNew: false };
  if (verdict === 'fits') {
    await moveCharge(tx, charge as queries.ChargeRow, payment.source === 'terminal' ? 'pay' : 'confirm', at);
    return { verdict, isNew: true };
  }
  const application = charge === null ? null : await applicationById(tx, charge.applicationId);
  const details = { paymentId: payment.paymentId, uin: payment.uin, amount: payment.amount, verdict };
  await openTask(tx, { kind: 'reconcile', application, details }, at);
  return { verdict, isNew: true };
}

/** Moves a charge that is held; false where that cannot be. */
export async function moveCharge(
  tx: Write,
  { chargeId, state }: queries.ChargeRow,
  move: ChargeMove,
  at: Instant,
): Promise<boolean> {
  const next = chargeAfter(state, move);
  if (next !== null) await queries.setChargeState(tx, chargeId, next, at);
  return next !== null;
}
