import type pg from 'pg';
import type { Read } from './handles.ts';

/**
 * Whether the database knows small and capital letters beyond English ones, as its locale says: in the plain C locale `lower('ЖУК')` is
 * «ЖУК». Nothing of Okno rests on it (names are folded by the program, lists name their collation), but reports that people write in SQL
 * over the same database do. Gives the locale.
 */
export async function lettersOfDatabase(tx: Read): Promise<{ readonly folds: boolean; readonly locale: string }> {
  const { rows } = await tx.query<{ folds: boolean; locale: string }>(
    `select lower('ЖУКЁ') = 'жукё' as folds, datcollate as locale from pg_database where datname = current_database()`,
  );
  return rows[0] as { folds: boolean; locale: string };
}

/** By which lists of Russian words are sorted, whatever the locale of the database: Ё is after Е, and not before А. */
const SORTING = 'ru-x-icu';

/** Throws an Error with a sentence for the administrator where the database cannot sort Russian words. */
export async function mustSortWords(queries: Pick<pg.Pool, 'query'>): Promise<void> {
  const { rowCount } = await queries.query('select from pg_collation where collname = $1', [SORTING]);
  if (rowCount === 0)
    throw new Error(
      `This database has no ICU collation “${SORTING}”, so it cannot sort Russian names. PostgreSQL of Debian, Red Hat and postgresql.org is ` +
        `built with ICU. Where it is, an administrator of the database can say: select pg_import_system_collations('pg_catalog'). ` +
        `Otherwise use the PostgreSQL that Okno brings along.`,
    );
}
