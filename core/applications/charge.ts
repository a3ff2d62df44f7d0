import { type MoveName, MOVES } from './life.ts';
import { uinCheckDigit } from '../persons/numbers.ts';
import { PAID_BEFORE, type PaidBefore } from './paid-before.ts';

/** Whether a charge has to be paid before a move: a fee for the registration is still owed at the decision. */
export function isOwedAt(paidBefore: PaidBefore, move: MoveName): boolean {
  const { paid } = MOVES[move] as { readonly paid?: PaidBefore };
  return paid !== undefined && PAID_BEFORE.indexOf(paidBefore) <= PAID_BEFORE.indexOf(paid);
}

/** Where a charge is between being asked for and being settled. */
export type ChargeState = 'awaiting' | 'paid' | 'confirmed' | 'cancelled' | 'refund-asked' | 'refunded';

/** The life of a charge: what leads from which state to which. */
const CHARGE_MOVES = {
  pay: { from: ['awaiting'], to: 'paid' },
  confirm: { from: ['awaiting', 'paid'], to: 'confirmed' },
  cancel: { from: ['awaiting'], to: 'cancelled' },
  'ask-refund': { from: ['paid', 'confirmed'], to: 'refund-asked' },
  refund: { from: ['refund-asked'], to: 'refunded' },
} as const satisfies Record<string, { from: readonly ChargeState[]; to: ChargeState }>;

export type ChargeMove = keyof typeof CHARGE_MOVES;

/** Where a charge comes to; null where that cannot be. */
export function chargeAfter(state: ChargeState, move: ChargeMove): ChargeState | null {
  const { from, to }: { from: readonly ChargeState[]; to: ChargeState } = CHARGE_MOVES[move];
  return from.includes(state) ? to : null;
}

/** Moves after which nothing is given for the money. */
const CHARGES_END: ReadonlySet<MoveName> = new Set([
  'withdraw',
  'return',
  'cancel',
  'cancel-dependent',
  'refuse-acceptance',
]);

/** What becomes of the charges of an application when it moves: a service that was not given is not paid for. */
export function chargeMovesAfter(move: MoveName): readonly ChargeMove[] {
  return CHARGES_END.has(move) ? ['cancel', 'ask-refund'] : [];
}

/** What a payment is to the charge that it names. */
export type PaymentVerdict = 'fits' | 'over' | 'under' | 'twice' | 'unknown-charge' | 'cancelled-charge';

export type PaymentSource = 'terminal' | 'bank' | 'portal';

export function paymentVerdict(
  charge: { readonly state: ChargeState; readonly amount: number } | null,
  amount: number,
  source: PaymentSource,
): PaymentVerdict {
  if (charge === null) return 'unknown-charge';
  if (charge.state === 'cancelled') return 'cancelled-charge';
  // What the terminal took the bank tells of later: that is the same money.
  const isTold = charge.state === 'paid' && source === 'bank';
  if (charge.state !== 'awaiting' && !isTold) return 'twice';
  if (amount === charge.amount) return 'fits';
  return amount > charge.amount ? 'over' : 'under';
}

/** The identifier of a charge (20 digits): a zero, the centre, the day, a number in a row, and the check digit. */
export function uinOf(centreId: number, day: string, number: number): string {
  const digits = (value: number, length: number) => String(value % 10 ** length).padStart(length, '0');
  const body = `0${digits(centreId, 5)}${day.slice(2).replaceAll('-', '')}${digits(number, 7)}`;
  return `${body}${uinCheckDigit(body)}`;
}

/** To whom money goes. */
export interface Payee {
  readonly name: string;
  readonly account: string;
  readonly bank: string;
  readonly bic: string;
  readonly correspondentAccount: string;
  readonly inn?: string;
  readonly kpp?: string;
  readonly oktmo?: string;
}

/** The text of a payment code: ГОСТ Р 56042-2014, UTF-8, fields parted by bars; the first five are mandatory. */
export function paymentText(
  payee: Payee,
  charge: { readonly uin: string; readonly amount: number; readonly kbk: string | null; readonly purpose: string },
): string {
  const fields: [string, string | null | undefined][] = [
    ['Name', payee.name],
    ['PersonalAcc', payee.account],
    ['BankName', payee.bank],
    ['BIC', payee.bic],
    ['CorrespAcc', payee.correspondentAccount],
    ['PayeeINN', payee.inn],
    ['KPP', payee.kpp],
    ['OKTMO', payee.oktmo],
    ['CBC', charge.kbk],
    ['Sum', String(charge.amount)],
    ['UIN', charge.uin],
    ['Purpose', charge.purpose],
  ];
  const written = fields.flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [`${name}=${value.replaceAll('|', ' ')}`],
  );
  return ['ST00012', ...written].join('|');
}
