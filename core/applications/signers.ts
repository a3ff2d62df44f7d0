import type { Instant } from '../time/instant.ts';
import { type Answers, type Condition, holds } from './form.ts';

/** Somebody else whose consent an application needs. */
export interface Signer {
  readonly code: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly when?: Condition;
}

/** `changed`: he has signed something else than what stands there now. */
export const SIGNATURE_STATES = ['missing', 'invited', 'signed', 'changed'] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

/** So many days an invitation to sign at home is good. */
export const INVITATION_DAYS = 3;
/** So many wrong dates of birth, and an invitation is worth nothing. */
export const SIGNING_TRIES = 5;

/** Who has to sign with these answers. */
export function askedSigners<One extends Signer>(signers: readonly One[], answers: Answers): One[] {
  return signers.filter(({ when }) => holds(when, answers));
}

/** How a signature stands; `isSame`: what was signed is what stands there now. */
export function signatureState(
  signature: { readonly signedAt: Instant | null; readonly goodUntil: Instant | null; readonly isSame: boolean } | null,
  now: Instant,
): SignatureState {
  if (signature === null) return 'missing';
  const { signedAt, goodUntil, isSame } = signature;
  if (signedAt !== null) return isSame ? 'signed' : 'changed';
  return goodUntil !== null && goodUntil > now ? 'invited' : 'missing';
}
