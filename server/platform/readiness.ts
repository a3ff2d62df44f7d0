import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { briefly } from './cache-briefly.ts';
import type { Db } from './handles.ts';

export interface ReadinessSetting {
  readonly db: Db;
  /** Where the embedded server's data are; null for a database of one's own. */
  readonly folder: string | null;
  /** A sentence about halls that cannot be written now; null when all can. */
  halls(): Promise<string | null>;
}

/** However many ask, the database and the halls are looked at once in so long. */
const LOOK_EVERY_MS = 1_000;
const ANSWER_MS = 2_000;
const HALLS_ANSWER_MS = 4_000;
/** With less room than this PostgreSQL cannot begin the next segment of its log. */
const FREE_BYTES_MIN = 16 * 1024 * 1024;
/** More than a page: what is written has to be given room. */
const PROBE_BYTES = 9_000;

/** Why this node cannot do its work now, as a sentence for the administrator; null when it can. */
export function openReadiness(setting: ReadinessSetting): () => Promise<string | null> {
  const look = briefly(LOOK_EVERY_MS, (_all: 'all') => faultOf(setting));
  return () => look('all');
}

async function faultOf({ db, folder, halls }: ReadinessSetting): Promise<string | null> {
  const disk = folder === null ? null : await diskFault(folder);
  if (disk !== null) return disk;
  const database = await inTime(ANSWER_MS, 'the database does not answer', databaseFault(db));
  return database ?? inTime(HALLS_ANSWER_MS, 'the halls do not answer', halls());
}

async function diskFault(folder: string): Promise<string | null> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < FREE_BYTES_MIN ? 'the disk is full' : null;
}

/** A database that answers may still not be able to write: its disk is full, or it follows another one. */
async function databaseFault(db: Db): Promise<string | null> {
  try {
    await db.write((tx) =>
      tx.query(
        `insert into write_probe (written_at, filler) values (now(), $1)
       on conflict (only_row) do update set written_at = excluded.written_at, filler = excluded.filler`,
        [randomBytes(PROBE_BYTES)],
      ),
    );
    return null;
  } catch (error) {
    return 'code' in (error as Error) && /^[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code))
      ? 'the database cannot write'
      : 'the database cannot be reached';
  }
}

async function inTime(ms: number, late: string, work: Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(late), ms).unref();
  });
  try {
    return await Promise.race([work, tooLate]);
  } catch {
    return late;
  } finally {
    clearTimeout(timer);
  }
}
