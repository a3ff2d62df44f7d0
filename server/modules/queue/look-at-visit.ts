import type { VisitReply } from '../../../contract/queue.ts';
import { refuse } from '../../../core/problems.ts';
import { explain, type Explanation } from '../../../core/queue/explain.ts';
import type { DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { HallContext } from './context.ts';
import { visitReplyOf } from './replies.ts';

/** A visit as it is now. Throws unknown-visit. */
export async function visitNow({ halls, now }: HallContext, key: DayKey, visitId: VisitId): Promise<VisitReply> {
  return halls.dayBook.view(key, (day) => {
    const visit = day.visits.get(visitId) ?? refuse('unknown-visit', { visitId });
    return visitReplyOf(day, visit, now());
  });
}

/** Why a visit was called when it was. Throws unknown-visit. */
export async function explainVisit({ halls }: HallContext, key: DayKey, visitId: VisitId): Promise<Explanation> {
  const { dayBook } = halls;
  const found = explain(key, await dayBook.wholeDay(key), dayBook.rules, visitId);
  return found ?? refuse('unknown-visit', { visitId });
}
