import { type Asker, mayAt } from '../../../core/access/asker.ts';
import type { Right } from '../../../core/access/roles.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Places } from './places.ts';

/** What has to be known of the network to say where a right counts. */
export interface HallPlaces {
  readonly places: Pick<Places, 'ofCentre'>;
  /** The centre in whose hall a centre receives. */
  hallOf(centreId: CentreId): Promise<CentreId>;
}

/** True when a caller has a right at a centre: at its place, at the hall in which it receives, or at another guest of that hall. */
export async function mayAtCentre(
  asker: Asker,
  right: Right,
  centreId: CentreId,
  { places, hallOf }: HallPlaces,
): Promise<boolean> {
  const hall = await hallOf(centreId);
  if (mayAt(asker, right, await places.ofCentre(centreId)) || mayAt(asker, right, await places.ofCentre(hall)))
    return true;
  for (const { scope, rights } of asker.grants)
    if (scope.kind === 'centre' && rights.has(right) && (await hallOf(Number(scope.id))) === hall) return true;
  return false;
}
