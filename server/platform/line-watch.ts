import pg from 'pg';
import { repeated } from './isolated.ts';

/** An answer may take minutes; one that takes longer than this makes it worth asking whether it is still worked on. */
const SILENT_MS = 10_000;
/** How long the database has to say so, over a line of its own. */
const WORD_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 2_500;

/** What the driver knows of a connection beyond its types. */
interface Line {
  readonly processID: number | null;
  /** False while an answer is awaited. */
  readonly readyForQuery: boolean;
  readonly connection: { readonly stream: { readonly bytesRead: number; destroy(error?: Error): void } };
}

interface Silence {
  readonly bytesRead: number;
  /** The monotonic millisecond since which nothing has come. */
  readonly since: number;
}

export interface LineWatchSetting {
  readonly pool: pg.Pool;
  readonly connection: pg.ClientConfig;
  readonly silentMs?: number;
}

/**
 * Cuts the connections of a pool whose line has fallen silent. A network that drops packets tells neither side anything for a
 * quarter of an hour, while requests wait. A query for which nothing comes may also be a long one; so the database is asked over
 * another line, and only what it does not work on, or all when it does not answer, is cut: the caller is told that the outcome is
 * unknown. Gives the way to stop.
 */
export function watchLines({ pool, connection, silentMs = SILENT_MS }: LineWatchSetting): () => void {
  const silences = new Map<Line, Silence>();
  const asked = new Set<Line>();
  pool.on('connect', (client) => silences.set(lineOf(client), { bytesRead: 0, since: performance.now() }));
  pool.on('remove', (client) => silences.delete(lineOf(client)));
  const look = () => {
    const now = performance.now();
    for (const [line, silence] of silences) {
      const { bytesRead } = line.connection.stream;
      if (line.readyForQuery || bytesRead !== silence.bytesRead) silences.set(line, { bytesRead, since: now });
      else if (now - silence.since >= silentMs && !asked.has(line)) void askAbout(line, silence);
    }
  };
  const askAbout = async (line: Line, { bytesRead }: Silence) => {
    asked.add(line);
    const works = await isWorkedOn(line, connection);
    asked.delete(line);
    if (works || line.connection.stream.bytesRead !== bytesRead) {
      if (silences.has(line)) silences.set(line, { bytesRead, since: performance.now() });
      return;
    }
    line.connection.stream.destroy(new Error('Connection terminated: the line to the database is silent'));
  };
  return repeated(Math.min(LOOK_EVERY_MS, silentMs), () => undefined, 'lines could not be looked at', look);
}

const lineOf = (client: unknown): Line => client as Line;

/** Whether the database says that it works on what was asked over a line. */
async function isWorkedOn({ processID }: Line, connection: pg.ClientConfig): Promise<boolean> {
  const other = new pg.Client({
    ...connection,
    connectionTimeoutMillis: WORD_WITHIN_MS,
    query_timeout: WORD_WITHIN_MS,
  });
  other.on('error', () => undefined);
  try {
    await other.connect();
    const { rowCount } = await other.query(`select from pg_stat_activity where pid = $1 and state <> 'idle'`, [
      processID,
    ]);
    return rowCount !== 0;
  } catch (error) {
    // A database that refuses a connection in words is there, and may well be working.
    return error instanceof pg.DatabaseError;
  } finally {
    // Over a silent line even the farewell would wait.
    void other.end().catch(() => undefined);
  }
}
