import type pg from 'pg';
import type { CivilDate } from '../../../../core/time/civil.ts';

type Queries = Pick<pg.Pool, 'query'>;

const AT_ONCE = 500;

async function ids(queries: Queries, text: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await queries.query<{ id: string }>(`${text} limit ${AT_ONCE}`, [...values]);
  return rows.map(({ id }) => id);
}

/** Results that have waited longer than they are kept. */
export function storedTooLong(queries: Queries, today: CivilDate): Promise<string[]> {
  return ids(
    queries,
    `select application_id as id from application where state = 'ready' and stored_until < $1 order by stored_until`,
    [today],
  );
}

/** Stops whose longest time is over: of those that were suspended, or of those where the applicant had to correct something. */
export function dueStops(queries: Queries, today: CivilDate, state: 'suspended' | 'fix-requested'): Promise<string[]> {
  return ids(
    queries,
    `select application_id as id from application_stop join application using (application_id)
     where until_day is null and latest < $1 and state = $2 order by latest`,
    [today, state],
  );
}

/** Drafts that nobody has touched for so many days; a step of a package waits as long as the package does. */
export function oldDrafts(queries: Queries, today: CivilDate, days: number): Promise<string[]> {
  return ids(
    queries,
    `select application_id as id from application
     where state = 'draft' and package_id is null and changed_at < $1::date - $2::integer order by changed_at`,
    [today, days],
  );
}
