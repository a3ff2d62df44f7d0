import { businessDayAt, type CivilDate, type TimeZone } from '../../core/time/civil.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Read, Write } from './handles.ts';

/** Whose network this is. */
export interface City {
  readonly name: { readonly ru: string; readonly en: string };
  readonly timeZone: TimeZone;
}

/** Null until the installation is set up. */
export async function city(tx: Read): Promise<City | null> {
  const { rows } = await tx.query<City>(
    `select json_build_object('ru', name_ru, 'en', name_en) as name, time_zone as "timeZone" from city`,
  );
  return rows[0] ?? null;
}

export async function setCity(tx: Write, { name, timeZone }: City): Promise<void> {
  await tx.query(
    `insert into city (name_ru, name_en, time_zone) values ($1, $2, $3)
     on conflict (only_row) do update set name_ru = $1, name_en = $2, time_zone = $3`,
    [name.ru, name.en, timeZone],
  );
}

/** The date in the city's zone at a moment; in UTC until the installation is set up. */
export async function cityDay(tx: Read, at: Instant): Promise<CivilDate> {
  return businessDayAt(at, await cityZone(tx));
}

/** The city's time zone; UTC until the installation is set up. */
export async function cityZone(tx: Read): Promise<TimeZone> {
  return (await city(tx))?.timeZone ?? ('UTC' as TimeZone);
}
