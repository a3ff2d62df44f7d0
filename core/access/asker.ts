import type { SpecialistId } from '../queue/ids.ts';
import { RIGHTS, type Right } from './roles.ts';
import { covers, NETWORK, type Place, type Scope } from './scope.ts';

/** Rights at a place. */
export interface Grant {
  readonly rights: ReadonlySet<Right>;
  readonly scope: Scope;
}

/** Who asks: somebody who works here, a device, a program with a key, or a passer-by. */
export interface Asker {
  readonly kind: 'staff' | 'device' | 'key' | 'nobody';
  /** The account, the device or the key's name; null for a passer-by. */
  readonly id: string | null;
  readonly grants: readonly Grant[];
  /** What the queue's log knows of him; null for whoever is not staff. */
  readonly specialistId: SpecialistId | null;
  /** Where his second factor stands. Until one that is due is shown he has no grants. */
  readonly secondFactor: 'not-needed' | 'shown' | 'due' | 'to-set-up';
}

/** A passer-by. */
export const NOBODY: Asker = { kind: 'nobody', id: null, grants: [], specialistId: null, secondFactor: 'not-needed' };

/** Whoever asks an installation without doors, such as a demo. */
export const ANYBODY_AT_ALL: Asker = {
  ...NOBODY,
  grants: [{ rights: new Set(Object.keys(RIGHTS) as Right[]), scope: NETWORK }],
};

/** True when the asker has the right at the place. */
export function mayAt(asker: Asker, right: Right, place: Place): boolean {
  return asker.grants.some((grant) => grant.rights.has(right) && covers(grant.scope, place));
}

/** True when the asker has the right at some place. */
export function mayAnywhere(asker: Asker, right: Right): boolean {
  return asker.grants.some((grant) => grant.rights.has(right));
}
