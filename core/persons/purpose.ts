import type { Asker } from '../access/asker.ts';
import type { Day } from '../queue/day.ts';
import type { VisitId } from '../queue/ids.ts';

/**
 * True when the visit is served at the window where the asker sits: for it, personal data are opened. In a demo nobody has an account, and
 * the caller sits at that window.
 */
export function servesVisit({ kind, specialistId }: Asker, { visits, windows }: Day, visitId: VisitId): boolean {
  const visit = visits.get(visitId);
  if (visit?.state !== 'serving' || visit.windowId === null) return false;
  return kind === 'nobody' || windows.get(visit.windowId)?.specialistId === specialistId;
}
