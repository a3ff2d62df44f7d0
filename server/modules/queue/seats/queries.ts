import type { CentreId, DayKey, SpecialistId, WindowId } from '../../../../core/queue/ids.ts';
import type { Write } from '../../../platform/handles.ts';

/** A place behind a window on a day. */
export interface Seat {
  readonly key: DayKey;
  readonly windowId: WindowId;
}

/**
 * Takes a seat for a specialist who sits nowhere else; gives null, or the centre at which they still sit. Within a centre
 * the day itself decides.
 */
export async function takeSeat(
  tx: Write,
  specialistId: SpecialistId,
  { key: { centreId, day }, windowId }: Seat,
): Promise<CentreId | null> {
  const { rowCount } = await tx.query(
    `insert into specialist_seat as s (specialist_id, centre_id, day, window_id) values ($1, $2, $3, $4)
     on conflict (specialist_id) do update
       set centre_id = excluded.centre_id, day = excluded.day, window_id = excluded.window_id
       where s.centre_id = excluded.centre_id or s.day < excluded.day`,
    [specialistId, centreId, day, windowId],
  );
  if (rowCount === 1) return null;
  const { rows } = await tx.query<{ centre_id: CentreId }>(
    'select centre_id from specialist_seat where specialist_id = $1',
    [specialistId],
  );
  // Given back in this very moment: it may be asked for again.
  return rows[0]?.centre_id ?? takeSeat(tx, specialistId, { key: { centreId, day }, windowId });
}

/** Gives back the seats of windows that have been closed. */
export async function freeSeats(tx: Write, { centreId, day }: DayKey, windowIds: readonly WindowId[]): Promise<void> {
  await tx.query('delete from specialist_seat where centre_id = $1 and day = $2 and window_id = any($3)', [
    centreId,
    day,
    windowIds,
  ]);
}
