import type pg from 'pg';
import type { TimeZone } from '../../core/time/civil.ts';

/** Whose network this is. */
export interface City {
  readonly name: { readonly ru: string; readonly en: string };
  readonly timeZone: TimeZone;
}

type Queries = Pick<pg.Pool, 'query'>;

/** Null until the installation is set up. */
export async function city(queries: Queries): Promise<City | null> {
  const { rows } = await queries.query<City>(
    `select json_build_object('ru', name_ru, 'en', name_en) as name, time_zone as "timeZone" from city`,
  );
  return rows[0] ?? null;
}

export async function setCity(queries: Queries, { name, timeZone }: City): Promise<void> {
  await queries.query(
    `insert into city (name_ru, name_en, time_zone) values ($1, $2, $3)
     on conflict (only_row) do update set name_ru = $1, name_en = $2, time_zone = $3`,
    [name.ru, name.en, timeZone],
  );
}
