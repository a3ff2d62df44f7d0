import type { CivilDate } from '../../../core/time/civil.ts';
import type { Write } from '../../platform/handles.ts';
import { insertRows, type Tables } from './queries.ts';
import type { NewCentre } from './new-centre.ts';

/** Writes new centres with all that belongs to them. The constraints of the tables decide what is right. */
export async function insertCentres(tx: Write, added: readonly NewCentre[]): Promise<void> {
  // Halls that others share come before those who share them.
  await insertRows(
    tx,
    'centre',
    added.map(centreRow).toSorted((a, b) => Number(a.hall_of !== null) - Number(b.hall_of !== null)),
  );
  await insertRows(tx, 'centre_hours', added.flatMap(hoursRows));
  await insertRows(tx, 'service_group', added.flatMap(groupRows));
  await insertRows(tx, 'centre_service', added.flatMap(serviceRows));
  await insertRows(tx, 'planned_windows', added.flatMap(planRows));
  await insertRows(tx, 'zone', added.flatMap(zoneRows));
  await insertRows(tx, 'centre_window', added.flatMap(windowRows));
  await insertRows(tx, 'centre_window_group', added.flatMap(windowGroupRows));
}

function centreRow(centre: NewCentre): Partial<Tables['centre']> & Pick<Tables['centre'], 'hall_of'> {
  return {
    centre_id: centre.centreId,
    code: centre.code,
    kind: centre.kind,
    name_ru: centre.name.ru,
    name_en: centre.name.en,
    district_ru: centre.district.ru,
    district_en: centre.district.en,
    time_zone: centre.timeZone,
    walk_in_limit_minutes: centre.walkInLimitMinutes,
    ready_after_seconds: centre.readyAfterSeconds,
    queue_rules: centre.rules ?? {},
    hall_of: centre.hallOf ?? null,
    district_id: centre.districtId ?? null,
    latitude: centre.position?.latitude.toFixed(6) ?? null,
    longitude: centre.position?.longitude.toFixed(6) ?? null,
  };
}

function hoursRows({ centreId, hours: all }: NewCentre): Tables['centre_hours'][] {
  return all.map(({ weekday, validFrom, validTo, opens, closes }) => {
    return { centre_id: centreId, weekday, opens, closes, valid: rangeOf(validFrom, validTo) };
  });
}

function groupRows({ centreId, groups: all }: NewCentre): Tables['service_group'][] {
  return all.map(({ groupId, letter, name, firstNumber = 1, lastNumber = 999, quota = null }, place) => ({
    centre_id: centreId,
    group_id: groupId,
    letter,
    name_ru: name.ru,
    name_en: name.en,
    place,
    first_number: firstNumber,
    last_number: lastNumber,
    quota,
  }));
}

function serviceRows({ centreId, services: all = [] }: NewCentre): Tables['centre_service'][] {
  return all.map(({ serviceId, groupId, name, level, minutes }, place) => ({
    centre_id: centreId,
    service_id: serviceId,
    group_id: groupId,
    name_ru: name.ru,
    name_en: name.en,
    level,
    minutes,
    place,
    booking_only: false,
  }));
}

function planRows({ centreId, plannedWindows: all = [] }: NewCentre): Tables['planned_windows'][] {
  return all.map(({ weekday, validFrom, validTo, starts, windows: count }) => {
    return { centre_id: centreId, weekday, valid: rangeOf(validFrom, validTo), starts, windows: count };
  });
}

function zoneRows({ centreId, zones = [] }: NewCentre): Tables['zone'][] {
  return zones.map(({ zoneId, name }) => {
    return { centre_id: centreId, zone_id: zoneId, name_ru: name.ru, name_en: name.en };
  });
}

function windowRows({ centreId, windows: all, zones = [] }: NewCentre): Tables['centre_window'][] {
  return all.map(({ windowId }) => {
    const zone = zones.find(({ windowIds }) => windowIds.includes(windowId));
    return { centre_id: centreId, window_id: windowId, zone_id: zone?.zoneId ?? null };
  });
}

function windowGroupRows({ centreId, windows: all }: NewCentre): Tables['centre_window_group'][] {
  return all.flatMap(({ windowId, groupIds }) =>
    groupIds.map((groupId) => ({ centre_id: centreId, window_id: windowId, group_id: groupId })),
  );
}

function rangeOf(from: CivilDate, to: CivilDate | null): string {
  return `[${from},${to ?? ''}]`;
}
