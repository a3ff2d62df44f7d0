import { type DayKey, type VisitId, type VisitNumber } from '../../../core/queue/ids.ts';
import type { Read } from '../../platform/handles.ts';
import type { DayBook } from './day-book.ts';
import { contactsOn } from './persons/store.ts';
import { aheadOf } from './replies.ts';

/** A visitor whose turn is near and who may be out of the hall. */
export interface NearTurn {
  readonly key: DayKey;
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  readonly language: string;
  readonly contact: string;
}

/** The number of visitors ahead that is few enough to call a visitor back. */
const NEAR = 3;

/** The waiting visits of this node's days before which at most three go, if their visitors said how to reach them. */
export async function visitsNearTurn(tx: Read, dayBook: DayBook): Promise<NearTurn[]> {
  const keys = dayBook.served;
  const contacts = keys.length === 0 ? [] : await contactsOn(tx, keys);
  const found: NearTurn[] = [];
  for (const { key, visitId, contact } of contacts) {
    // A hall that cannot be read now is asked again at the next look; the others' visitors are called back.
    const near = await dayBook
      .view(key, (day) => {
        const visit = day.visits.get(visitId);
        if (visit?.state !== 'waiting' || aheadOf(day, visit) > NEAR) return null;
        return { number: visit.number, language: visit.language };
      })
      .catch(() => null);
    if (near !== null) found.push({ key, visitId, contact, ...near });
  }
  return found;
}
