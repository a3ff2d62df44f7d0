import pg from 'pg';
import { type EmbeddedPostgres, embeddedPostgres } from './embedded-postgres.ts';
import { type Db, openHandles, type Read } from './handles.ts';
import { mustSortWords } from './letters.ts';
import { watchLines } from './line-watch.ts';
import { migrate } from './migrate.ts';
import { watchPool } from './one-connection.ts';

/** One database: its handles; the pool for the platform itself, and settings for connections of one's own. */
export interface Database extends Db {
  readonly pool: pg.Pool;
  readonly connection: pg.ClientConfig;
  /** Where the embedded server's data are; null for a database of one's own. */
  readonly folder: string | null;
  /** Starts the embedded server again if it is gone; does nothing for a database of one's own. */
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** Where the data are: a folder for the embedded server, or a database of one's own. */
export type DatabasePlace = { readonly folder: string } | { readonly url: string };

/** Connections of one node for requests: writes have all but a few of them, reads the rest. */
const CONNECTIONS = 10;
/** How long a request waits for a connection while all are in use, before it is told that the system is busy. */
const TURN_WITHIN_MS = 15_000;
const VERSION_MIN = 150_000;

/** How a database is opened. */
interface OpenOptions {
  /** Hears what a step of the schema waits for. */
  readonly tell?: (line: string) => void;
  /** How many connections the pool has at most. */
  readonly connections?: number;
}

/**
 * Opens the database, starting the embedded server where needed, and brings its schema up to date; `as-it-is` leaves the
 * schema alone, for a caller that only looks or restores.
 */
export async function openDatabase(
  place: DatabasePlace,
  schema: 'current' | 'as-it-is' = 'current',
  { tell, connections = CONNECTIONS }: OpenOptions = {},
): Promise<Database> {
  let embedded: EmbeddedPostgres | null = null;
  if ('folder' in place) {
    embedded = await embeddedPostgres(place.folder);
  }
  const connection: pg.ClientConfig = {
    ...(embedded?.connection ?? { connectionString: (place as { url: string }).url }),
    application_name: 'okno',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  };
  const pool = new pg.Pool({
    ...connection,
    max: connections,
    connectionTimeoutMillis: TURN_WITHIN_MS,
    options: '-c default_transaction_isolation=read\\ committed',
  });
  // A connection that breaks while idle is replaced by the pool; code that holds one is told by its next query.
  // Without these two listeners Node would end the whole program instead.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  watchPool(pool);
  const stopWatching = watchLines({ pool, connection });
  try {
    await prepare(pool, schema, tell);
  } catch (error) {
    stopWatching();
    await pool.end();
    await embedded?.stop();
    throw error;
  }
  return {
    ...openHandles(pool),
    pool,
    connection,
    folder: 'folder' in place ? place.folder : null,
    revive: async () => embedded?.ensureRunning(),
    close: async () => {
      stopWatching();
      await pool.end();
      await embedded?.stop();
    },
  };
}

async function prepare(
  pool: pg.Pool,
  schema: 'current' | 'as-it-is',
  tell: ((line: string) => void) | undefined,
): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    const version = Number(rows[0]?.server_version_num ?? 0);
    if (version < VERSION_MIN) throw new Error(`PostgreSQL 15 or newer is needed; this one is ${version}.`);
    if (schema === 'current') await mustSortWords(client);
    if (schema === 'current') await migrate(client, tell === undefined ? {} : { tell });
  } finally {
    client.release();
  }
}

/** The server's version and what its clock shows, in milliseconds. */
export async function serverState(tx: Read): Promise<{ version: string; now: number }> {
  const { rows } = await tx.query<{ version: string; now: number }>(
    `select current_setting('server_version') as version, (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  );
  return rows[0] as { version: string; now: number };
}
