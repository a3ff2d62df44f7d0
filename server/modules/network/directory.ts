import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Database } from '../../platform/database.ts';
import { type CentreRow, centres, hours, type HoursRow } from './store.ts';

/** A centre with its hours. */
export interface DirectoryEntry {
  readonly centre: CentreRow;
  readonly hours: readonly HoursRow[];
}

/** The centres of the network, kept in memory for a few seconds: every request asks for them. */
export interface Directory {
  all(): Promise<readonly DirectoryEntry[]>;
  /** Throws unknown-centre. */
  centre(centreId: CentreId): Promise<DirectoryEntry>;
}

const FRESH_MS = 2_000;

export function openDirectory(database: Database): Directory {
  let read: Promise<ReadonlyMap<CentreId, DirectoryEntry>> | null = null;
  let readAt = 0;
  const entries = async () => {
    if (read === null || performance.now() - readAt > FRESH_MS) {
      readAt = performance.now();
      read = readEntries(database).catch((error: unknown) => {
        read = null;
        throw error;
      });
    }
    return read;
  };
  return {
    all: async () => [...(await entries()).values()],
    centre: async (centreId) => (await entries()).get(centreId) ?? refuse('unknown-centre', { centreId }),
  };
}

async function readEntries(database: Database): Promise<ReadonlyMap<CentreId, DirectoryEntry>> {
  const [rows, hoursByCentre] = await Promise.all([centres(database), hours(database)]);
  return new Map(
    rows.map((centre) => [centre.centre_id, { centre, hours: hoursByCentre.get(centre.centre_id) ?? [] }]),
  );
}
