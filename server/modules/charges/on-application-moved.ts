import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { chargeAfter, chargeMovesAfter, isOwedAt, paymentText, uinOf } from '../../../core/applications/charge.ts';
import { PAID_BEFORE, type PaidBefore, USUALLY_PAID_BEFORE } from '../../../core/applications/paid-before.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import {
  type Action,
  type Application,
  type Begun,
  type CaseContext,
  type Moved,
  openTask,
  type Variant,
} from '../applications/index.ts';
import { moveCharge } from './take-payment.ts';
import * as queries from './queries.ts';

/** Charges are made at the registration, from the passport of that day; they end with a service that is not given. */
export async function onApplicationMoved(
  tx: Write,
  context: CaseContext,
  { after, variant, action, day }: Moved,
): Promise<void> {
  if (action.move === 'register')
    await makeCharges(tx, after, variant, { day, at: context.now() }, (paidBefore) => paidBefore !== 'registration');
  const moves = chargeMovesAfter(action.move);
  if (moves.length === 0) return;
  for (const charge of await queries.holdCharges(tx, after.applicationId)) {
    const move = moves.find((one) => chargeAfter(charge.state, one) !== null);
    if (move === undefined) continue;
    await moveCharge(tx, charge, move, context.now());
    if (move === 'ask-refund')
      await openTask(
        tx,
        {
          kind: 'refund',
          application: after,
          details: { chargeId: charge.chargeId, uin: charge.uin, amount: charge.amount },
        },
        context.now(),
      );
  }
}

/** What has to be paid before the registration is charged as soon as the application is begun. */
export async function onApplicationBegun(
  tx: Write,
  { now }: CaseContext,
  { application, variant, day }: Begun,
): Promise<void> {
  await makeCharges(tx, application, variant, { day, at: now() }, (paidBefore) => paidBefore === 'registration');
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
export async function mustBePaid(
  tx: Write,
  _context: CaseContext,
  { applicationId }: Application,
  { move, actor }: Action,
): Promise<void> {
  if (actor.kind === 'program' || actor.kind === 'key') return;
  if (!PAID_BEFORE.some((paidBefore) => isOwedAt(paidBefore, move))) return;
  const owed = (await queries.chargesOf(tx, applicationId)).filter(
    ({ state, paidBefore }) => state === 'awaiting' && isOwedAt(paidBefore, move),
  );
  if (owed.length > 0) refuse('payment-missing', { charges: owed.map(({ uin, amount }) => ({ uin, amount })) });
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
