import { randomUUID } from 'node:crypto';
import type { Identity, Person } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type IdentityDocument, identityFaults, tidyIdentity } from '../../../core/persons/identity.ts';
import type { NumberFault } from '../../../core/persons/numbers.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { audit } from '../../platform/audit.ts';
import { cityDay } from '../../platform/city.ts';
import type { Context } from '../../platform/context.ts';
import type { Write } from '../../platform/handles.ts';
import { placeOf } from '../../platform/vault.ts';
import { countLook, holdRoom, refuseUsedUp } from './looks/count-looks.ts';
import { insertLook } from './looks/queries.ts';
import { MARKS_FORM, marksAskedFor, marksOf, type PersonMark } from './marks.ts';
import { logOpening, type Opening, openRecord } from './opening.ts';
import * as queries from './queries.ts';

type PersonContext = Pick<Context, 'db' | 'vault' | 'now'>;

interface NewPerson {
  readonly identity: Identity;
  /** The asker has compared, and it is not the known person of this name and date of birth. */
  readonly namesake?: boolean | undefined;
}

/**
 * Writes a person down. Two callers who add a person of the same name and date of birth at once wait for each other: the second is told of the
 * first. Throws `person-alike`, `person-known`, `number-faulty`, `identity-faulty` and what counting a look throws.
 */
export async function addPerson(
  { db, vault, now }: PersonContext,
  asker: Asker,
  opening: Opening,
  { identity: written, namesake = false }: NewPerson,
): Promise<Person> {
  const { purpose } = opening;
  const identity = kept(written, await db.read((tx) => cityDay(tx, now())));
  const personId = randomUUID();
  const marks = marksOf(vault, identity);
  const nameAndBirth = marksAskedFor(vault, identity);
  const sealed = vault.seal(JSON.stringify(identity), placeOf('person', personId));
  const done = await db.write(async (tx): Promise<Person | Told> => {
    if (!(await holdRoom(tx, asker, purpose, GUESS))) return 'used-up';
    const other = await holderOf(tx, personId, marks, nameAndBirth);
    if (other !== null) return noteKnown(tx, asker, opening, other);
    const isAlike = (await queries.otherWith(tx, personId, nameAndBirth)) !== null;
    if (isAlike && !namesake) {
      await insertLook(tx, asker, purpose, GUESS);
      await logOpening(tx, asker, 'person-searched', 'persons by name-and-birth', opening);
      return 'alike';
    }
    await queries.insertPerson(tx, { personId, sealed }, MARKS_FORM, now());
    await queries.addMarks(tx, personId, marks);
    await insertLook(tx, asker, purpose, { action: 'added', personIds: [personId] });
    const details = isAlike ? { purpose, namesake } : { purpose };
    await audit(tx, asker, { action: 'person-added', object: `person ${personId}`, details });
    return { personId, edition: 1, identity };
  });
  return isTold(done) ? tell(asker, opening, done) : done;
}

/**
 * Changes the record of a person. Throws `unknown-person`, `edition-changed`, `person-known`, `number-faulty`, `identity-faulty` and what
 * counting a look throws.
 */
export async function changePerson(
  { db, vault, now }: PersonContext,
  asker: Asker,
  opening: Opening,
  { personId, edition, identity }: Person,
): Promise<Person> {
  const { purpose } = opening;
  const day = await db.read(async (tx) => {
    if ((await queries.personById(tx, personId)) === null) return refuse('unknown-person', {});
    return cityDay(tx, now());
  });
  await countLook(db, asker, opening, { action: 'changed', personIds: [personId] });
  const done = await db.write(async (tx): Promise<Person | Told> => {
    const before = (await queries.personById(tx, personId)) ?? refuse('unknown-person', {});
    // Before anything is told of the numbers: with an old edition nothing is changed, and nothing would be counted.
    if (before.edition !== edition) return refuse('edition-changed', {});
    const known = openRecord(vault, before).identity;
    const changed = kept(identity, day, known.documents);
    const marks = marksOf(vault, changed);
    const hasNewNumber = ownMarks(marks).some((one) => !marksOf(vault, known).some(isSameMark(one)));
    if (hasNewNumber && !(await holdRoom(tx, asker, purpose, GUESS))) return 'used-up';
    const sealed = vault.seal(JSON.stringify(changed), placeOf('person', personId));
    const other = await holderOf(tx, personId, marks);
    if (other !== null) return noteKnown(tx, asker, opening, other);
    const written = await queries.updatePerson(tx, { personId, sealed, edition }, MARKS_FORM, now());
    const next = written ?? refuse('edition-changed', {});
    await queries.addMarks(tx, personId, marks);
    await logOpening(tx, asker, 'person-changed', `person ${personId}`, opening);
    return { personId, edition: next, identity: changed };
  });
  return isTold(done) ? tell(asker, opening, done) : done;
}

/** The refusals of a look: the looks are used up, a person is alike, or the number belongs to a person. */
type Told = 'used-up' | 'alike' | { readonly known: string | null };

function isTold(done: Person | Told): done is Told {
  return typeof done === 'string' || 'known' in done;
}

/** Refused only after the look is written down: a refusal within the transaction would take the look back. */
function tell(asker: Asker, { purpose }: Opening, told: Told): never {
  if (told === 'used-up') return refuseUsedUp(asker, purpose);
  if (told === 'alike') return refuse('person-alike', {});
  return refuse('person-known', told.known === null ? {} : { personId: told.known });
}

/**
 * A record that is added with the number or the name of another person is a search, too: it says that they are known. So there has
 * to be room for a look before anything is told, also where there is nothing to tell: a refusal would tell the one from the other.
 */
const GUESS = { action: 'searched', personIds: [] } as const;

/** Telling whose number it is is a look like any other: where the purpose does not name that person, only that it is known is told. */
async function noteKnown(tx: Write, asker: Asker, opening: Opening, other: string): Promise<Told> {
  const isShown = opening.named?.has(other) ?? true;
  await insertLook(tx, asker, opening.purpose, isShown ? { action: 'searched', personIds: [other] } : GUESS);
  await logOpening(tx, asker, 'person-searched', `person ${other}`, opening);
  return { known: isShown ? other : null };
}

function ownMarks(marks: readonly PersonMark[]): PersonMark[] {
  return marks.filter(({ isOnesOwn }) => isOnesOwn);
}

function isSameMark({ kind, hash }: queries.Mark): (other: queries.Mark) => boolean {
  return (other) => other.kind === kind && other.hash.equals(hash);
}

/**
 * Numbers that belong to one person only: another one with the same is the same, and is not written down twice; gives that one. Those who add
 * one at once wait for each other, and so do those who add one of `alike`: marks that are held here with the numbers, in one order, and
 * checked by the caller.
 */
async function holderOf(
  tx: Write,
  personId: string,
  marks: readonly PersonMark[],
  alike: readonly queries.Mark[] = [],
): Promise<string | null> {
  const own = ownMarks(marks);
  await queries.holdMarks(tx, [...own, ...alike]);
  return queries.otherWith(tx, personId, own);
}

/** The identity as it is kept: each part in its normal form. Throws `number-faulty` or `identity-faulty`. */
function kept(written: Identity, today: CivilDate, known: readonly IdentityDocument[] = []): Identity {
  const identity = tidyIdentity(written);
  const faults = identityFaults(identity, today, known);
  for (const { field, fault } of faults) {
    const name = NUMBER_FIELDS.find((one) => field === one || (one === 'passport' && field.endsWith('.number')));
    if (name !== undefined)
      refuse('number-faulty', { field: FIELD_NAMES[name], name: field, reason: fault as NumberFault });
  }
  if (faults.length > 0) refuse('identity-faulty', { fields: faults });
  return identity;
}

const NUMBER_FIELDS = ['snils', 'inn', 'passport'] as const;
const FIELD_NAMES = { snils: 'СНИЛС', inn: 'ИНН', passport: 'Паспорт' } as const;
