import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Place, Scope } from '../../../core/access/scope.ts';

/** The part of the network that people need: the place of a scope. */
export interface Places {
  /** The centre with the districts that contain it. Throws unknown-centre. */
  ofCentre(centreId: CentreId): Promise<Place>;
  /** The place of a scope; null for one that the network does not have. */
  ofScope(scope: Scope): Promise<Place | null>;
  /** What the place of a scope is called, in every language; nothing for one that the network has not. */
  namesOf(scope: Scope): Promise<string[]>;
}

/** The place of a scope. Throws unknown-scope. */
export async function placeOfScope(places: Places, scope: Scope): Promise<Place> {
  return (await places.ofScope(scope)) ?? refuse('unknown-scope', { scope: `${scope.kind} ${scope.id ?? ''}`.trim() });
}
