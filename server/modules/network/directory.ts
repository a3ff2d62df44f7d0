import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';
import { besideTransactions, isInTransaction } from '../../platform/one-connection.ts';
import { stopHours } from './office/queries.ts';
import { type DistrictRow, districts } from './hierarchy/queries.ts';
import {
  type CentreRow,
  centres,
  type ClosureRow,
  closures,
  type EarlyClosing,
  earlyClosings,
  hours,
  type HoursRow,
} from './queries.ts';

/** A centre with its hours. */
export interface DirectoryEntry {
  readonly centre: CentreRow;
  readonly hours: readonly HoursRow[];
  readonly closures: readonly ClosureRow[];
  /** Days on which a person closed the doors before their hour. */
  readonly earlyClosings: readonly EarlyClosing[];
}

/** The centres of the network, kept in memory for a few seconds: every request asks for them. */
export interface Directory {
  all(): Promise<readonly DirectoryEntry[]>;
  /** The centres as a transaction sees them, its own writes included. */
  within(tx: Write): Promise<readonly DirectoryEntry[]>;
  /** Throws unknown-centre. */
  centre(centreId: CentreId): Promise<DirectoryEntry>;
  /** The centre in whose hall this one receives: itself, unless it shares. Throws unknown-centre. */
  hallOf(centreId: CentreId): Promise<CentreId>;
  /** Every district by its id. */
  districts(): Promise<ReadonlyMap<number, DistrictRow>>;
  /** Forgets what it knows, so that a change made here is seen at once. */
  refresh(): void;
}

interface Known {
  readonly centres: ReadonlyMap<CentreId, DirectoryEntry>;
  readonly districts: ReadonlyMap<number, DistrictRow>;
}

const FRESH_MS = 2_000;

export function openDirectory(db: Db): Directory {
  let read: Promise<Known> | null = null;
  let readAt = 0;
  let newest: Known | null = null;
  const readAgain = () => {
    readAt = performance.now();
    const last = read;
    const reading = db
      .read((tx) => readEntries(tx))
      .then(
        (known) => {
          // One that was begun before a change and came later shows nothing new.
          if (read === reading || newest === null) newest = known;
          return known;
        },
        (error: unknown) => {
          // While the database is away the centres are where they were; without any to show, the next caller asks again.
          if (last !== null) return last;
          if (read === reading) read = null;
          throw error;
        },
      );
    // A caller in a transaction does not wait for it, and nobody else may be there to hear that it failed.
    reading.catch(() => undefined);
    read = reading;
    return reading;
  };
  const entries = async () => {
    const isFresh = read !== null && performance.now() - readAt <= FRESH_MS;
    const reading = isFresh ? (read as Promise<Known>) : besideTransactions(readAgain);
    // Who holds a connection waits for none: the centres as they were last seen are good enough.
    return newest !== null && isInTransaction() ? newest : reading;
  };
  const centre: Directory['centre'] = async (centreId) =>
    (await entries()).centres.get(centreId) ?? refuse('unknown-centre', { centreId });
  return {
    all: async () => [...(await entries()).centres.values()],
    within: async (tx) => [...(await readEntries(tx)).centres.values()],
    centre,
    hallOf: async (centreId) => (await centre(centreId)).centre.hall_of ?? centreId,
    districts: async () => (await entries()).districts,
    refresh: () => void (read = null),
  };
}

async function readEntries(tx: Read): Promise<Known> {
  const known = await districts(tx);
  const rows = await centres(tx);
  const hoursByCentre = await hours(tx);
  const closuresByCentre = await closures(tx);
  const stopsByCentre = await stopHours(tx);
  const earlyByCentre = await earlyClosings(tx);
  const entryOf = (centre: CentreRow): DirectoryEntry => ({
    centre,
    // A centre that is shut receives on no day.
    hours: centre.shut_reason === null ? (hoursByCentre.get(centre.centre_id) ?? []) : [],
    // A mobile centre receives where and when it stops; a closure of that day goes before.
    closures:
      centre.shut_reason === null
        ? [...(closuresByCentre.get(centre.centre_id) ?? []), ...(stopsByCentre.get(centre.centre_id) ?? [])]
        : [],
    earlyClosings: earlyByCentre.get(centre.centre_id) ?? [],
  });
  return { districts: known, centres: new Map(rows.map((centre) => [centre.centre_id, entryOf(centre)])) };
}
