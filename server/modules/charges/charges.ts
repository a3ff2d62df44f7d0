import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import {
  chargeAfter,
  type ChargeMove,
  chargeMovesAfter,
  isOwedAt,
  paymentText,
  paymentVerdict,
  type PaymentVerdict,
  uinOf,
} from '../../../core/applications/charge.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import {
  type Application,
  applicationById,
  type CaseRoom,
  type Consequence,
  openTask,
  type Variant,
} from '../applications/index.ts';
import * as queries from './queries.ts';
import { PAID_BEFORE, type PaidBefore, USUALLY_PAID_BEFORE } from '../../../core/applications/paid-before.ts';

/** Charges are made at the registration, from the passport of that day; they end with a service that is not given. */
export const chargesFollow: Consequence = async (tx, room, { after, variant, action, day }) => {
  if (action.move === 'register')
    await makeCharges(tx, after, variant, { day, at: room.now() }, (paidBefore) => paidBefore !== 'registration');
  const moves = chargeMovesAfter(action.move);
  if (moves.length === 0) return;
  for (const charge of await queries.holdCharges(tx, after.applicationId)) {
    const move = moves.find((one) => chargeAfter(charge.state, one) !== null);
    if (move === undefined) continue;
    await moveCharge(tx, charge, move, room.now());
    if (move === 'ask-refund')
      await openTask(
        tx,
        {
          kind: 'refund',
          application: after,
          details: { chargeId: charge.chargeId, uin: charge.uin, amount: charge.amount },
        },
        room.now(),
      );
  }
};

/** What has to be paid before the registration is charged as soon as the application is begun. */
export function chargesBegun(at: () => Instant): CaseRoom['begun'] {
  return (tx, application, variant, day) =>
    makeCharges(tx, application, variant, { day, at: at() }, (paidBefore) => paidBefore === 'registration');
}

async function makeCharges(
  tx: Write,
  { applicationId, centreId }: Pick<Application, 'applicationId' | 'centreId'>,
  { fees }: Variant,
  { day, at }: { readonly day: CivilDate; readonly at: Instant },
  isNow: (paidBefore: PaidBefore) => boolean,
): Promise<void> {
  for (const { amount, kbk, paidBefore = USUALLY_PAID_BEFORE } of fees) {
    if (amount <= 0 || !isNow(paidBefore)) continue;
    const uin = uinOf(centreId, day, await queries.nextChargeNumber(tx));
    await queries.insertCharge(tx, { applicationId, uin, amount, kbk, paidBefore }, at);
  }
}

/**
 * Throws `payment-missing` for a move before which something has to be paid. What an agency says by wire is taken as it says it: it has
 * decided, and the result waits for the money.
 */
export const chargesMustAllow: CaseRoom['chargesMustAllow'] = async (tx, { applicationId }, { move, actor }) => {
  if (actor.kind === 'program' || actor.kind === 'key') return;
  if (!PAID_BEFORE.some((paidBefore) => isOwedAt(paidBefore, move))) return;
  const owed = (await queries.chargesOf(tx, applicationId)).filter(
    ({ state, paidBefore }) => state === 'awaiting' && isOwedAt(paidBefore, move),
  );
  if (owed.length > 0) refuse('payment-missing', { charges: owed.map(({ uin, amount }) => ({ uin, amount })) });
};

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

/** The charges of an application as it shows them. */
export async function shownCharges(tx: Read, applicationId: string): Promise<ApplicationFile['charges']> {
  const charges = await queries.chargesOf(tx, applicationId);
  return charges.map(({ chargeId, uin, amount, kbk, state, payee, service }) => ({
    chargeId,
    uin,
    amount,
    state,
    payText: payee === null ? null : paymentText(payee, { uin, amount, kbk, purpose: service }),
  }));
}
