import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Identity, Person, Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type IdentityDocument, identityFaults, tidyIdentity } from '../../../core/persons/identity.ts';
import type { NumberFault } from '../../../core/persons/numbers.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { mustHaveMet, type OpenFor } from './looks/looks.ts';
import { insertLook } from './looks/store.ts';
import { MARKS_FORM, marksAskedFor, marksOf, type PersonMark, type SearchBy } from './marks.ts';
import * as store from './store.ts';

export interface PersonSetting {
  readonly pool: pg.Pool;
  readonly vault: Vault;
  readonly now: () => Instant;
  /** The date in the city's zone. */
  today(): Promise<CivilDate>;
  /** Throws `purpose-needed` or `foreign-centre` when the asker may not open personal data for this. */
  mayOpen(asker: Asker, purpose: Purpose): Promise<void>;
  /** Checks the records against the purpose, counts them and writes the look down; gives those that may be shown. */
  readonly openFor: OpenFor;
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
  identities(queries: Pick<pg.Pool, 'query'>, personIds: readonly string[]): Promise<Map<string, Identity>>;
}

/** Opens persons: everything that names somebody goes through here. */
export function openPersons(setting: PersonSetting): Persons {
  const { pool, vault, now, today, mayOpen, openFor } = setting;
  const openRow = ({ personId, sealed, edition }: store.PersonRow): Person => ({
    personId,
    edition,
    identity: JSON.parse(vault.open(sealed, placeOf('person', personId))) as Identity,
  });
  const read: Persons['read'] = async (asker, purpose, personId) => {
    await mayOpen(asker, purpose);
    const row = (await store.personById(pool, personId)) ?? refuse('unknown-person', {});
    await openFor(asker, purpose, { action: 'read', personIds: [personId] });
    await log(pool, asker, 'person-read', `person ${personId}`, purpose);
    return openRow(row);
  };

  return {
    search: async (asker, purpose, by) => {
      await mayOpen(asker, purpose);
      const marks = marksAskedFor(vault, by);
      const rows = await store.personsWith(pool, marks);
      const shown = await openFor(asker, purpose, {
        action: 'searched',
        personIds: rows.map(({ personId }) => personId),
      });
      const found = rows.filter(({ personId }) => shown.has(personId)).map(openRow);
      await log(pool, asker, 'person-searched', `persons by ${marks[0].kind}`, purpose);
      for (const { personId } of found) await log(pool, asker, 'person-read', `person ${personId}`, purpose);
      return found;
    },

    read,

    mustHaveMet: (asker, personIds, purpose) =>
      mustHaveMet(pool, asker, personIds, (personId) =>
        purpose === null ? refuse('purpose-needed', {}) : read(asker, purpose, personId),
      ),

    add: async (asker, purpose, identity, namesake = false) => {
      await mayOpen(asker, purpose);
      return addPerson(setting, asker, purpose, { identity: kept(identity, await today()), namesake });
    },

    change: async (asker, purpose, { personId, edition, identity }) => {
      await mayOpen(asker, purpose);
      if ((await store.personById(pool, personId)) === null) return refuse('unknown-person', {});
      await openFor(asker, purpose, { action: 'changed', personIds: [personId] });
      const day = await today();
      return inTransaction(pool, async (client) => {
        const before = (await store.personById(client, personId)) ?? refuse('unknown-person', {});
        const changed = kept(identity, day, openRow(before).identity.documents);
        const marks = marksOf(vault, changed);
        const sealed = vault.seal(JSON.stringify(changed), placeOf('person', personId));
        await mustBeOwn(client, personId, marks);
        const next = await store.updatePerson(client, { personId, sealed, edition }, MARKS_FORM, now());
        if (next === null) return refuse('edition-changed', {});
        await store.addMarks(client, personId, marks);
        await log(client, asker, 'person-changed', `person ${personId}`, purpose);
        return { personId, edition: next, identity: changed };
      }).catch((error: unknown) => tellKnown(setting, asker, purpose, error));
    },

    identities: async (queries, personIds) =>
      new Map((await store.personsById(queries, personIds)).map(openRow).map((one) => [one.personId, one.identity])),
  };
}

interface NewPerson {
  readonly identity: Identity;
  readonly namesake: boolean;
}

/** Two who add somebody of the same name and date of birth at once wait for each other: the second is told of the first. */
async function addPerson(
  setting: PersonSetting,
  asker: Asker,
  purpose: Purpose,
  { identity, namesake }: NewPerson,
): Promise<Person> {
  const { pool, vault, now } = setting;
  const personId = randomUUID();
  const marks = marksOf(vault, identity);
  const nameAndBirth = marksAskedFor(vault, identity);
  const sealed = vault.seal(JSON.stringify(identity), placeOf('person', personId));
  await inTransaction(pool, async (client) => {
    await mustBeOwn(client, personId, marks, nameAndBirth);
    const isAlike = (await store.otherWith(client, personId, nameAndBirth)) !== null;
    if (isAlike && !namesake) refuse('person-alike', {});
    await store.insertPerson(client, { personId, sealed }, MARKS_FORM, now());
    await store.addMarks(client, personId, marks);
    await insertLook(client, asker, purpose, { action: 'added', personIds: [personId] });
    const details = isAlike ? { purpose, namesake } : { purpose };
    await audit(client, asker, { action: 'person-added', object: `person ${personId}`, details });
  }).catch((error: unknown) => tellKnown(setting, asker, purpose, error));
  return { personId, edition: 1, identity };
}

function log(queries: Pick<pg.Pool, 'query'>, asker: Asker, action: string, object: string, purpose: Purpose) {
  return audit(queries, asker, { action, object, details: { purpose } });
}

/**
 * Telling whose number it is is a look like any other: where the purpose does not allow one, only that it is known is told. That there is
 * somebody of a name and a date of birth is told without saying who: it is a search that shows nobody.
 */
async function tellKnown(
  { pool, openFor }: PersonSetting,
  asker: Asker,
  purpose: Purpose,
  error: unknown,
): Promise<never> {
  if (error instanceof ProblemError && error.problem.code === 'person-alike')
    await inTransaction(pool, async (client) => {
      await insertLook(client, asker, purpose, { action: 'searched', personIds: [] });
      await log(client, asker, 'person-searched', 'persons by name-and-birth', purpose);
    });
  if (!(error instanceof ProblemError) || error.problem.code !== 'person-known') throw error;
  const { personId = '' } = error.problem.params;
  const shown = await openFor(asker, purpose, { action: 'searched', personIds: [personId] }).catch((refused) => {
    if (refused instanceof ProblemError) return new Set<string>();
    throw refused;
  });
  await log(pool, asker, 'person-searched', `person ${personId}`, purpose);
  return refuse('person-known', shown.has(personId) ? { personId } : {});
}

/**
 * Numbers that belong to one person only: the one with the same is the same, and is not written down twice. Those who add one at once wait
 * for each other, and so do those who add one of `alike`: marks that are held here with the numbers, in one order, and checked by the caller.
 */
async function mustBeOwn(
  queries: Pick<pg.Pool, 'query'>,
  personId: string,
  marks: readonly PersonMark[],
  alike: readonly store.Mark[] = [],
) {
  const own = marks.filter(({ isOnesOwn }) => isOnesOwn);
  await store.holdMarks(queries, [...own, ...alike]);
  const other = await store.otherWith(queries, personId, own);
  if (other !== null) refuse('person-known', { personId: other });
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
