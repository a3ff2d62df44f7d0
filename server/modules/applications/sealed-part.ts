import { randomBytes } from 'node:crypto';
import type { ApplicantContact } from '../../../contract/application-shapes.ts';
import { CODE_SIGNS } from '../../../core/applications/code.ts';
import type { Answers } from '../../../core/applications/form.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import type { PushPlace } from '../notices/index.ts';

/** A browser that is told, and in which language. */
export interface ToldBrowser extends PushPlace {
  readonly language: 'ru' | 'en';
}

/** The parts of an application that identify a person, or may. */
export interface SealedPart {
  readonly answers: Answers;
  readonly contact: ApplicantContact | null;
  readonly mandate: { readonly kind: string; readonly number: string; readonly until?: string } | null;
  /** What the agency or the specialist wrote to the applicant. */
  readonly note: string | null;
  /** Why documents are not needed, by their kind. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** What was answered before something was corrected, the oldest first. */
  readonly earlier?: readonly { readonly at: number; readonly answers: Answers }[];
  /** Browsers that are notified in addition to the contact. */
  readonly browsers?: readonly ToldBrowser[];
}

export function sealPart(vault: Vault, applicationId: string, part: SealedPart): Buffer {
  return vault.seal(JSON.stringify(part), placeOf('application', applicationId));
}

export function openPart(
  vault: Vault,
  { applicationId, sealed }: { readonly applicationId: string; readonly sealed: Buffer },
): SealedPart {
  // Emptied: the person was forgotten, or it is too long ago.
  if (sealed.length === 0) return { answers: {}, contact: null, mandate: null, note: null };
  return JSON.parse(vault.open(sealed, placeOf('application', applicationId))) as SealedPart;
}

/** The change that puts a note to the applicant into an application. */
export function noteOf(
  { vault }: { readonly vault: Vault },
  application: { readonly applicationId: string; readonly sealed: Buffer },
  note: string,
): { readonly sealed: Buffer } {
  return { sealed: sealPart(vault, application.applicationId, { ...openPart(vault, application), note }) };
}

const CODE_LENGTH = 8;
const NEW_CODE_LENGTH = 12;

/** The code on the receipt. It is calculated from the application and a key, and stored nowhere. */
export function codeOf(vault: Vault, applicationId: string): string {
  const mark = vault.mark('application-code', applicationId);
  return codeFrom(mark.subarray(0, CODE_LENGTH));
}

/** A code that nobody guesses: sixty bits. Only its keyed hash is kept. */
export function newCode(): string {
  return codeFrom(randomBytes(NEW_CODE_LENGTH));
}

/** Each byte is a sign; there are thirty-two, so all are as likely. */
function codeFrom(bytes: Buffer): string {
  return Array.from(bytes, (byte) => CODE_SIGNS[byte % CODE_SIGNS.length]).join('');
}
