import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Database } from './database.ts';

/** What statements need of a database. */
export type Tables = Pick<Database, 'kysely'>;

/** The database as one transaction sees it: statements that are built from tables go over the transaction's own connection. */
export function databaseWithin(client: pg.PoolClient): Tables {
  const one = { query: client.query.bind(client), release: () => undefined } as unknown as pg.PoolClient;
  const pool = { connect: async () => one, end: async () => undefined } as unknown as pg.Pool;
  return { kysely: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }) };
}
