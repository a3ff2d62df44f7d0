import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Place, Scope } from '../../../core/access/scope.ts';
import type { Read } from '../../platform/handles.ts';

/** The part of the network that people need: the place of a scope. */
export interface Places {
  /** The centre with the districts that contain it. Throws unknown-centre. */
  ofCentre(centreId: CentreId): Promise<Place>;
  /** The place of a scope; null for one that the network does not have. */
  ofScope(scope: Scope): Promise<Place | null>;
  /** Whether there is an agency with this code. */
  hasAgency(tx: Read, agencyId: string): Promise<boolean>;
  /** What the place of a scope is called, in every language; nothing for one that the network has not. */
  namesOf(scope: Scope): Promise<string[]>;
}

/** The place of a scope. Throws unknown-scope. */
export async function placeOfScope(places: Places, scope: Scope): Promise<Place> {
  return (await places.ofScope(scope)) ?? refuse('unknown-scope', { scope: `${scope.kind} ${scope.id ?? ''}`.trim() });
}

/**
 * The place of a scope at which something new is to count: in the one spelling that its roles are compared by. Old rows may name an agency
 * that is no more, and can still be taken back. Throws unknown-scope or unknown-agency.
 */
export async function placeOfNewScope(tx: Read, places: Places, scope: Scope): Promise<Place> {
  if (scope.kind === 'agency' && !(await places.hasAgency(tx, scope.id)))
    return refuse('unknown-agency', { agencyId: scope.id });
  if ((scope.kind === 'district' || scope.kind === 'centre') && String(Number(scope.id)) !== scope.id)
    return refuse('unknown-scope', { scope: `${scope.kind} ${scope.id}` });
  return placeOfScope(places, scope);
}
