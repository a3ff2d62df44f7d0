import { randomUUID } from 'node:crypto';
import type { ChargeState, Payee, PaymentSource, PaymentVerdict } from '../../../core/applications/charge.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { PaidBefore } from '../../../core/applications/paid-before.ts';

export interface ChargeRow {
  readonly chargeId: string;
  readonly applicationId: string;
  readonly uin: string;
  readonly amount: number;
  readonly kbk: string | null;
  readonly state: ChargeState;
  readonly paidBefore: PaidBefore;
}

const CHARGE = `charge_id as "chargeId", application_id as "applicationId", uin, amount, kbk, state, paid_before as "paidBefore"`;

/** The next number in the row of charges. */
export async function nextChargeNumber(tx: Write): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(`select nextval('charge_number')::float8 as number`);
  return (rows[0] as { number: number }).number;
}

export async function insertCharge(
  tx: Write,
  { applicationId, uin, amount, kbk, paidBefore }: Omit<ChargeRow, 'chargeId' | 'state'>,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into charge (charge_id, application_id, uin, amount, kbk, state, paid_before, made_at, changed_at)
     values ($1, $2, $3, $4, $5, 'awaiting', $7, instant_of($6), instant_of($6))`,
    [randomUUID(), applicationId, uin, amount, kbk, at, paidBefore],
  );
}

/** The charges of an application. */
export function chargesOf(
  tx: Read,
  applicationId: string,
): Promise<(ChargeRow & { readonly payee: Payee | null; readonly service: string })[]> {
  return findChargesOf(tx, applicationId, '');
}

/** The charges of an application, held while they are moved. */
export function holdCharges(
  tx: Write,
  applicationId: string,
): Promise<(ChargeRow & { readonly payee: Payee | null; readonly service: string })[]> {
  return findChargesOf(tx, applicationId, 'for no key update of c');
}

async function findChargesOf(
  tx: Read,
  applicationId: string,
  held: string,
): Promise<(ChargeRow & { readonly payee: Payee | null; readonly service: string })[]> {
  const { rows } = await tx.query<ChargeRow & { payee: Payee | null; service: string }>(
    `select c.charge_id as "chargeId", c.application_id as "applicationId", uin, amount, kbk, c.state, paid_before as "paidBefore",
       coalesce(g.setting->'payee', 'null') as payee, v.body->'short'->>'ru' as service
     from charge c join application a using (application_id) join service_version v using (service_id, version)
     left join agency g on g.agency_id = a.agency_id
     where c.application_id = $1 order by c.made_at, c.uin ${held}`,
    [applicationId],
  );
  return rows;
}

export async function chargeById(tx: Write, chargeId: string): Promise<ChargeRow | null> {
  const { rows } = await tx.query<ChargeRow>(`select ${CHARGE} from charge where charge_id = $1 for no key update`, [
    chargeId,
  ]);
  return rows[0] ?? null;
}

export async function chargeByUin(tx: Write, uin: string): Promise<ChargeRow | null> {
  const { rows } = await tx.query<ChargeRow>(`select ${CHARGE} from charge where uin = $1 for no key update`, [uin]);
  return rows[0] ?? null;
}

export async function setChargeState(tx: Write, chargeId: string, state: ChargeState, at: Instant): Promise<void> {
  await tx.query(`update charge set state = $2, changed_at = instant_of($3) where charge_id = $1`, [
    chargeId,
    state,
    at,
  ]);
}

export interface PaymentRow {
  readonly paymentId: string;
  readonly uin: string;
  readonly amount: number;
  readonly source: PaymentSource;
  readonly paidAt: Instant;
}

/** The verdict on a payment that was heard of before; null when it is new. */
export async function verdictOf(tx: Read, paymentId: string): Promise<PaymentVerdict | null> {
  const { rows } = await tx.query<{ verdict: PaymentVerdict }>('select verdict from payment where payment_id = $1', [
    paymentId,
  ]);
  return rows[0]?.verdict ?? null;
}

/** Writes a payment down; false when it was heard of before. */
export async function insertPayment(
  tx: Write,
  { paymentId, uin, amount, source, paidAt }: PaymentRow,
  chargeId: string | null,
  verdict: PaymentVerdict,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into payment (payment_id, charge_id, uin, amount, source, paid_at, verdict)
     values ($1, $2, $3, $4, $5, instant_of($6), $7) on conflict (payment_id) do nothing`,
    [paymentId, chargeId, uin, amount, source, paidAt, verdict],
  );
  return rowCount === 1;
}
