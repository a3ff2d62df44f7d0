import type { Read, Write } from '../../../server/platform/handles.ts';

/** Calls with a fault each, by what is said of it. They are read and never carried out. */
export const planted: Readonly<Record<string, (tx: Write, given: string) => Promise<unknown>>> = {
  'syntax error at or near "form"': (tx) => tx.query('select code from centre where kind form'),
  'relation "center" does not exist': (tx) => tx.query('delete from center'),
  'column "colour" does not exist': (tx) => tx.query(`update centre set code = 'x' where colour is null`),
  'column "tone" of relation': (tx) => tx.query('insert into zone (centre_id, tone) values ($1, $2)', [1, 'x']),
  'it has 2 parameters, and is given 1': (tx) =>
    tx.query('delete from zone where centre_id = $1 and zone_id = $2', [1]),
  'it has 1 parameters, and is given 2': (tx) => tx.query('delete from zone where centre_id = $1', [1, 2]),
  'it has 1 parameters, and is given 0': (tx) => tx.query({ text: 'delete from zone where centre_id = $1' }),
  '$1 is jsonb, and is given number[]': (tx) =>
    tx.query('update screen_setting set settings = $1', [[1, 2].map((part) => part + 1)]),
  '$1 is int4, and is given boolean': (tx, given) =>
    tx.query('delete from zone where centre_id = $1', [given.startsWith('a')]),
  '$2 is int2[], and is given number': (tx, given) =>
    tx.query('delete from zone where centre_id = $1 and zone_id = any($2)', [1, given.length]),
  '$1 is int4[], and is given boolean[]': (tx, given) =>
    tx.query('delete from zone where centre_id = any($1::integer[])', [[given.startsWith('a')]]),
  '$1 is int4, and is given string[]': (tx, given) => tx.query('delete from zone where centre_id = $1', [[given]]),
  'its row has “codeName”': (tx) => tx.query<{ codeName: string }>('select code as "codename" from centre'),
  'it returns “kind”, which its row does not have': (tx) => tx.query<{ code: string }>('select code, kind from centre'),
  'it returns “code” twice': (tx) => tx.query<{ code: string }>('select code, kind as code from centre'),
  '“count” is int8, which comes as string; its row says number': (tx) =>
    tx.query<{ count: number }>('select count(*) from centre'),
  '“day” is date, which comes as Date; its row says string': (tx) =>
    tx.query<{ day: string }>('select day from mobile_stop'),
  '“at” is timestamptz, which comes as Date; its row says number': (tx) =>
    tx.query<{ at: number }>('select at from audit_entry'),
  '“code” is text, which comes as string; its row says number': (tx) =>
    tx.query<{ code: number }>(`update centre set code = 'x' returning code`),
  '“codes” is text[], which comes as string[]; its row says string': (tx) =>
    tx.query<{ codes: string }>('select array(select code from centre) as codes'),
  '“0” is int4, which comes as number; its row says string': (tx) =>
    tx.query<[string]>({ rowMode: 'array', text: 'select centre_id as "0" from centre' }),
  '“hall” may be null; its row says number': (tx) =>
    tx.query<{ hall: number }>('select hall_of as hall from centre where hall_of is null or hall_of > 0'),
  '“held” may be null; its row says number': (tx) =>
    tx.query<{ held: number }>('select hall_of as held from centre where (hall_of > 1) is not true'),
  '“name” may be null; its row says string': (tx) =>
    tx.query<{ name: string }>(
      'select z.name_ru as name from centre_window w left join zone z on z.centre_id = w.centre_id and z.zone_id = w.zone_id',
    ),
  '“last” may be null; its row says number': (tx) =>
    tx.query<{ last: number }>('select max(centre_id) as last from centre'),
  '“zones” may be null; its row says object[]': (tx) =>
    tx.query<{ zones: object[] }>(
      'select (select json_agg(z) from zone z where z.centre_id = c.centre_id) as zones from centre c',
    ),
  '“place” may be null; its row says string': (tx) =>
    tx.query<{ place: string }>(
      'select (select d.name_ru from district d where d.district_id = c.district_id) as place from centre c',
    ),
  '“openedOn” may be null; its row says string': (tx) =>
    tx.query<{ openedOn: string }>('select opened_on::text as "openedOn" from centre'),
  'its rows have no declared type': async (tx) => (await tx.query('select code from centre')).rows,
  'relation "center_of_part" does not exist': (tx, given) => ofPart(tx, given === 'a' ? 'center_of_part' : 'centre'),
  'its text cannot be told': (tx, given) => tx.query(`select code from ${given}`),
};

/** A call whose texts come from its callers. */
export function ofPart(tx: Read, table: string): Promise<unknown> {
  return tx.query(`select 1 from ${table}`);
}

const KINDS = { halls: 'hall_of', places: 'district_id' } as const;
const COLUMNS = Object.entries({ centreId: 'centre_id', code: 'code' }).map(
  ([name, column]) => `${column} as "${name}"`,
);

/** Calls without a fault, each of a kind that is hard to judge. */
export const sound: Readonly<Record<string, (tx: Read, isWhole: boolean, by: keyof typeof KINDS) => Promise<unknown>>> =
  {
    'a list of columns that is put together': (tx) =>
      tx.query<{ centreId: number; code: string }>(`select ${COLUMNS.join(', ')} from centre`),
    'a part that depends on a condition': (tx, isWhole) =>
      tx.query<{ code: string }>(`select code from centre ${isWhole ? '' : 'where hall_of = $1'}`, isWhole ? [] : [1]),
    'a column that is chosen': (tx, _, by) => tx.query<{ id: number | null }>(`select ${KINDS[by]} as id from centre`),
    'a condition that rules null out': (tx) =>
      tx.query<{ hall: number; phone: string }>('select hall_of as hall, phone from centre where hall_of is not null'),
    'a join that rules null out': (tx) =>
      tx.query<{ hall: number }>('select c.hall_of as hall from centre c join centre h on h.centre_id = c.hall_of'),
    'a null that is replaced': (tx) =>
      tx.query<{ last: number; hall: number }>(
        'select coalesce(max(centre_id), 0) as last, coalesce(max(hall_of), 0) as hall from centre',
      ),
    'a query within an expression that always finds something': (tx) =>
      tx.query<{ windows: string; zones: object[]; open: boolean; codes: string[] }>(
        `select (select count(*) from centre_window w where w.centre_id = c.centre_id) as windows,
         coalesce((select json_agg(z) from zone z where z.centre_id = c.centre_id), '[]') as zones,
         exists (select from mobile_stop m where m.centre_id = c.centre_id) as open, array(select code from centre) as codes from centre c`,
      ),
    'rows that are only counted': async (tx) => {
      const found = await tx.query('select code from centre');
      return found.rowCount !== 0;
    },
    'a statement that is kept in a constant': (tx) => {
      const asked = { name: 'kept', text: 'select code from centre where centre_id = $1', values: [1] };
      return tx.query<{ code: string }>(asked);
    },
  };
