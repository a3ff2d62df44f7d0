import type { Drink } from '../../../core/queue/events.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** What each drink costs on a day, in kopecks. */
export async function pricesOn(tx: Read, day: CivilDate): Promise<Map<Drink, number>> {
  const { rows } = await tx.query<{ drink: Drink; kopecks: number }>(
    'select distinct on (drink) drink, kopecks from drink_price where from_day <= $1 order by drink, from_day desc',
    [day],
  );
  return new Map(rows.map(({ drink, kopecks }) => [drink, kopecks]));
}

/** A price from a day on. */
export async function setPrice(tx: Write, drink: Drink, fromDay: CivilDate, kopecks: number): Promise<void> {
  await tx.query(
    `insert into drink_price (drink, from_day, kopecks) values ($1, $2, $3)
     on conflict (drink, from_day) do update set kopecks = excluded.kopecks`,
    [drink, fromDay, kopecks],
  );
}
