import pg from 'pg';
import { type Problem, problem } from '../../../core/problems.ts';
import { UnreadableEvent } from '../../../core/queue/evolve.ts';

const STATEMENT_MS_MAX = 5_000;
/** A server that has not answered by then will not: it ends its own statements sooner. The connection counts as lost. */
const ANSWER_MS_MAX = STATEMENT_MS_MAX + 2_000;
const LANE_OPTIONS =
  `-c statement_timeout=${STATEMENT_MS_MAX} ` +
  '-c plan_cache_mode=force_generic_plan -c lock_timeout=50 -c default_transaction_isolation=read\\ committed';

/** A connection for a writer: one plan for each statement, short waits, and the isolation that the append relies on. */
export async function connectWriter(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, options: LANE_OPTIONS, query_timeout: ANSWER_MS_MAX });
  // A connection that breaks while idle shows itself at the next batch.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** What of PostgreSQL's refusals is the sender's fault, by SQLSTATE: values that no column can hold. */
const SENDERS_FAULT = new Set(['22P02', '22P05', '22021', '22003']);

/** What the sender of a command that could not be written is told. */
export function problemOfWrite(error: unknown): Problem {
  if (error instanceof pg.DatabaseError && SENDERS_FAULT.has(error.code ?? '')) {
    return problem('malformed-request', { where: 'body', reason: 'the database refused a value in it' });
  }
  return problem('internal', {});
}

/** lock_not_available and query_canceled: somebody else holds the day; it is tried again until the deadline. */
export function isWaitTooLong(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '57014');
}

/** Anything that is neither an answer of the database nor a fault of this program, and its word that it is going down. */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof UnreadableEvent || error instanceof TypeError || error instanceof RangeError) return false;
  if (!(error instanceof pg.DatabaseError)) return true;
  return error.code?.startsWith('08') === true || ['57P01', '57P02', '57P03', '53300'].includes(error.code ?? '');
}
