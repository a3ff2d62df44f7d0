import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargeAfter, type ChargeState, type PaymentSource, paymentVerdict, type PaymentVerdict } from './charge.ts';

const AMOUNT = 30_000;

describe('what a payment is to its charge', () => {
  test.each<[ChargeState, number, PaymentSource, PaymentVerdict]>([
    ['awaiting', AMOUNT, 'terminal', 'fits'],
    ['awaiting', AMOUNT, 'bank', 'fits'],
    ['awaiting', AMOUNT, 'portal', 'fits'],
    ['awaiting', AMOUNT + 1, 'bank', 'over'],
    ['awaiting', AMOUNT * 2, 'terminal', 'over'],
    ['awaiting', AMOUNT - 1, 'bank', 'under'],
    // What the terminal took the bank tells of later: the same money, and no more than that.
    ['paid', AMOUNT, 'bank', 'fits'],
    ['paid', AMOUNT + 1, 'bank', 'over'],
    ['paid', AMOUNT - 1, 'bank', 'under'],
    ['paid', AMOUNT, 'terminal', 'twice'],
    ['paid', AMOUNT, 'portal', 'twice'],
    ['confirmed', AMOUNT, 'bank', 'twice'],
    ['refund-asked', AMOUNT, 'bank', 'twice'],
    ['refunded', AMOUNT, 'bank', 'twice'],
    ['cancelled', AMOUNT, 'bank', 'cancelled-charge'],
    ['cancelled', AMOUNT + 1, 'terminal', 'cancelled-charge'],
  ])('%s: %i by %s is %s', (state, amount, source, verdict) =>
    expect(paymentVerdict({ state, amount: AMOUNT }, amount, source)).toBe(verdict),
  );

  test('of an unknown charge it is that', () => expect(paymentVerdict(null, AMOUNT, 'bank')).toBe('unknown-charge'));

  test('only the very amount fits, and only where the charge can still be paid', () => {
    const states: ChargeState[] = ['awaiting', 'paid', 'confirmed', 'cancelled', 'refund-asked', 'refunded'];
    const sources: PaymentSource[] = ['terminal', 'bank', 'portal'];
    const sum = fc.oneof(fc.integer({ min: 1, max: 2_000_000 }), fc.constantFrom(AMOUNT - 1, AMOUNT, AMOUNT + 1));
    fc.assert(
      fc.property(fc.constantFrom(...states), sum, sum, fc.constantFrom(...sources), (state, asked, came, source) => {
        if (paymentVerdict({ state, amount: asked }, came, source) !== 'fits') return;
        expect(came).toBe(asked);
        expect(chargeAfter(state, source === 'terminal' ? 'pay' : 'confirm')).not.toBeNull();
      }),
    );
  });
});
