import type { Write } from '../../../../platform/handles.ts';

/** Attempts allowed at once, and the seconds until one more. */
export interface Pace {
  readonly burst: number;
  readonly everySeconds: number;
}

/**
 * Counts an attempt before it is judged, so that a thousand at once are a thousand. Gives the seconds to wait when there was no
 * room and nothing was counted, else null.
 */
export async function takeAttempt(tx: Write, mark: Buffer, { burst, everySeconds }: Pace): Promise<number | null> {
  const { rowCount } = await tx.query(
    `insert into sign_in_attempt as a (mark, free_at) values ($1, clock_timestamp() + make_interval(secs => $2))
     on conflict (mark) do update set free_at = greatest(a.free_at, clock_timestamp()) + make_interval(secs => $2)
     where greatest(a.free_at, clock_timestamp()) + make_interval(secs => $2) <= clock_timestamp() + make_interval(secs => $3)`,
    [mark, everySeconds, burst * everySeconds],
  );
  if (rowCount === 1) return null;
  // A statement of its own: it sees what another attempt has written meanwhile.
  const { rows } = await tx.query<{ seconds: number | null }>(
    `select ceil(extract(epoch from free_at - clock_timestamp()) - $2)::float8 as seconds from sign_in_attempt where mark = $1`,
    [mark, (burst - 1) * everySeconds],
  );
  return Math.max(1, rows[0]?.seconds ?? 1);
}

/** An attempt that was none after all is counted no longer. */
export async function giveBackAttempt(tx: Write, mark: Buffer, { everySeconds }: Pace): Promise<void> {
  await tx.query(
    'update sign_in_attempt set free_at = free_at - make_interval(secs => $2) where mark = $1 and free_at > clock_timestamp()',
    [mark, everySeconds],
  );
}

export async function forgetAttempts(tx: Write, mark: Buffer): Promise<void> {
  await tx.query('delete from sign_in_attempt where mark = $1', [mark]);
}

/** True once an hour for each mark: then administrators are told. */
export async function isTimeToTell(tx: Write, mark: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update sign_in_attempt set told_at = clock_timestamp()
     where mark = $1 and (told_at is null or told_at < clock_timestamp() - interval '1 hour')`,
    [mark],
  );
  return rowCount === 1;
}

/** Notes on the account, where there is one with this login, that attempts have to wait; gives its id. */
export async function noteThrottled(tx: Write, login: string): Promise<string | null> {
  const { rows } = await tx.query<{ accountId: string }>(
    'update staff_account set throttled_at = clock_timestamp() where login = $1 returning account_id as "accountId"',
    [login],
  );
  return rows[0]?.accountId ?? null;
}

export async function sweepAttempts(tx: Write): Promise<void> {
  await tx.query(`delete from sign_in_attempt where free_at < clock_timestamp() - interval '1 hour'`);
}
