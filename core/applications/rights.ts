import { type Asker, mayAt } from '../access/asker.ts';
import type { Right } from '../access/roles.ts';
import type { Place } from '../access/scope.ts';
import { MOVES, type MoveName } from './life.ts';

/** Where an application is: at the centre that took it, at the one that gives its result out, and at the agency that decides. */
export interface ApplicationPlaces {
  readonly centre: Place;
  /** Null until it is chosen. */
  readonly result: Place | null;
  /** Null where the centre decides itself. */
  readonly agency: Place | null;
}

/** An application is seen by its centre, by the centre of its result, and by its agency once it is registered. */
export function seesApplication(
  asker: Asker,
  { centre, result, agency }: ApplicationPlaces,
  isRegistered: boolean,
): boolean {
  if (mayAt(asker, 'take-applications', centre)) return true;
  if (result !== null && mayAt(asker, 'issue-results', result)) return true;
  return agency !== null && isRegistered && mayAt(asker, 'decide-applications', agency);
}

/**
 * True when the asker may make a move where the application is; moves without a right are the system's own. What the centre decides itself is
 * decided by the staff who take applications there.
 */
export function movesApplication(asker: Asker, { centre, result, agency }: ApplicationPlaces, move: MoveName): boolean {
  const { right } = MOVES[move] as { readonly right: Right | null };
  if (right === null) return false;
  if (right === 'decide-applications')
    return agency === null ? mayAt(asker, 'take-applications', centre) : mayAt(asker, right, agency);
  const isAtResult = right === 'issue-results' || right === 'carry-papers';
  return mayAt(asker, right, isAtResult ? (result ?? centre) : centre);
}
