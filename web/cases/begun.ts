import { parameterNow } from '../shared/place.ts';

/** The intake in progress at a window, kept for a reload of the page: ids and the stated reason, no personal data. */
export interface Begun {
  readonly personId: string;
  readonly reason: string | null;
  readonly applicationId?: string;
  readonly packageId?: string;
}

/** The visit for which this page is open: what was begun for one visitor never comes back for another. */
const visitNow = () => ['day', 'visit', 'window'].map((name) => parameterNow(name) ?? '').join('-');

const keyOf = (centreId: number) => `okno-intake-${centreId}-${visitNow()}`;

/** Only this tab has it, and only until it is closed. */
export function keepBegun(centreId: number, begun: Begun | null): void {
  if (begun === null) sessionStorage.removeItem(keyOf(centreId));
  else sessionStorage.setItem(keyOf(centreId), JSON.stringify(begun));
}

const reasonKeyOf = (centreId: number) => `okno-reason-${centreId}-${visitNow()}`;

/**
 * The stated reason before a person is found, kept for a reload. Names, dates and numbers of a person are stored nowhere in the browser:
 * they are typed again.
 */
export function keepReason(centreId: number, reason: string): void {
  if (reason === '') sessionStorage.removeItem(reasonKeyOf(centreId));
  else sessionStorage.setItem(reasonKeyOf(centreId), reason);
}

export function keptReason(centreId: number): string {
  return sessionStorage.getItem(reasonKeyOf(centreId)) ?? '';
}

export function keptBegun(centreId: number): Begun | null {
  const kept = sessionStorage.getItem(keyOf(centreId));
  return kept === null ? null : (JSON.parse(kept) as Begun);
}
