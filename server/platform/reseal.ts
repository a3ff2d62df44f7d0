import type { Db } from './handles.ts';
import { keyOf, placeOf, type Vault } from './vault.ts';

/** A column that holds sealed text, and what its rows are known by. */
export interface SealedColumn {
  readonly table: 'person' | 'application' | 'package' | 'agency' | 'home_draft' | 'stored_file' | 'webhook';
  readonly key: string;
  readonly keyType: 'uuid' | 'text';
  readonly column: string;
}

/** The columns of the database that hold nothing but sealed text: the list by which keys are changed. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'person', key: 'person_id', keyType: 'uuid', column: 'sealed' },
  { table: 'application', key: 'application_id', keyType: 'uuid', column: 'sealed' },
  { table: 'package', key: 'package_id', keyType: 'uuid', column: 'facts' },
  { table: 'home_draft', key: 'draft_id', keyType: 'uuid', column: 'sealed' },
  { table: 'stored_file', key: 'file_id', keyType: 'uuid', column: 'sealed_name' },
  { table: 'webhook', key: 'webhook_id', keyType: 'uuid', column: 'sealed_secret' },
  { table: 'agency', key: 'agency_id', keyType: 'text', column: 'secret' },
];

const AT_ONCE = 500;
const FIRST = { uuid: '00000000-0000-0000-0000-000000000000', text: '' } as const;
const HEAD_BYTES = 3;

/** Reseals what an older key sealed, while everything goes on: a row that changes meanwhile is left as it is. Gives how many there were. */
export async function resealColumn(
  db: Db,
  vault: Vault,
  { table, key, keyType, column }: SealedColumn,
): Promise<number> {
  let count = 0;
  for (let after: string = FIRST[keyType]; ;) {
    const { rows } = await db.read((tx) =>
      tx.query<{ id: string; sealed: Buffer | null }>(
        `select ${key} as id, ${column} as sealed from ${table} where ${key} > $1::${keyType} order by ${key} limit ${AT_ONCE}`,
        [after],
      ),
    );
    for (const { id, sealed } of rows) {
      if (sealed === null || sealed.length <= HEAD_BYTES || keyOf(sealed) === vault.keyId) continue;
      const place = placeOf(table, id);
      const anew = vault.sealBytes(vault.openBytes(sealed, place), place);
      const { rowCount } = await db.write((tx) =>
        tx.query(`update ${table} set ${column} = $2 where ${key} = $1::${keyType} and ${column} = $3`, [
          id,
          anew,
          sealed,
        ]),
      );
      count += rowCount ?? 0;
    }
    const last = rows.at(-1);
    if (last === undefined) return count;
    after = last.id;
  }
}
