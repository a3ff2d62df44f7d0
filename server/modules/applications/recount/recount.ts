import type pg from 'pg';
import type { ProductionCalendar } from '../../../../core/terms/calendar.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { datesOf, sameDates } from '../dates.ts';
import { moveDates, noteRecount, recountToDo, runningTerms, settleUnknownTerms } from './store.ts';

export interface RecountSetting {
  readonly pool: pg.Pool;
  now(): Instant;
  /** The date in the city. */
  today(): Promise<CivilDate>;
  calendar(): Promise<ProductionCalendar>;
}

/** So many terms in one transaction: a window waits for none of them longer than for a breath. */
const AT_ONCE = 2_000;

/**
 * Reckons running terms anew after a change of the calendar, a part at a time; whoever takes applications meanwhile is not in the way. Who
 * dies over it leaves the rest to the next node.
 */
export async function recountTerms(setting: RecountSetting): Promise<void> {
  while (await inTransaction(setting.pool, (client) => recountPart(client, setting)));
}

/** Does one part; false when nothing is left to do. */
async function recountPart(client: pg.PoolClient, { now, today, calendar }: RecountSetting): Promise<boolean> {
  const todo = await recountToDo(client);
  if (todo === null) return false;
  const day = await today();
  const inForce = await calendar();
  const { last, rows } = await runningTerms(client, todo.afterId, todo.from, AT_ONCE);
  const moved = rows.flatMap((was) => {
    const is = datesOf(inForce, was, was.stops, day);
    return sameDates(was, is) ? [] : [{ was, is }];
  });
  if (moved.length > 0) await moveDates(client, moved, todo.serial, now());
  await settleUnknownTerms(
    client,
    moved.map(({ was }) => was.applicationId),
    now(),
  );
  await noteRecount(client, todo.serial, { last, seen: rows.length, moved: moved.length }, now());
  return true;
}
