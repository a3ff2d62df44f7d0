import { createHash, type Hash } from 'node:crypto';
import type pg from 'pg';
import type { CivilDate } from '../../core/time/civil.ts';
import { inTransaction } from './transaction.ts';

type Queries = Pick<pg.Pool, 'query'>;

/** A sealed day of the log of actions. */
export interface AuditSeal {
  readonly day: CivilDate;
  readonly entries: number;
  readonly root: Buffer;
}

const AT_ONCE = 5_000;
/** Whoever began before midnight has written his entry by then. */
const SETTLED_AFTER = '1 hour';

async function seals(queries: Queries): Promise<AuditSeal[]> {
  const { rows } = await queries.query<AuditSeal>(
    'select day::text as day, entries, root from audit_seal order by day',
  );
  return rows;
}

/** The hash of a day’s entries after the seal before: each a line of its members, in the order in which they were written. */
async function hashOfDay(queries: Queries, day: CivilDate, before: Buffer | null): Promise<Omit<AuditSeal, 'day'>> {
  const hash: Hash = createHash('sha256').update(before ?? Buffer.alloc(0));
  let entries = 0;
  for (let after = '0'; ;) {
    const { rows } = await queries.query<{ id: string; line: string }>(
      `select entry_id::text as id, jsonb_build_array(entry_id, extract(epoch from at), actor_kind, actor_id, action, object, details)::text as line
       from audit_entry where (at at time zone 'UTC')::date = $1 and entry_id > $2 order by entry_id limit ${AT_ONCE}`,
      [day, after],
    );
    for (const { line } of rows) hash.update(`${line}\n`);
    entries += rows.length;
    const last = rows.at(-1);
    if (last === undefined) return { entries, root: hash.digest() };
    after = last.id;
  }
}

/** Seals every day of the log that is over (in UTC) and has entries; gives how many there were. Two nodes at once seal once. */
export function sealAudit(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, async (client) => {
    await client.query('lock table audit_seal in share row exclusive mode');
    const last = (await seals(client)).at(-1) ?? null;
    const { rows: days } = await client.query<{ day: CivilDate }>(
      `select distinct ((at at time zone 'UTC')::date)::text as day from audit_entry
       where (at at time zone 'UTC')::date > coalesce($1::date, '-infinity')
         and (at at time zone 'UTC')::date < ((clock_timestamp() - interval '${SETTLED_AFTER}') at time zone 'UTC')::date
       order by day`,
      [last?.day ?? null],
    );
    let before = last?.root ?? null;
    for (const { day } of days) {
      const { entries, root } = await hashOfDay(client, day, before);
      await client.query('insert into audit_seal (day, entries, root) values ($1, $2, $3)', [day, entries, root]);
      before = root;
    }
    return days.length;
  });
}

/** Computes every sealed day of the log anew; gives them with what does not agree. */
export async function verifyAudit(pool: pg.Pool): Promise<(AuditSeal & { readonly fault: string | null })[]> {
  const checked: (AuditSeal & { readonly fault: string | null })[] = [];
  let before: Buffer | null = null;
  for (const seal of await seals(pool)) {
    const now = await hashOfDay(pool, seal.day, before);
    const isSame = now.root.equals(seal.root) && now.entries === seal.entries;
    const fault = isSame ? null : `sealed with ${seal.entries} entries, now ${now.entries}: something was changed`;
    checked.push({ ...seal, fault });
    before = seal.root;
  }
  return checked;
}
