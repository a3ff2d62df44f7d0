import { type Asker, mayAt } from '../../../core/access/asker.ts';
import type { Right } from '../../../core/access/roles.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { NetworkContext } from '../network/index.ts';

/** True when a caller has a right at a centre: at its place, at the hall in which it receives, or at another guest of that hall. */
export async function mayAtCentre(
  { places, directory }: NetworkContext,
  asker: Asker,
  right: Right,
  centreId: CentreId,
): Promise<boolean> {
  const hall = await directory.hallOf(centreId);
  if (mayAt(asker, right, await places.ofCentre(centreId)) || mayAt(asker, right, await places.ofCentre(hall)))
    return true;
  for (const { scope, rights } of asker.grants)
    if (scope.kind === 'centre' && rights.has(right) && (await directory.hallOf(Number(scope.id))) === hall)
      return true;
  return false;
}
