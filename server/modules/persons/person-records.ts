import type { Identity } from '../../../contract/persons.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { MARKS_FORM, marksAskedFor, marksOf } from './marks.ts';
import { addMarks, erasePerson, noteMarked, personById, personsToMark, personsWith } from './queries.ts';

/** Erases a person, as a part of a transaction; gives false when there is none. What was done stays, and names nobody any more. */
export async function forgetPersonIn(tx: Write, actor: Actor, personId: string): Promise<boolean> {
  const isGone = await erasePerson(tx, personId);
  if (isGone) await audit(tx, actor, { action: 'person-forgotten', object: `person ${personId}` });
  return isGone;
}

/** The person with an insurance number; null when nobody has it. Throws `number-faulty`. */
export async function personWithNumber(tx: Read, vault: Vault, snils: string): Promise<string | null> {
  const [found] = await personsWith(tx, marksAskedFor(vault, { snils }));
  return found?.personId ?? null;
}

/** A person's identity, for their own copy of their data; the copy is logged. Null when there is no such person. */
export async function identityOf(db: Db, vault: Vault, actor: Actor, personId: string): Promise<Identity | null> {
  const row = await db.read((tx) => personById(tx, personId));
  if (row === null) return null;
  await db.write((tx) => audit(tx, actor, { action: 'person-exported', object: `person ${personId}` }));
  return JSON.parse(vault.open(row.sealed, placeOf('person', personId))) as Identity;
}

const AT_ONCE = 200;

/**
 * Adds marks in today's form to persons whose marks are of an older form, while everything goes on. Gives how many there were.
 */
export async function markPersonsAnew(db: Db, vault: Vault): Promise<number> {
  // Without a master key nothing can be opened.
  if (vault.keyId === 0) return 0;
  let count = 0;
  for (;;) {
    const rows = await db.read((tx) => personsToMark(tx, MARKS_FORM, AT_ONCE));
    let done = 0;
    for (const row of rows) {
      const identity = JSON.parse(vault.open(row.sealed, placeOf('person', row.personId))) as Identity;
      const isDone = await db.write(async (tx) => {
        if (!(await noteMarked(tx, row, MARKS_FORM))) return false;
        await addMarks(tx, row.personId, marksOf(vault, identity));
        return true;
      });
      if (isDone) done += 1;
    }
    count += done;
    if (rows.length < AT_ONCE || done === 0) return count;
  }
}
