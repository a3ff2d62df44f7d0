import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Identity, Person, Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { digitsOf, NUMBER_CHECKS } from '../../../core/applications/checks.ts';
import { refuse } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import * as store from './store.ts';

export interface PersonSetting {
  readonly pool: pg.Pool;
  readonly vault: Vault;
  readonly now: () => Instant;
  /** Throws `purpose-needed` or `foreign-centre` when the asker may not open personal data for this. */
  mayOpen(asker: Asker, purpose: Purpose): Promise<void>;
}

/** How persons are found: by one of their marks. */
export type SearchBy =
  | { readonly snils: string }
  | { readonly document: { readonly kind: string; readonly number: string } }
  | { readonly surname: string; readonly name: string; readonly birth: string };

export interface Persons {
  search(asker: Asker, purpose: Purpose, by: SearchBy): Promise<Person[]>;
  read(asker: Asker, purpose: Purpose, personId: string): Promise<Person>;
  add(asker: Asker, purpose: Purpose, identity: Identity): Promise<Person>;
  change(asker: Asker, purpose: Purpose, person: Person): Promise<Person>;
  /** For documents and messages that the system itself makes: read without being shown to anybody. */
  identities(queries: Pick<pg.Pool, 'query'>, personIds: readonly string[]): Promise<Map<string, Identity>>;
}

/** Opens persons: everything that names somebody goes through here. */
export function openPersons({ pool, vault, now, mayOpen }: PersonSetting): Persons {
  const openRow = ({ personId, sealed, edition }: store.PersonRow): Person => ({
    personId,
    edition,
    identity: JSON.parse(vault.open(sealed, placeOf('person', personId))) as Identity,
  });
  const marksOf = (identity: Identity): store.Mark[] => [
    ...(identity.snils === undefined ? [] : [markOf('snils', digitsOf(identity.snils))]),
    ...(identity.inn === undefined ? [] : [markOf('inn', digitsOf(identity.inn))]),
    ...identity.documents.map((document) => markOf('document', documentText(document))),
    markOf('name-and-birth', nameText(identity)),
    ...(identity.phone === undefined ? [] : [markOf('phone', digitsOf(identity.phone))]),
  ];
  const markOf = (kind: store.Mark['kind'], text: string): store.Mark => ({ kind, hash: vault.mark(kind, text) });
  const log = (queries: Pick<pg.Pool, 'query'>, asker: Asker, action: string, object: string, purpose: Purpose) =>
    audit(queries, asker, { action, object, details: { purpose } });

  return {
    search: async (asker, purpose, by) => {
      await mayOpen(asker, purpose);
      const mark =
        'snils' in by
          ? markOf('snils', checked('snils', by.snils))
          : 'document' in by
            ? markOf('document', documentText(by.document))
            : markOf('name-and-birth', nameText(by));
      const found = (await store.personsWith(pool, mark)).map(openRow);
      await log(pool, asker, 'person-searched', `persons by ${mark.kind}`, purpose);
      for (const { personId } of found) await log(pool, asker, 'person-read', `person ${personId}`, purpose);
      return found;
    },

    read: async (asker, purpose, personId) => {
      await mayOpen(asker, purpose);
      const row = (await store.personById(pool, personId)) ?? refuse('unknown-person', {});
      await log(pool, asker, 'person-read', `person ${personId}`, purpose);
      return openRow(row);
    },

    add: async (asker, purpose, identity) => {
      await mayOpen(asker, purpose);
      const person = { personId: randomUUID(), edition: 1, identity: tidied(identity) };
      const marks = marksOf(person.identity);
      const sealed = vault.seal(JSON.stringify(person.identity), placeOf('person', person.personId));
      await inTransaction(pool, async (client) => {
        await mustBeHis(client, person.personId, marks);
        await store.insertPerson(client, person.personId, sealed, now());
        await store.addMarks(client, person.personId, marks);
        await log(client, asker, 'person-added', `person ${person.personId}`, purpose);
      });
      return person;
    },

    change: async (asker, purpose, { personId, edition, identity }) => {
      await mayOpen(asker, purpose);
      const kept = tidied(identity);
      const marks = marksOf(kept);
      const sealed = vault.seal(JSON.stringify(kept), placeOf('person', personId));
      return inTransaction(pool, async (client) => {
        if ((await store.personById(client, personId)) === null) return refuse('unknown-person', {});
        await mustBeHis(client, personId, marks);
        const next = await store.updatePerson(client, { personId, sealed, edition }, now());
        if (next === null) return refuse('edition-changed', {});
        await store.addMarks(client, personId, marks);
        await log(client, asker, 'person-changed', `person ${personId}`, purpose);
        return { personId, edition: next, identity: kept };
      });
    },

    identities: async (queries, personIds) =>
      new Map((await store.personsById(queries, personIds)).map(openRow).map((one) => [one.personId, one.identity])),
  };
}

/** Numbers that belong to one person only: whoever has the same is the same, and is not written down twice. */
async function mustBeHis(queries: Pick<pg.Pool, 'query'>, personId: string, marks: readonly store.Mark[]) {
  const own = marks.filter(({ kind }) => kind === 'snils' || kind === 'inn' || kind === 'document');
  const other = await store.otherWith(queries, personId, own);
  if (other !== null) refuse('person-known', { personId: other });
}

/** The identity as it is kept: numbers checked, spaces gone. Throws `number-faulty`. */
function tidied(identity: Identity): Identity {
  const written = Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== '')) as Identity;
  const { snils, inn, documents } = written;
  return {
    ...written,
    ...(snils === undefined ? {} : { snils: checked('snils', snils) }),
    ...(inn === undefined ? {} : { inn: checked('inn', inn) }),
    documents: documents.map((document) =>
      document.kind === 'passport' ? { ...document, number: checked('passport', document.number) } : document,
    ),
  };
}

function checked(kind: 'snils' | 'inn' | 'passport', text: string): string {
  const reason = NUMBER_CHECKS[kind](text);
  return reason === null ? digitsOf(text) : refuse('number-faulty', { field: FIELD_NAMES[kind], reason });
}

const FIELD_NAMES = { snils: 'СНИЛС', inn: 'ИНН', passport: 'Паспорт' } as const;

function documentText({ kind, number }: { readonly kind: string; readonly number: string }): string {
  return `${kind}|${digitsOf(number).toUpperCase()}`;
}

/** Names as they are compared: without case, and with ё as е. */
function nameText({ surname, name, birth }: { surname: string; name: string; birth: string }): string {
  return `${surname}|${name}|${birth}`.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ');
}
