import { randomUUID } from 'node:crypto';
import type { Purpose } from '../../../../contract/persons.ts';
import type { Asker } from '../../../../core/access/asker.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import type { Db, Read, Write } from '../../../platform/handles.ts';
import type { Opening } from '../opening.ts';
import {
  askRelease,
  emptySearchesWithinHour,
  insertLook,
  isMet,
  lockLooksOf,
  type Look,
  personsOfVisit,
  reasonsWithinHour,
  releasesWithinHour,
} from './queries.ts';

/** Persons that may be opened for stated reasons in an hour; then a second person agrees to as many again. */
export const REASONS_AN_HOUR = 6;
/** A family with a representative and co-signers: opening more for one visit has another purpose. */
export const PERSONS_OF_VISIT = 12;

/**
 * Opens records for a purpose: gives those of them that it allows. Every look is checked against the persons that its purpose names, counted,
 * and written down before anything is shown: in the list that heads and auditors review and in the log of actions. A program is counted by its
 * key; people of a demo, who have no account, are not. Throws `purpose-needed`, `reasons-used-up`, `visit-persons-used-up`.
 */
export async function countLook(
  db: Db,
  asker: Asker,
  { purpose, named }: Opening,
  { action, personIds }: Look,
): Promise<ReadonlySet<string>> {
  const shown = personIds.filter((personId) => named?.has(personId) ?? true);
  if (shown.length === 0 && personIds.length > 0 && action !== 'searched') refuse('purpose-needed', {});
  await writeLook(db, asker, purpose, { action, personIds: shown });
  return new Set(shown);
}

/** Throws reasons-used-up or visit-persons-used-up. */
async function writeLook(db: Db, asker: Asker, purpose: Purpose, look: Look): Promise<void> {
  const fits = await db.write(async (tx) => {
    if (!(await holdRoom(tx, asker, purpose, look))) return false;
    await insertLook(tx, asker, purpose, look);
    return true;
  });
  if (!fits) refuseUsedUp(asker, purpose);
}

/**
 * True when a look fits; other looks that are counted with it wait until the transaction is over. Where looks for reasons are used up, a
 * second person is asked for more: the transaction has to end well for that, and the caller refuses afterwards, with `refuseUsedUp`.
 */
export async function holdRoom(tx: Write, asker: Asker, purpose: Purpose, look: Look): Promise<boolean> {
  const counted = purpose.kind === 'visit' ? purpose.visitId : asker.id;
  if (counted !== null) await lockLooksOf(tx, counted);
  if (await hasRoom(tx, asker, purpose, look)) return true;
  if (purpose.kind === 'reason' && asker.kind === 'staff' && asker.id !== null) {
    const { centreId, reason } = purpose;
    await askRelease(tx, { releaseId: randomUUID(), askedBy: asker.id, centreId, reason });
    await audit(tx, asker, { action: 'look-release-asked', object: `centre ${centreId}`, details: { reason } });
  }
  return false;
}

/** Throws reasons-used-up or visit-persons-used-up. */
export function refuseUsedUp(asker: Asker, purpose: Purpose): never {
  if (purpose.kind === 'reason') refuse('reasons-used-up', { most: REASONS_AN_HOUR, asked: asker.kind === 'staff' });
  return refuse('visit-persons-used-up', { most: PERSONS_OF_VISIT });
}

async function hasRoom(tx: Read, { kind, id }: Asker, purpose: Purpose, look: Look): Promise<boolean> {
  if (id === null) return true;
  // An application opens those whom it names, and each search that opens nobody may be a guess.
  if (purpose.kind === 'task')
    return (
      look.personIds.length > 0 || (await emptySearchesWithinHour(tx, id, purpose.applicationId)) < PERSONS_OF_VISIT
    );
  if (purpose.kind === 'visit') return (await personsOfVisit(tx, purpose.visitId, look.personIds)) < PERSONS_OF_VISIT;
  const used = await reasonsWithinHour(tx, id, look.personIds);
  if (used < REASONS_AN_HOUR) return true;
  // There is nobody to agree to more for a program.
  return kind === 'staff' && used < REASONS_AN_HOUR * (1 + (await releasesWithinHour(tx, id)));
}

/**
 * Those of these persons whom the asker has neither written down nor opened lately: beginning something for a person shows that person from
 * then on. In a demo nobody has an account, and everybody may open everything. Throws `unknown-person`.
 */
export async function personsNotMet(db: Db, asker: Asker, personIds: readonly string[]): Promise<string[]> {
  if (asker.id === null) return [];
  return db.read(async (tx) => {
    const unmet: string[] = [];
    for (const personId of new Set(personIds))
      if (!((await isMet(tx, asker, personId)) ?? refuse('unknown-person', {}))) unmet.push(personId);
    return unmet;
  });
}
