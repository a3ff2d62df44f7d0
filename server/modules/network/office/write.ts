import type { Asker } from '../../../../core/access/asker.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import { problem, type Problem, ProblemError, refuse } from '../../../../core/problems.ts';
import { audit, type Action } from '../../../platform/audit.ts';
import { brokeConstraint, type Db, type Write } from '../../../platform/handles.ts';
import type { NetworkOffice } from '../context.ts';

/** What the tables refuse, in words: by the constraint that was broken. */
const REFUSALS: Readonly<Record<string, Problem>> = {
  centre_hours_centre_id_weekday_valid_excl: problem('hours-overlap', {}),
  centre_hours_pkey: problem('hours-overlap', {}),
  centre_hours_check: problem('hours-reversed', {}),
  mobile_stop_check: problem('hours-reversed', {}),
  mobile_stop_centre_id_tsrange_excl: problem('stops-overlap', {}),
  mobile_stop_pkey: problem('stops-overlap', {}),
  hall_window_numbers: problem('hall-windows-clash', {}),
  hall_group_letters: problem('hall-letters-clash', {}),
  hall_is_nobodys_guest: problem('hall-of-guest', {}),
  zone_pkey: problem('row-twice', {}),
  centre_window_pkey: problem('row-twice', {}),
  centre_window_group_pkey: problem('row-twice', {}),
  equipment_pkey: problem('row-twice', {}),
  accessibility_pkey: problem('row-twice', {}),
  equipment_centre_id_window_id_fkey: problem('window-in-use', {}),
  district_is_no_loop: problem('district-loop', {}),
  district_check: problem('district-loop', {}),
};

/**
 * Does a write that changes what a centre offers, with its audit row and the ledger of places, and tells how many bookings it leaves
 * without room. With `dryRun` everything is done and taken back.
 */
export async function writeOffer(
  { db, centreChanges, newConflicts }: NetworkOffice,
  { asker, centreId, dryRun }: { readonly asker: Asker; readonly centreId: CentreId; readonly dryRun: boolean },
  action: Action,
  work: (tx: Write) => Promise<unknown>,
  more: Readonly<Record<string, Problem>> = {},
): Promise<{ readonly bookings: number }> {
  const written = (on: Db) =>
    on.write((tx) =>
      newConflicts(tx, centreId, async () => {
        await work(tx);
        await audit(tx, asker, action);
      }),
    );
  const bookings = await (dryRun ? db.rehearse(written) : written(db)).catch(inWords(more));
  if (!dryRun) await centreChanges.catchUp();
  return { bookings };
}

/** Does a write with its audit row, and puts what the tables refuse into words. */
export async function write<Result>(
  db: Db,
  asker: Asker,
  action: Action | ((result: Result) => Action),
  work: (tx: Write) => Promise<Result>,
  more: Readonly<Record<string, Problem>> = {},
): Promise<Result> {
  return db
    .write(async (tx) => {
      const result = await work(tx);
      await audit(tx, asker, typeof action === 'function' ? action(result) : action);
      return result;
    })
    .catch(inWords(more));
}

/** Throws what the tables refused as a problem. */
function inWords(more: Readonly<Record<string, Problem>>): (error: unknown) => never {
  return (error) => {
    const found = Object.entries({ ...REFUSALS, ...more }).find(([constraint]) => brokeConstraint(error, constraint));
    // The same row twice in one list: it would be written and written over.
    if ((error as { code?: string }).code === '21000') return refuse('row-twice', {});
    throw found === undefined ? error : new ProblemError(found[1]);
  };
}
