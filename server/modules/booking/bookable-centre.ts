import type { Position } from '../../../core/city/distance.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { businessDayAt, type CivilDate, type TimeZone } from '../../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import { type DirectoryEntry, doorsOn, type Words } from '../network/index.ts';

/** A centre as bookings know it. */
export interface BookableCentre {
  readonly centreId: CentreId;
  readonly name: Words;
  readonly address: string;
  readonly zone: TimeZone;
  readonly position: Position | null;
  /** When its doors are open on a date; null: not at all. */
  doorsOn(day: CivilDate): { readonly opens: Instant; readonly closes: Instant } | null;
}

export function bookableCentre(entry: DirectoryEntry): BookableCentre {
  const { centre_id: centreId, name_ru: ru, name_en: en, address_ru: address, ...centre } = entry.centre;
  const { time_zone: zone, latitude, longitude } = centre;
  const isPlaced = latitude !== null && longitude !== null;
  return {
    centreId,
    name: { ru, en },
    address,
    zone,
    position: isPlaced ? { latitude: Number(latitude), longitude: Number(longitude) } : null,
    doorsOn: (day) => doorsOn(entry, day, zone),
  };
}

/** The business day of a zone, remembered for the minute: a search asks for it in every centre. */
export function openBusinessDays(): (at: Instant, zone: TimeZone) => CivilDate {
  const known = new Map<string, CivilDate>();
  let minute = 0;
  return (at, zone) => {
    if (Math.floor(at / MINUTE) !== minute) known.clear();
    minute = Math.floor(at / MINUTE);
    const day = known.get(zone) ?? businessDayAt(at, zone);
    known.set(zone, day);
    return day;
  };
}
