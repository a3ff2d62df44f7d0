import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** A person as it is kept. */
export interface PersonRow {
  readonly personId: string;
  readonly sealed: Buffer;
  readonly edition: number;
}

const PERSON = `person_id as "personId", sealed, edition`;

/** By what a person is found. */
export interface Mark {
  readonly kind: 'snils' | 'inn' | 'document' | 'name-and-birth' | 'phone';
  readonly hash: Buffer;
}

export async function personById(tx: Read, personId: string): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>(
    `select ${PERSON} from person where person_id = $1 and forgotten_at is null`,
    [personId],
  );
  return rows[0] ?? null;
}

export async function personsById(tx: Read, personIds: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await tx.query<PersonRow>(
    `select ${PERSON} from person where person_id = any($1) and forgotten_at is null`,
    [personIds],
  );
  return rows;
}

/** Persons with one of these marks, the newest first. */
export async function personsWith(tx: Read, marks: readonly Mark[]): Promise<PersonRow[]> {
  const { rows } = await tx.query<PersonRow>(
    `select ${PERSON} from person p where p.forgotten_at is null and p.person_id in (
       select m.person_id from person_mark m
       join unnest($1::text[], $2::bytea[]) as wanted(kind, hash) on m.kind = wanted.kind and m.hash = wanted.hash)
     order by p.changed_at desc limit 20`,
    [marks.map(({ kind }) => kind), marks.map(({ hash }) => hash)],
  );
  return rows;
}

/** Until the transaction is over nobody else writes down a person with one of these marks. */
export async function holdMarks(tx: Write, marks: readonly Mark[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(key) from (
       select distinct hashtextextended(kind || encode(hash, 'hex'), 0) as key from unnest($1::text[], $2::bytea[]) as m(kind, hash) order by 1
     ) as ordered`,
    [marks.map(({ kind }) => kind), marks.map(({ hash }) => hash)],
  );
}

/** A number of persons whose marks are of an older form, by their ids. */
export async function personsToMark(tx: Read, form: number, most: number): Promise<PersonRow[]> {
  const { rows } = await tx.query<PersonRow>(
    `select ${PERSON} from person where marks_form < 2 and marks_form < $1 and forgotten_at is null order by person_id limit $2`,
    [form, most],
  );
  return rows;
}

/** Notes that the marks of a person who has still this edition are of a form; gives whether it has. */
export async function noteMarked(
  tx: Write,
  { personId, edition }: Pick<PersonRow, 'personId' | 'edition'>,
  form: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update person set marks_form = $3 where person_id = $1 and edition = $2 and forgotten_at is null',
    [personId, edition, form],
  );
  return rowCount === 1;
}

/** Another person with one of these marks; null when there is none. */
export async function otherWith(tx: Read, personId: string, marks: readonly Mark[]): Promise<string | null> {
  const { rows } = await tx.query<{ personId: string }>(
    `select m.person_id as "personId" from person_mark m
     join unnest($2::text[], $3::bytea[]) as wanted(kind, hash) on m.kind = wanted.kind and m.hash = wanted.hash
     where m.person_id <> $1 limit 1`,
    [personId, marks.map(({ kind }) => kind), marks.map(({ hash }) => hash)],
  );
  return rows[0]?.personId ?? null;
}

export async function insertPerson(
  tx: Write,
  { personId, sealed }: Pick<PersonRow, 'personId' | 'sealed'>,
  marksForm: number,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into person (person_id, sealed, marks_form, made_at, changed_at)
     values ($1, $2, $3, instant_of($4), instant_of($4))`,
    [personId, sealed, marksForm, at],
  );
}

/** Writes a person if they still have this edition; gives the new one, or null when another caller was first. */
export async function updatePerson(
  tx: Write,
  { personId, sealed, edition }: PersonRow,
  marksForm: number,
  at: Instant,
): Promise<number | null> {
  const { rows } = await tx.query<{ edition: number }>(
    `update person set sealed = $2, edition = edition + 1, changed_at = instant_of($4), marks_form = $5
     where person_id = $1 and edition = $3 and forgotten_at is null returning edition`,
    [personId, sealed, edition, at, marksForm],
  );
  return rows[0]?.edition ?? null;
}

/** Adds marks to those of a person. */
export async function addMarks(tx: Write, personId: string, marks: readonly Mark[]): Promise<void> {
  await tx.query(
    `insert into person_mark (kind, hash, person_id)
     select kind, hash, $1 from unnest($2::text[], $3::bytea[]) as m(kind, hash) on conflict do nothing`,
    [personId, marks.map(({ kind }) => kind), marks.map(({ hash }) => hash)],
  );
}

/** Leaves an empty record where a person was: references to them stay, and say nothing. */
export async function erasePerson(tx: Write, personId: string): Promise<boolean> {
  await tx.query('delete from person_mark where person_id = $1', [personId]);
  const { rowCount } = await tx.query(
    `update person set sealed = '\\x', forgotten_at = clock_timestamp(), edition = edition + 1 where person_id = $1 and forgotten_at is null`,
    [personId],
  );
  return rowCount === 1;
}
