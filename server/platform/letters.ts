import type pg from 'pg';

/**
 * Whether the database knows small and capital letters beyond English ones, as its locale says: in the plain C locale `lower('ЖУК')` is
 * «ЖУК». Nothing of Okno rests on it (names are folded by the program, lists are sorted by it or by code points), but reports that people
 * write in SQL over the same database do. Gives the locale.
 */
export async function lettersOfDatabase(
  queries: Pick<pg.Pool, 'query'>,
): Promise<{ readonly folds: boolean; readonly locale: string }> {
  const { rows } = await queries.query<{ folds: boolean; locale: string }>(
    `select lower('ЖУКЁ') = 'жукё' as folds, datcollate as locale from pg_database where datname = current_database()`,
  );
  return rows[0] as { folds: boolean; locale: string };
}
