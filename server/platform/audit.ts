import type { Asker } from '../../core/access/asker.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Read, Write } from './handles.ts';

/** A program that an administrator runs on the machine itself. */
export const PROGRAM = { kind: 'program', id: 'okno' } as const;

/** What follows by itself from something else. */
export const SYSTEM = { kind: 'program', id: 'system' } as const;

/** The actor: a caller, or a program: of the administrator, of an agency, or the system itself. */
export type Actor = Pick<Asker, 'kind' | 'id'> | { readonly kind: 'program'; readonly id: string };

/** What was done: to what, and with which values. Never a name, a contact, a password or a code. */
export interface Action {
  readonly action: string;
  readonly object: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes down who did what, in the transaction that does it. */
export async function audit(tx: Write, actor: Actor, action: Action): Promise<void> {
  await tx.query(
    'insert into audit_entry (actor_kind, actor_id, action, object, details) values ($1, $2, $3, $4, $5)',
    [actor.kind, actor.id, action.action, action.object, JSON.stringify(action.details ?? {})],
  );
}

/** An entry of the log of actions. */
export interface AuditEntry extends Required<Action> {
  readonly entryId: number;
  readonly at: Instant;
  readonly actor: { readonly kind: string; readonly id: string | null };
}

const PAGE = 200;

/** The entries before a place, newest first, a page at a time; of one object where it is named. */
export async function auditEntries(tx: Read, before: number | null, object: string | null): Promise<AuditEntry[]> {
  const { rows } = await tx.query<Omit<AuditEntry, 'actor'> & AuditEntry['actor']>(
    `select entry_id::float8 as "entryId", instant_ms(at)::float8 as at, actor_kind as kind, actor_id as id, action, object, details
     from audit_entry
     where ($1::bigint is null or entry_id < $1) and ($2::text is null or object = $2)
     order by entry_id desc limit ${PAGE}`,
    [before, object],
  );
  return rows.map(({ kind, id, ...entry }) => ({ ...entry, actor: { kind, id } }));
}
