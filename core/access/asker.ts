import type { SpecialistId } from '../queue/ids.ts';
import { RIGHTS, type Right } from './roles.ts';
import { covers, NETWORK, type Place, type Scope } from './scope.ts';

/** Rights at a place. */
export interface Grant {
  readonly rights: ReadonlySet<Right>;
  readonly scope: Scope;
}

/** The caller: a member of staff, a device, a program with a key, or a passer-by. */
export interface Asker {
  readonly kind: 'staff' | 'device' | 'key' | 'nobody';
  /** The account, the device or the key's name; null for a passer-by. */
  readonly id: string | null;
  readonly grants: readonly Grant[];
  /** Their key in the queue's log; null for all but staff. */
  readonly specialistId: SpecialistId | null;
  /** The state of their second factor. Until one that is due is shown they have no grants. */
  readonly secondFactor: 'not-needed' | 'shown' | 'due' | 'to-set-up';
}

/** A passer-by. */
export const NOBODY: Asker = { kind: 'nobody', id: null, grants: [], specialistId: null, secondFactor: 'not-needed' };

/** The caller of an installation without sign-in, such as a demo. */
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

/** The key by which the asker is named as the one who is responsible for something. */
export function responsibleOf({ specialistId, id, kind }: Asker): string {
  return specialistId ?? id ?? kind;
}
