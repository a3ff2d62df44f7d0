import type { Instant } from '../time/instant.ts';
import { type Answers, type Condition, holds } from './form.ts';

/** Another person whose consent an application needs. */
export interface Signer {
  readonly code: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly when?: Condition;
}

/** `changed`: the application has changed since they signed. */
export const SIGNATURE_STATES = ['missing', 'invited', 'signed', 'changed'] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

/** Days for which an invitation to sign at home is valid. */
export const INVITATION_DAYS = 3;
/** Wrong dates of birth after which an invitation is void. */
export const SIGNING_TRIES = 5;

/** Who has to sign with these answers. */
export function askedSigners<One extends Signer>(signers: readonly One[], answers: Answers): One[] {
  return signers.filter(({ when }) => holds(when, answers));
}

/** The state of a signature; `isSame`: the application is as it was signed. */
export function signatureState(
  signature: { readonly signedAt: Instant | null; readonly goodUntil: Instant | null; readonly isSame: boolean } | null,
  now: Instant,
): SignatureState {
  if (signature === null) return 'missing';
  const { signedAt, goodUntil, isSame } = signature;
  if (signedAt !== null) return isSame ? 'signed' : 'changed';
  return goodUntil !== null && goodUntil > now ? 'invited' : 'missing';
}
