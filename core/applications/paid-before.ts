/** Before what a fee has to be paid; where a passport says nothing, before the decision. */
export const PAID_BEFORE = ['registration', 'decision', 'issue'] as const;

export type PaidBefore = (typeof PAID_BEFORE)[number];

export const USUALLY_PAID_BEFORE: PaidBefore = 'decision';
