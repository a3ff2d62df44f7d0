import type { Passport } from '../../../../contract/catalogue.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Write } from '../../../platform/handles.ts';
import type { Variant } from '../context.ts';
import { ensureAgency, isOnPaper } from './queries.ts';

/** What a centre decides itself is named so in passports. */
const OWN = new Set(['mfc', 'centre']);

/**
 * The agency that decides by a passport, written down when it is new; null: the centre decides itself. So it does where the applicant waits
 * for the result and the agency is reached by courier only: then its powers are exercised at the centre.
 */
export async function decidingAgency(
  tx: Write,
  { agency }: Passport,
  { term }: Variant,
  at: Instant,
): Promise<string | null> {
  if (agency === null || OWN.has(agency.code)) return null;
  await ensureAgency(tx, agency.code, agency.name, at);
  return term?.unit === 'same-visit' && (await isOnPaper(tx, agency.code)) ? null : agency.code;
}
