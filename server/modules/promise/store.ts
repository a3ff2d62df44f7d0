import type pg from 'pg';
import type { Drink } from '../../../core/queue/events.ts';
import type { CivilDate } from '../../../core/time/civil.ts';

type Queries = Pick<pg.Pool, 'query'>;

/** What each drink costs on a day, in kopecks. */
export async function pricesOn(queries: Queries, day: CivilDate): Promise<Map<Drink, number>> {
  const { rows } = await queries.query<{ drink: Drink; kopecks: number }>(
    'select distinct on (drink) drink, kopecks from drink_price where from_day <= $1 order by drink, from_day desc',
    [day],
  );
  return new Map(rows.map(({ drink, kopecks }) => [drink, kopecks]));
}

/** A price from a day on. */
export async function setPrice(queries: Queries, drink: Drink, fromDay: CivilDate, kopecks: number): Promise<void> {
  await queries.query(
    `insert into drink_price (drink, from_day, kopecks) values ($1, $2, $3)
     on conflict (drink, from_day) do update set kopecks = excluded.kopecks`,
    [drink, fromDay, kopecks],
  );
}
