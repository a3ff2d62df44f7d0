import type pg from 'pg';
import { asTransaction } from './one-connection.ts';

/** How a transaction begins and how it ends when its work is done. */
export interface Manner {
  readonly begin: string;
  readonly end: 'commit' | 'rollback';
}

/** Does the work in one transaction on a connection of its own: all of it is kept, or none. Modules use handles instead. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
  { begin, end }: Manner = { begin: 'begin', end: 'commit' },
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await asTransaction(pool, () => work(client));
    await client.query(end);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}
