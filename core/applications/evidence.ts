import { documentKey } from '../persons/numbers.ts';
import { addDays, type CivilDate } from '../time/civil.ts';
import { type Answers, type Condition, holds } from './form.ts';

/** What a passport asks to be shown or brought. */
export interface EvidenceNeed {
  readonly kind: string;
  readonly need: 'must' | 'optional' | 'if-present';
  readonly broughtBy: 'applicant' | 'agency-query' | 'centre';
  /** One of all with the same code is enough. */
  readonly alternatives: string | null;
  readonly when?: Condition;
}

/** How a document was seen at the window. */
export type Seen =
  | 'original-shown'
  | 'original-kept'
  | 'copy'
  | 'scan'
  | 'from-agency'
  | 'from-result'
  | 'lawful-reason';

/** Seen by a clerk; the program records the other ways when an agency or another step brings the document. */
export function isByHand(seen: Seen): boolean {
  return seen !== 'from-agency' && seen !== 'from-result';
}

/** True when a document that is good for some days is in force on a day, and not of a later one. */
export function isInForce(issuedOn: CivilDate, shelfLifeDays: number, day: CivilDate): boolean {
  return issuedOn <= day && addDays(issuedOn, shelfLifeDays) >= day;
}

/** The documents without which the application cannot be registered: must be there, are the applicant’s to bring, and were not seen. */
export function missingEvidence<Need extends EvidenceNeed>(
  needs: readonly Need[],
  seenKinds: ReadonlySet<string>,
  answers: Answers,
): Need[] {
  return needs.filter((one) => {
    if (one.need !== 'must' || one.broughtBy !== 'applicant' || !holds(one.when, answers)) return false;
    if (seenKinds.has(one.kind)) return false;
    return !needs.some(
      (other) => other.alternatives !== null && other.alternatives === one.alternatives && seenKinds.has(other.kind),
    );
  });
}

/** What the centre asks an agency for itself. */
export function toBeQueried<Need extends EvidenceNeed>(
  needs: readonly Need[],
  seenKinds: ReadonlySet<string>,
  answers: Answers,
): Need[] {
  return needs.filter(
    ({ kind, broughtBy, when }) => broughtBy === 'agency-query' && holds(when, answers) && !seenKinds.has(kind),
  );
}

interface NumberedDocument {
  readonly personId: string;
  readonly kind: string;
  readonly number: string;
  readonly issuedOn: string;
}

/** The key by which one scan serves many applications: the same person, kind, number and day of issue. */
export function evidenceKey({ personId, kind, number, issuedOn }: NumberedDocument): string {
  return [personId, kind, documentKey(number), issuedOn].join('|');
}

/** The key of scans that were kept before numbers had one normal form. */
export function formerEvidenceKey({ personId, kind, number, issuedOn }: NumberedDocument): string {
  return [personId, kind, number.replaceAll(/[\s\-–—№]/g, '').toUpperCase(), issuedOn].join('|');
}
