import type { CentreId } from '../../../core/queue/ids.ts';
import type { CivilDate, TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type NetworkContext, scheduledDoorsOn } from '../network/index.ts';

/** A centre as planning sees it. */
export interface PlannedCentre {
  readonly centreId: CentreId;
  readonly name: { readonly ru: string; readonly en: string };
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** The doors of a hall on a day (null: closed), and the days on which it is closed by itself. Throws unknown-centre. */
export async function doorsOf(
  { directory }: NetworkContext,
  centreId: CentreId,
  day: CivilDate,
): Promise<{
  readonly doors: { readonly opens: Instant; readonly closes: Instant } | null;
  readonly timeZone: TimeZone;
  readonly closures: readonly CivilDate[];
}> {
  const entry = await directory.centre(centreId);
  const { time_zone: timeZone } = entry.centre;
  const closures = entry.closures.filter(({ opens }) => opens === null).map((closure) => closure.day);
  return { doors: scheduledDoorsOn(entry, day, timeZone), timeZone, closures };
}

/** Every centre with a hall of its own. */
export async function plannedCentres({ directory }: NetworkContext): Promise<PlannedCentre[]> {
  const own = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  return own.map(({ centre }) => ({
    centreId: centre.centre_id,
    name: { ru: centre.name_ru, en: centre.name_en },
    latitude: centre.latitude === null ? null : Number(centre.latitude),
    longitude: centre.longitude === null ? null : Number(centre.longitude),
  }));
}
