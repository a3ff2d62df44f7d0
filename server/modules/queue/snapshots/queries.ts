import type { KeptConfiguration } from '../../../../core/queue/configuration.ts';
import type { DayKey } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { ChainValue } from '../chain.ts';

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
  tx: Write,
  { centreId, day }: DayKey,
  fold: string,
  { seq, chain, configuration, body }: SnapshotRow,
): Promise<void> {
  await tx.query(
    `insert into day_snapshot as kept (centre_id, day, seq, chain, fold, configuration, body) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (centre_id, day) do update set seq = $3, chain = $4, fold = $5, configuration = $6, body = $7
     where kept.seq < $3 or kept.fold <> $5`,
    [centreId, day, seq, chain, fold, configuration, body],
  );
}

/** A snapshot as it is kept, with its rules. */
export interface KeptSnapshot extends SnapshotRow {
  readonly key: DayKey;
  readonly rules: KeptConfiguration;
}

/** The snapshots of days that this code took, and only those that show events which are still their days'. */
export async function snapshotsOfDays(tx: Read, keys: readonly DayKey[], fold: string): Promise<KeptSnapshot[]> {
  const { rows } = await tx.query<KeptRow>(
    `select p.centre_id as "centreId", p.day::text as day, p.seq, p.chain, p.configuration, p.body, c.body as rules
     from unnest($1::integer[], $2::date[]) as k(centre_id, day) join day_snapshot p using (centre_id, day)
     join queue_event e on e.centre_id = p.centre_id and e.day = p.day and e.seq = p.seq and e.chain = p.chain
     join queue_configuration c on c.hash = p.configuration
     where p.fold = $3`,
    [keys.map(({ centreId }) => centreId), keys.map(({ day }) => day), fold],
  );
  return rows.map(({ centreId, day, chain, ...row }) => ({ ...row, key: { centreId, day }, chain: BigInt(chain) }));
}

type KeptRow = DayKey & Omit<KeptSnapshot, 'key' | 'chain'> & { readonly chain: string };

/** Nobody loads a day before this one again. */
export async function dropSnapshotsBefore(tx: Write, day: CivilDate): Promise<void> {
  await tx.query('delete from day_snapshot where day < $1', [day]);
}
