import { refuse } from '../../core/problems.ts';
import type { Instant } from '../../core/time/instant.ts';
import { brokeConstraint, type Write } from './handles.ts';
import type { Vault } from './vault.ts';

/** A command as its caller sent it. */
export interface Command {
  readonly commandId: string;
  /** The route and what it is about, such as `move application 4f…`; it names nobody. */
  readonly action: string;
  readonly body: unknown;
}

interface Done {
  /** Null in no row: the database fills it (`case_command_has_action`). */
  readonly action: string | null;
  readonly body: Buffer;
  readonly outcome: string;
}

/**
 * Carries a command out once, within the transaction of its work; gives the id of what it made or changed. The same command again gives the
 * same id and does nothing; two at once wait for one another. A refused command leaves nothing behind. Throws `command-conflict` for the
 * same id with another body.
 */
export async function onceFor(
  tx: Write,
  { vault, now }: { readonly vault: Vault; now(): Instant },
  { commandId, action, body }: Command,
  work: () => Promise<string>,
): Promise<string> {
  const mark = vault.mark('command', `${action}\0${canonical(body)}`);
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`case-command ${commandId}`]);
  const { rows } = await tx.query<Done>('select action, body, outcome from case_command where command_id = $1', [
    commandId,
  ]);
  const [done] = rows;
  if (done !== undefined)
    return done.action === action && done.body.equals(mark) ? done.outcome : refuse('command-conflict', { commandId });
  const outcome = await work();
  await tx
    .query(
      `insert into case_command (command_id, action, body, outcome, made_at) values ($1, $2, $3, $4, instant_of($5))`,
      [commandId, action, mark, outcome, now()],
    )
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'case_command_pkey')) return refuse('command-conflict', { commandId });
      throw error;
    });
  return outcome;
}

/** Forgets commands that were carried out before a moment: nobody repeats them any more. */
export async function forgetCommands(tx: Write, before: Instant): Promise<void> {
  await tx.query('delete from case_command where made_at < instant_of($1)', [before]);
}

/** A body as one text, whatever the order of its members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
