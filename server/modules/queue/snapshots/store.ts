import type { DayKey } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { ChainValue } from '../chain.ts';
import type { Queries } from '../store.ts';

interface SnapshotRow {
  readonly seq: number;
  readonly chain: ChainValue;
  /** The hash of the rules that the day goes by. */
  readonly configuration: string;
  /** The snapshot as JSON. */
  readonly body: string;
}

/** Keeps the snapshot of a day, unless one of more events is there already that the same code took. */
export async function keepSnapshot(
  queries: Queries,
  { centreId, day }: DayKey,
  fold: string,
  { seq, chain, configuration, body }: SnapshotRow,
): Promise<void> {
  await queries.query(
    `insert into day_snapshot as kept (centre_id, day, seq, chain, fold, configuration, body) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (centre_id, day) do update set seq = $3, chain = $4, fold = $5, configuration = $6, body = $7
     where kept.seq < $3 or kept.fold <> $5`,
    [centreId, day, seq, chain, fold, configuration, body],
  );
}

/** The snapshot of a day that this code took, and only if the events it shows are still the day's; else null. */
export async function snapshotOfDay(
  queries: Queries,
  { centreId, day }: DayKey,
  fold: string,
): Promise<SnapshotRow | null> {
  const { rows } = await queries.query<Omit<SnapshotRow, 'chain'> & { chain: string }>(
    `select p.seq, p.chain, p.configuration, p.body from day_snapshot p
     join queue_event e on e.centre_id = p.centre_id and e.day = p.day and e.seq = p.seq and e.chain = p.chain
     where p.centre_id = $1 and p.day = $2 and p.fold = $3`,
    [centreId, day, fold],
  );
  const [row] = rows;
  return row === undefined ? null : { ...row, chain: BigInt(row.chain) };
}

/** Nobody loads a day before this one again. */
export async function dropSnapshotsBefore(queries: Queries, day: CivilDate): Promise<void> {
  await queries.query('delete from day_snapshot where day < $1', [day]);
}
