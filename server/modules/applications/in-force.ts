import type { Passport } from '../../../contract/catalogue.ts';
import { refuse } from '../../../core/problems.ts';
import type { Write } from '../../platform/handles.ts';
import type { CaseRoom } from './room.ts';

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
  room: CaseRoom,
  { personId, centreId, passport, representativeId, mandate }: Shown,
): Promise<void> {
  const today = await room.today(centreId);
  if (mandate?.until !== undefined && mandate.until < today) return refuse('mandate-expired', { until: mandate.until });
  if (representativeId !== null && (await room.isIdentityExpired(tx, representativeId, today)))
    return refuse('identity-expired', { whose: 'representative' });
  if (passport.expiredIdentity === true) return;
  if (await room.isIdentityExpired(tx, personId, today)) refuse('identity-expired', { whose: 'applicant' });
}
