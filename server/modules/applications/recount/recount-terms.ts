import { cityDay } from '../../../platform/city.ts';
import type { Write } from '../../../platform/handles.ts';
import { noteRecount, recountToDo, type TermContext } from '../../terms/index.ts';
import { datesOf, sameDates } from '../dates.ts';
import { moveDates, runningTerms, settleUnknownTerms } from './queries.ts';

type RecountContext = Pick<TermContext, 'db' | 'now' | 'calendar'>;

/** Terms in one transaction: few enough that a window hardly waits for them. */
const AT_ONCE = 2_000;

/**
 * Recalculates running terms after a change of the calendar, a part at a time; clerks who take applications meanwhile are not held up. A node that
 * dies during it leaves the rest to the next node.
 */
export async function recountTerms(context: RecountContext): Promise<void> {
  while (await context.db.write((tx) => recountPart(tx, context)));
}

/** Does one part; false when nothing is left to do. */
async function recountPart(tx: Write, { now, calendar }: RecountContext): Promise<boolean> {
  const todo = await recountToDo(tx);
  if (todo === null) return false;
  const day = await cityDay(tx, now());
  const inForce = (await calendar.inForce(tx)).calendar;
  const { last, rows } = await runningTerms(tx, todo.afterId, todo.from, AT_ONCE);
  const moved = rows.flatMap((was) => {
    const is = datesOf(inForce, was, was.stops, day);
    return sameDates(was, is) ? [] : [{ was, is }];
  });
  if (moved.length > 0) await moveDates(tx, moved, todo.serial, now());
  await settleUnknownTerms(
    tx,
    moved.map(({ was }) => was.applicationId),
    now(),
  );
  await noteRecount(tx, todo.serial, { last, seen: rows.length, moved: moved.length }, now());
  return true;
}
