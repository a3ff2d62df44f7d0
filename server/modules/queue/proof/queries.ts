import type { CentreId, DayKey } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { Root } from './merkle.ts';

/** The seal of a closed day. */
export interface Seal {
  readonly key: DayKey;
  /** How many events it is over. */
  readonly size: number;
  readonly root: Root;
  readonly chainRoot: Root;
  readonly sealedAt: Instant;
}

interface SealRow {
  readonly centre_id: CentreId;
  readonly day: CivilDate;
  readonly size: number;
  readonly root: Buffer;
  readonly chain_root: Buffer;
  readonly sealed_at: string;
}

const COLUMNS = 'centre_id, day::text as day, size, root, chain_root, instant_ms(sealed_at) as sealed_at';

function sealOf({ centre_id: centreId, day, size, root, chain_root: chain, sealed_at: sealedAt }: SealRow): Seal {
  return { key: { centreId, day }, size, root, chainRoot: chain, sealedAt: Number(sealedAt) };
}

/** Keeps a seal, unless the day has one already; gives the one in force. */
export async function keepSeal(tx: Write, { key, size, root, chainRoot, sealedAt }: Seal): Promise<Seal> {
  await tx.query(
    `insert into day_seal (centre_id, day, size, root, chain_root, sealed_at)
     values ($1, $2, $3, $4, $5, instant_of($6)) on conflict do nothing`,
    [key.centreId, key.day, size, root, chainRoot, sealedAt],
  );
  return (await sealOfDay(tx, key)) as Seal;
}

/** The seal of a day; null while it has none. */
export async function sealOfDay(tx: Read, { centreId, day }: DayKey): Promise<Seal | null> {
  const { rows } = await tx.query<SealRow>(`select ${COLUMNS} from day_seal where centre_id = $1 and day = $2`, [
    centreId,
    day,
  ]);
  return rows[0] === undefined ? null : sealOf(rows[0]);
}

/** The last seal of the centre before a day; null when there is none. */
export async function sealBefore(tx: Read, { centreId, day }: DayKey): Promise<Seal | null> {
  const { rows } = await tx.query<SealRow>(
    `select ${COLUMNS} from day_seal where centre_id = $1 and day < $2 order by day desc limit 1`,
    [centreId, day],
  );
  return rows[0] === undefined ? null : sealOf(rows[0]);
}

/** The newest seals of the network, newest first. */
export async function newestSeals(tx: Read, limit: number): Promise<Seal[]> {
  const { rows } = await tx.query<SealRow>(
    `select ${COLUMNS} from day_seal order by day_seal.sealed_at desc, centre_id limit $1`,
    [limit],
  );
  return rows.map(sealOf);
}

/** The days that have events, newest first: of one centre or all, of one date or all. */
export async function daysOf(tx: Read, centreId: CentreId | null, day: CivilDate | null): Promise<DayKey[]> {
  const { rows } = await tx.query<{ centre_id: CentreId; day: CivilDate }>(
    `select centre_id, day::text as day from queue_event
     where seq = 1 and ($1::integer is null or centre_id = $1) and ($2::date is null or day = $2)
     order by queue_event.day desc, centre_id`,
    [centreId, day],
  );
  return rows.map((row) => ({ centreId: row.centre_id, day: row.day }));
}
