import { type Asker, mayAt } from '../access/asker.ts';
import type { Place } from '../access/scope.ts';

/** The ends of a manifest: out from a centre to an agency, in from an agency to a centre, between two centres. */
export interface ManifestEnds {
  readonly direction: 'out' | 'in' | 'between';
  readonly centre: Place;
  /** Null between centres. */
  readonly agency: Place | null;
  /** Null for all but a manifest between centres. */
  readonly toCentre: Place | null;
}

/** True when the asker may fill and seal a manifest: the end that sends it. A centre fills what comes in for its agency, too. */
export function sendsManifest(asker: Asker, { direction, centre, agency }: ManifestEnds): boolean {
  if (direction === 'in' && agency !== null && mayAt(asker, 'decide-applications', agency)) return true;
  return mayAt(asker, 'carry-papers', centre);
}

/** True when the asker may take a manifest over: the end to which it goes. */
export function receivesManifest(asker: Asker, { direction, centre, agency, toCentre }: ManifestEnds): boolean {
  if (direction === 'out') return agency !== null && mayAt(asker, 'decide-applications', agency);
  const place = direction === 'in' ? centre : toCentre;
  return place !== null && mayAt(asker, 'carry-papers', place);
}
