import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Place, Scope } from '../../../core/access/scope.ts';

/** What people need to know of the network: where a scope lies. */
export interface Places {
  /** The centre with the districts it lies in. Throws unknown-centre. */
  ofCentre(centreId: CentreId): Promise<Place>;
  /** Where a scope lies; null for one that the network has not. */
  ofScope(scope: Scope): Promise<Place | null>;
  /** What the place of a scope is called, in every language; nothing for one that the network has not. */
  namesOf(scope: Scope): Promise<string[]>;
}

/** Where a scope lies. Throws unknown-scope. */
export async function placeOfScope(places: Places, scope: Scope): Promise<Place> {
  return (await places.ofScope(scope)) ?? refuse('unknown-scope', { scope: `${scope.kind} ${scope.id ?? ''}`.trim() });
}
