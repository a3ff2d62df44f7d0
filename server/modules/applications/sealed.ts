import type { ApplicantContact } from '../../../contract/applications.ts';
import type { Answers } from '../../../core/applications/form.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';

/** What of an application names somebody, or may. */
export interface SealedPart {
  readonly answers: Answers;
  readonly contact: ApplicantContact | null;
  readonly mandate: { readonly kind: string; readonly number: string; readonly until?: string } | null;
  /** What the agency or the specialist wrote to the applicant. */
  readonly note: string | null;
}

export function sealPart(vault: Vault, applicationId: string, part: SealedPart): Buffer {
  return vault.seal(JSON.stringify(part), placeOf('application', applicationId));
}

export function openPart(
  vault: Vault,
  { applicationId, sealed }: { readonly applicationId: string; readonly sealed: Buffer },
): SealedPart {
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

/** Letters and digits that are not taken for one another. */
const CODE_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** The code on the receipt. It is reckoned from the application and a key, and kept nowhere. */
export function codeOf(vault: Vault, applicationId: string): string {
  const mark = vault.mark('application-code', applicationId);
  return Array.from(mark.subarray(0, CODE_LENGTH), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
}
