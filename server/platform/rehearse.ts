import type pg from 'pg';
import { inTransaction } from './transaction.ts';

const ROLL_BACK = Symbol('roll back');

/** Does the work as it would be done and takes all of it back: gives what it gave, and throws what it threw. */
export async function rehearse<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  let done: { readonly result: Result } | null = null;
  try {
    await inTransaction(pool, async (client) => {
      done = { result: await work(client) };
      // What would be checked at the end is checked now: a dry run refuses what the real one would.
      await client.query('set constraints all immediate');
      // eslint-disable-next-line no-throw-literal -- never leaves this function
      throw ROLL_BACK;
    });
  } catch (error) {
    if (error !== ROLL_BACK) throw error;
  }
  return (done as unknown as { readonly result: Result }).result;
}
