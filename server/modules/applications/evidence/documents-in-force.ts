import type { Passport } from '../../../../contract/catalogue.ts';
import { isByHand, isInForce } from '../../../../core/applications/evidence.ts';
import { isIdentityExpired } from '../../../../core/persons/identity.ts';
import { refuse } from '../../../../core/problems.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import { centreDay } from '../../network/index.ts';
import { identitiesOf } from '../../persons/index.ts';
import type { CaseContext, Variant } from '../context.ts';
import type { EvidenceRow } from './queries.ts';

interface Shown {
  readonly personId: string;
  readonly centreId: number;
  readonly passport: Pick<Passport, 'expiredIdentity'>;
  readonly representativeId: string | null;
  readonly mandate: { readonly until?: string | undefined } | null;
}

/**
 * The documents shown at the window are in force today: the applicant's, the representative's, and the power of attorney. A service
 * that replaces such documents takes those that have run out. Throws `identity-expired` or `mandate-expired`.
 */
export async function mustBeInForce(
  tx: Write,
  context: CaseContext,
  { personId, centreId, passport, representativeId, mandate }: Shown,
): Promise<void> {
  const today = await centreDay(context, centreId);
  if (mandate?.until !== undefined && mandate.until < today) return refuse('mandate-expired', { until: mandate.until });
  if (representativeId !== null && (await isExpired(tx, context, representativeId, today)))
    return refuse('identity-expired', { whose: 'representative' });
  if (passport.expiredIdentity === true) return;
  if (await isExpired(tx, context, personId, today)) refuse('identity-expired', { whose: 'applicant' });
}

/** True when none of a person's documents is in force on a day; false for a person without documents, and for an unknown person. */
async function isExpired(tx: Read, context: CaseContext, personId: string, day: CivilDate): Promise<boolean> {
  const identity = (await identitiesOf(tx, context, [personId])).get(personId);
  return identity !== undefined && isIdentityExpired(identity, day);
}

/** Throws `evidence-too-old` for a document that is good for some days, and is not in force on this day or of no known date. */
export function evidenceMustBeInForce(needs: Variant['evidence'], rows: readonly EvidenceRow[], today: string): void {
  for (const { kind, name, shelfLifeDays: days } of needs) {
    const row = rows.find((one) => one.kind === kind);
    if (days === null || row === undefined || !isByHand(row.seen) || row.seen === 'lawful-reason') continue;
    const issuedOn = row.issuedOn ?? null;
    if (issuedOn === null || !isInForce(issuedOn, days, today as typeof issuedOn))
      refuse('evidence-too-old', { name, days, issuedOn });
  }
}
