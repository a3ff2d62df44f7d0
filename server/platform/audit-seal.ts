import { createHash, type Hash } from 'node:crypto';
import type { CivilDate } from '../../core/time/civil.ts';
import type { Db, Read } from './handles.ts';

/** A sealed day of the log of actions. */
export interface AuditSeal {
  readonly day: CivilDate;
  readonly entries: number;
  readonly root: Buffer;
}

const AT_ONCE = 5_000;
/** A transaction that began before midnight has written its entry by then. */
const SETTLED_AFTER = '1 hour';

async function seals(tx: Read): Promise<AuditSeal[]> {
  const { rows } = await tx.query<AuditSeal>('select day::text as day, entries, root from audit_seal order by day');
  return rows;
}

/** The hash of a day’s entries after the seal before: each a line of its members, in the order in which they were written. */
async function hashOfDay(tx: Read, day: CivilDate, before: Buffer | null): Promise<Omit<AuditSeal, 'day'>> {
  const hash: Hash = createHash('sha256').update(before ?? Buffer.alloc(0));
  let entries = 0;
  for (let after = '0'; ;) {
    const { rows } = await tx.query<{ id: string; line: string }>(
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
export function sealAudit(db: Db): Promise<number> {
  return db.write(async (tx) => {
    await tx.query('lock table audit_seal in share row exclusive mode');
    const last = (await seals(tx)).at(-1) ?? null;
    const { rows: days } = await tx.query<{ day: CivilDate }>(
      `select distinct ((at at time zone 'UTC')::date)::text as day from audit_entry
       where (at at time zone 'UTC')::date > coalesce($1::date, '-infinity')
         and (at at time zone 'UTC')::date < ((clock_timestamp() - interval '${SETTLED_AFTER}') at time zone 'UTC')::date
       order by day`,
      [last?.day ?? null],
    );
    let before = last?.root ?? null;
    for (const { day } of days) {
      const { entries, root } = await hashOfDay(tx, day, before);
      await tx.query('insert into audit_seal (day, entries, root) values ($1, $2, $3)', [day, entries, root]);
      before = root;
    }
    return days.length;
  });
}

/** Computes every sealed day of the log again; gives them with what does not agree. */
export async function verifyAudit(db: Db): Promise<(AuditSeal & { readonly fault: string | null })[]> {
  const checked: (AuditSeal & { readonly fault: string | null })[] = [];
  let before: Buffer | null = null;
  for (const seal of await db.read((tx) => seals(tx))) {
    const now = await db.read((tx) => hashOfDay(tx, seal.day, before));
    const isSame = now.root.equals(seal.root) && now.entries === seal.entries;
    const fault = isSame ? null : `sealed with ${seal.entries} entries, now ${now.entries}: something was changed`;
    checked.push({ ...seal, fault });
    before = seal.root;
  }
  return checked;
}
