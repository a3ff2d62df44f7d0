import { refuse } from '../../../core/problems.ts';
import type { Place, Scope } from '../../../core/access/scope.ts';
import type { Read } from '../../platform/handles.ts';
import type { CentrePlaces } from '../network/index.ts';

/** The place of a scope. Throws unknown-scope. */
export async function placeOfScope(places: CentrePlaces, scope: Scope): Promise<Place> {
  return (await places.ofScope(scope)) ?? refuse('unknown-scope', { scope: `${scope.kind} ${scope.id ?? ''}`.trim() });
}

/**
 * The place of a scope at which something new is to count: in the one spelling that its roles are compared by. Old rows may name an agency
 * that is no more, and can still be taken back. Throws unknown-scope or unknown-agency.
 */
export async function placeOfNewScope(tx: Read, places: CentrePlaces, scope: Scope): Promise<Place> {
  if (scope.kind === 'agency' && !(await places.hasAgency(tx, scope.id)))
    return refuse('unknown-agency', { agencyId: scope.id });
  if ((scope.kind === 'district' || scope.kind === 'centre') && String(Number(scope.id)) !== scope.id)
    return refuse('unknown-scope', { scope: `${scope.kind} ${scope.id}` });
  return placeOfScope(places, scope);
}
