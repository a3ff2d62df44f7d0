import { randomUUID } from 'node:crypto';
import type { Identity, Person, Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type IdentityDocument, identityFaults, tidyIdentity } from '../../../core/persons/identity.ts';
import type { NumberFault } from '../../../core/persons/numbers.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { holdRoom, mustHaveMet, type OpenFor, refuseUsedUp } from './looks/looks.ts';
import { insertLook } from './looks/queries.ts';
import { MARKS_FORM, marksAskedFor, marksOf, type PersonMark, type SearchBy } from './marks.ts';
import * as queries from './queries.ts';

export interface PersonSetting {
  readonly db: Db;
  readonly vault: Vault;
  readonly now: () => Instant;
  /** The date in the city's zone. */
  today(): Promise<CivilDate>;
  /** Throws `purpose-needed` or `foreign-centre` when the asker may not open personal data for this. */
  mayOpen(asker: Asker, purpose: Purpose): Promise<void>;
  /** Checks the records against the purpose, counts them and writes the look down; gives those that may be shown. */
  readonly openFor: OpenFor;
  /** Whom a purpose names; null where it names nobody in particular. */
  namedBy(purpose: Purpose): Promise<ReadonlySet<string> | null>;
}

export interface Persons {
  search(asker: Asker, purpose: Purpose, by: SearchBy): Promise<Person[]>;
  read(asker: Asker, purpose: Purpose, personId: string): Promise<Person>;
  /** `namesake`: the asker has compared, and it is not the known person of this name and date of birth. Throws `person-alike` without it. */
  add(asker: Asker, purpose: Purpose, identity: Identity, namesake?: boolean): Promise<Person>;
  change(asker: Asker, purpose: Purpose, person: Person): Promise<Person>;
  /**
   * That this asker may begin something for persons: whom they have just met, else for the purpose, where there is one. Throws
   * `unknown-person`, `purpose-needed` and what reading a person throws.
   */
  mustHaveMet(asker: Asker, personIds: readonly string[], purpose: Purpose | null): Promise<void>;
  /** For documents and messages that the system itself makes: read without being shown to anybody. */
  identities(tx: Read, personIds: readonly string[]): Promise<Map<string, Identity>>;
}

/** Opens persons: everything that names a person goes through here. */
export function openPersons(setting: PersonSetting): Persons {
  const { db, vault, now, today, mayOpen, openFor } = setting;
  const openRow = ({ personId, sealed, edition }: queries.PersonRow): Person => ({
    personId,
    edition,
    identity: JSON.parse(vault.open(sealed, placeOf('person', personId))) as Identity,
  });
  const read = async (asker: Asker, purpose: Purpose | null, personId: string) => {
    if (purpose === null) return refuse('purpose-needed', {});
    await mayOpen(asker, purpose);
    const row = (await db.read((tx) => queries.personById(tx, personId))) ?? refuse('unknown-person', {});
    await openFor(asker, purpose, { action: 'read', personIds: [personId] });
    await db.write((tx) => log(tx, asker, 'person-read', `person ${personId}`, purpose));
    return openRow(row);
  };

  return {
    search: async (asker, purpose, by) => {
      await mayOpen(asker, purpose);
      const marks = marksAskedFor(vault, by);
      const rows = await db.read((tx) => queries.personsWith(tx, marks));
      const personIds = rows.map(({ personId }) => personId);
      const shown = await openFor(asker, purpose, { action: 'searched', personIds });
      const found = rows.filter(({ personId }) => shown.has(personId)).map(openRow);
      await db.write(async (tx) => {
        await log(tx, asker, 'person-searched', `persons by ${marks[0].kind}`, purpose);
        for (const { personId } of found) await log(tx, asker, 'person-read', `person ${personId}`, purpose);
      });
      return found;
    },

    read,

    mustHaveMet: (asker, personIds, purpose) => mustHaveMet(db, asker, personIds, (id) => read(asker, purpose, id)),

    add: async (asker, purpose, identity, namesake = false) => {
      await mayOpen(asker, purpose);
      return addPerson(setting, asker, purpose, { identity: kept(identity, await today()), namesake });
    },

    change: async (asker, purpose, { personId, edition, identity }) => {
      await mayOpen(asker, purpose);
      if ((await db.read((tx) => queries.personById(tx, personId))) === null) return refuse('unknown-person', {});
      await openFor(asker, purpose, { action: 'changed', personIds: [personId] });
      const [day, named] = [await today(), await setting.namedBy(purpose)];
      const done = await db.write(async (tx): Promise<Person | Told> => {
        const before = (await queries.personById(tx, personId)) ?? refuse('unknown-person', {});
        // Before anything is told of the numbers: with an old edition nothing is changed, and nothing would be counted.
        if (before.edition !== edition) return refuse('edition-changed', {});
        const known = openRow(before).identity;
        const changed = kept(identity, day, known.documents);
        const marks = marksOf(vault, changed);
        const hasNewNumber = ownMarks(marks).some((one) => !marksOf(vault, known).some(isSameMark(one)));
        if (hasNewNumber && !(await holdRoom(tx, asker, purpose, GUESS))) return 'used-up';
        const sealed = vault.seal(JSON.stringify(changed), placeOf('person', personId));
        const other = await holderOf(tx, personId, marks);
        if (other !== null) return noteKnown(tx, asker, purpose, { other, named });
        const written = await queries.updatePerson(tx, { personId, sealed, edition }, MARKS_FORM, now());
        const next = written ?? refuse('edition-changed', {});
        await queries.addMarks(tx, personId, marks);
        await log(tx, asker, 'person-changed', `person ${personId}`, purpose);
        return { personId, edition: next, identity: changed };
      });
      return isTold(done) ? tell(asker, purpose, done) : done;
    },

    identities: async (tx, personIds) =>
      new Map((await queries.personsById(tx, personIds)).map(openRow).map((one) => [one.personId, one.identity])),
  };
}

interface NewPerson {
  readonly identity: Identity;
  readonly namesake: boolean;
}

/** Two callers who add a person of the same name and date of birth at once wait for each other: the second is told of the first. */
async function addPerson(
  setting: PersonSetting,
  asker: Asker,
  purpose: Purpose,
  { identity, namesake }: NewPerson,
): Promise<Person> {
  const { db, vault, now } = setting;
  const personId = randomUUID();
  const marks = marksOf(vault, identity);
  const nameAndBirth = marksAskedFor(vault, identity);
  const sealed = vault.seal(JSON.stringify(identity), placeOf('person', personId));
  const named = await setting.namedBy(purpose);
  const done = await db.write(async (tx): Promise<Person | Told> => {
    if (!(await holdRoom(tx, asker, purpose, GUESS))) return 'used-up';
    const other = await holderOf(tx, personId, marks, nameAndBirth);
    if (other !== null) return noteKnown(tx, asker, purpose, { other, named });
    const isAlike = (await queries.otherWith(tx, personId, nameAndBirth)) !== null;
    if (isAlike && !namesake) {
      await insertLook(tx, asker, purpose, GUESS);
      await log(tx, asker, 'person-searched', 'persons by name-and-birth', purpose);
      return 'alike';
    }
    await queries.insertPerson(tx, { personId, sealed }, MARKS_FORM, now());
    await queries.addMarks(tx, personId, marks);
    await insertLook(tx, asker, purpose, { action: 'added', personIds: [personId] });
    const details = isAlike ? { purpose, namesake } : { purpose };
    await audit(tx, asker, { action: 'person-added', object: `person ${personId}`, details });
    return { personId, edition: 1, identity };
  });
  return isTold(done) ? tell(asker, purpose, done) : done;
}

function log(tx: Write, asker: Asker, action: string, object: string, purpose: Purpose) {
  return audit(tx, asker, { action, object, details: { purpose } });
}

/** The refusals of a look: the looks are used up, a person is alike, or the number belongs to a person. */
type Told = 'used-up' | 'alike' | { readonly known: string | null };

function isTold(done: Person | Told): done is Told {
  return typeof done === 'string' || 'known' in done;
}

/** Refused only after the look is written down: a refusal within the transaction would take the look back. */
function tell(asker: Asker, purpose: Purpose, told: Told): never {
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
async function noteKnown(
  tx: Write,
  asker: Asker,
  purpose: Purpose,
  { other, named }: { readonly other: string; readonly named: ReadonlySet<string> | null },
): Promise<Told> {
  const isShown = named?.has(other) ?? true;
  await insertLook(tx, asker, purpose, isShown ? { action: 'searched', personIds: [other] } : GUESS);
  await log(tx, asker, 'person-searched', `person ${other}`, purpose);
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
