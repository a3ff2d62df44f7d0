import type { ProductionCalendar } from '../../../../core/terms/calendar.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Db, Read, Write } from '../../../platform/handles.ts';
import { datesOf, sameDates } from '../dates.ts';
import { moveDates, noteRecount, recountToDo, runningTerms, settleUnknownTerms } from './queries.ts';

export interface RecountSetting {
  readonly db: Db;
  now(): Instant;
  /** The date in the city. */
  today(tx: Read): Promise<CivilDate>;
  calendar(tx: Read): Promise<ProductionCalendar>;
}

/** Terms in one transaction: few enough that a window hardly waits for them. */
const AT_ONCE = 2_000;

/**
 * Recalculates running terms after a change of the calendar, a part at a time; clerks who take applications meanwhile are not held up. A node that
 * dies during it leaves the rest to the next node.
 */
export async function recountTerms(setting: RecountSetting): Promise<void> {
  while (await setting.db.write((tx) => recountPart(tx, setting)));
}

/** Does one part; false when nothing is left to do. */
async function recountPart(tx: Write, { now, today, calendar }: RecountSetting): Promise<boolean> {
  const todo = await recountToDo(tx);
  if (todo === null) return false;
  const day = await today(tx);
  const inForce = await calendar(tx);
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
