import type { Identity, Person } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { Context } from '../../platform/context.ts';
import type { Read } from '../../platform/handles.ts';
import type { Vault } from '../../platform/vault.ts';
import { factsOf } from './facts.ts';
import { countLook } from './looks/count-looks.ts';
import { marksAskedFor, type SearchBy } from './marks.ts';
import { logOpening, type Opening, openRecord } from './opening.ts';
import { personById, personsById, personsWith } from './queries.ts';

type PersonContext = Pick<Context, 'db' | 'vault'>;

/** The persons with a mark, of those that the purpose allows. Throws `number-faulty`, `identity-faulty` and what counting a look throws. */
export async function searchPersons(
  { db, vault }: PersonContext,
  asker: Asker,
  opening: Opening,
  by: SearchBy,
): Promise<Person[]> {
  const marks = marksAskedFor(vault, by);
  const rows = await db.read((tx) => personsWith(tx, marks));
  const personIds = rows.map(({ personId }) => personId);
  const shown = await countLook(db, asker, opening, { action: 'searched', personIds });
  const found = rows.filter(({ personId }) => shown.has(personId)).map((row) => openRecord(vault, row));
  await db.write(async (tx) => {
    await logOpening(tx, asker, 'person-searched', `persons by ${marks[0].kind}`, opening);
    for (const { personId } of found) await logOpening(tx, asker, 'person-read', `person ${personId}`, opening);
  });
  return found;
}

/** The record of a person. Throws `unknown-person` and what counting a look throws. */
export async function readPerson(
  { db, vault }: PersonContext,
  asker: Asker,
  opening: Opening,
  personId: string,
): Promise<Person> {
  const row = (await db.read((tx) => personById(tx, personId))) ?? refuse('unknown-person', {});
  await countLook(db, asker, opening, { action: 'read', personIds: [personId] });
  await db.write((tx) => logOpening(tx, asker, 'person-read', `person ${personId}`, opening));
  return openRecord(vault, row);
}

/** For documents and messages that the system itself makes: read without being shown to anybody. */
export async function identitiesOf(
  tx: Read,
  { vault }: { readonly vault: Vault },
  personIds: readonly string[],
): Promise<Map<string, Identity>> {
  const records = (await personsById(tx, personIds)).map((row) => openRecord(vault, row));
  return new Map(records.map(({ personId, identity }) => [personId, identity]));
}

/** What forms may be filled with of what is known of a person. Throws `unknown-person`. */
export async function factsOfPerson(
  tx: Read,
  context: { readonly vault: Vault },
  personId: string,
): Promise<ReturnType<typeof factsOf>> {
  return factsOf((await identitiesOf(tx, context, [personId])).get(personId) ?? refuse('unknown-person', {}));
}
