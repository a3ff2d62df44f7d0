import type { CentreId } from '../queue/ids.ts';

/** Where a role counts: the whole network, a district with all below it, one centre, or one agency. */
export type Scope =
  | { readonly kind: 'network'; readonly id: null }
  | { readonly kind: 'district' | 'centre' | 'agency'; readonly id: string };

/** Where something happens: a centre with the districts that contain it, from the smallest up; a district with those above it; an agency. */
export interface Place {
  readonly centreId: CentreId | null;
  readonly districtIds: readonly number[];
  readonly agencyId: string | null;
}

export const NETWORK: Scope = { kind: 'network', id: null };
/** What belongs to no centre, district or agency: only who has a right everywhere may touch it. */
export const EVERYWHERE: Place = { centreId: null, districtIds: [], agencyId: null };

/** True when a role at the scope counts at the place. */
export function covers(scope: Scope, place: Place): boolean {
  if (scope.kind === 'network') return true;
  if (scope.kind === 'district') return place.districtIds.some((id) => String(id) === scope.id);
  if (scope.kind === 'centre') return place.centreId !== null && String(place.centreId) === scope.id;
  return place.agencyId === scope.id;
}

/** The place of an agency. */
export function placeOfAgency(agencyId: string): Place {
  return { ...EVERYWHERE, agencyId };
}
