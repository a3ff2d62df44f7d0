import type { Instant } from '../../../../../core/time/instant.ts';
import type { Read, Write } from '../../../../platform/handles.ts';

/** What nobody has agreed to within so long is asked for no more. */
const HOURS = 24;
const STANDS = `asked_at > clock_timestamp() - make_interval(hours => ${HOURS})`;

/** Requests to drop a second factor, by account. */
export async function factorResets(tx: Read): Promise<ReadonlyMap<string, { by: string; at: Instant }>> {
  const { rows } = await tx.query<{ accountId: string; by: string; at: Instant }>(
    `select r.account_id as "accountId", a.name as by, instant_ms(r.asked_at)::float8 as at
     from factor_reset r join staff_account a on a.account_id = r.asked_by where r.${STANDS}`,
  );
  return new Map(rows.map(({ accountId, ...asked }) => [accountId, asked]));
}

/** Asks for it, replacing an earlier request. */
export async function putFactorReset(tx: Write, accountId: string, askedBy: string): Promise<void> {
  await tx.query(
    `insert into factor_reset (account_id, asked_by) values ($1, $2)
     on conflict (account_id) do update set asked_by = excluded.asked_by, asked_at = clock_timestamp()`,
    [accountId, askedBy],
  );
}

/** Who asked for it; null when nobody has, or too long ago. It is asked for no more. */
export async function takeFactorReset(tx: Write, accountId: string): Promise<string | null> {
  const { rows } = await tx.query<{ askedBy: string; stands: boolean }>(
    `delete from factor_reset where account_id = $1 returning asked_by as "askedBy", ${STANDS} as stands`,
    [accountId],
  );
  return rows[0]?.stands === true ? rows[0].askedBy : null;
}
