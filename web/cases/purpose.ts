import type { Purpose } from '../../contract/persons.ts';
import type { DayKey, VisitId, WindowId } from '../../core/queue/ids.ts';
import { parameterNow } from '../shared/place.ts';

/** The visit for which this screen was opened: `?day=2026-02-19&visit=…`; null when it was opened without one. */
export function visitInAddress(): { readonly day: DayKey['day']; readonly visitId: VisitId } | null {
  const [day, visitId] = [parameterNow('day'), parameterNow('visit')];
  return day === null || visitId === null ? null : { day: day as DayKey['day'], visitId: visitId as VisitId };
}

/** The window at which this screen was opened: `?window=3`; null elsewhere. */
export function windowInAddress(): WindowId | null {
  const asked = Number(parameterNow('window'));
  return Number.isInteger(asked) && asked > 0 ? (asked as WindowId) : null;
}

/** Why personal data are opened: for the visit, else for the reason that was typed. */
export function purposeFor(centreId: number, reason: string): Purpose {
  const visit = visitInAddress();
  return visit === null ? { kind: 'reason', centreId, reason } : { kind: 'visit', centreId, ...visit };
}
