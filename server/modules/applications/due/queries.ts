import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Write } from '../../../platform/handles.ts';

const AT_ONCE = 500;

async function ids(tx: Write, text: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`${text} limit ${AT_ONCE}`, [...values]);
  return rows.map(({ id }) => id);
}

/** Results that have waited longer than they are kept. */
export function storedTooLong(tx: Write, today: CivilDate): Promise<string[]> {
  return ids(
    tx,
    `select application_id as id from application where state = 'ready' and stored_until < $1 order by stored_until`,
    [today],
  );
}

/** Stops whose longest time is over: of those that were suspended, or of those where the applicant had to correct something. */
export function dueStops(tx: Write, today: CivilDate, state: 'suspended' | 'fix-requested'): Promise<string[]> {
  return ids(
    tx,
    `select application_id as id from application_stop join application using (application_id)
     where until_day is null and latest < $1 and state = $2 order by latest`,
    [today, state],
  );
}

/** Drafts that nobody has touched for so many days; a step of a package waits as long as the package does. */
export function oldDrafts(tx: Write, today: CivilDate, days: number): Promise<string[]> {
  return ids(
    tx,
    `select application_id as id from application
     where state = 'draft' and package_id is null and changed_at < $1::date - $2::integer order by changed_at`,
    [today, days],
  );
}
