import {
  configurationFaults,
  type GroupRule,
  type QueueConfiguration,
  readConfiguration,
  type ServiceRule,
  USUAL_RULES,
  type WindowRule,
} from '../../../core/queue/configuration.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { type CivilTime, isTimeZone, type TimeZone } from '../../../core/time/civil.ts';
import type { Db } from '../../platform/handles.ts';
import { ensureDistrict } from './hierarchy/store.ts';
import { insertCentres } from './insert-centres.ts';
import type { CentreRules, HoursRow } from './store.ts';

export interface Words {
  readonly ru: string;
  readonly en: string;
}

/** A centre with all that it needs to receive visitors. */
export interface NewCentre {
  readonly centreId: CentreId;
  readonly code: string;
  readonly kind: 'district' | 'flagship' | 'mobile' | 'seasonal';
  readonly name: Words;
  readonly district: Words;
  /** The district's row; made by its name where it is left out. */
  readonly districtId?: number | null;
  readonly timeZone: TimeZone;
  readonly walkInLimitMinutes: number;
  readonly readyAfterSeconds: number | null;
  readonly hours: readonly HoursRow[];
  readonly groups: readonly NewGroup[];
  /** Beside the general service that every group has. */
  readonly services?: readonly (Omit<ServiceRule, 'off'> & { readonly name: Words })[];
  readonly windows: readonly WindowRule[];
  /** What the centre says otherwise than the usual rules of a hall. */
  readonly rules?: CentreRules;
  readonly plannedWindows?: readonly PlannedHalfHour[];
  /** The centre in whose hall this one receives; its own when left out. */
  readonly hallOf?: CentreId | null;
  /** Where it stands (WGS 84); unknown when left out. */
  readonly position?: { readonly latitude: number; readonly longitude: number };
  /** The parts of its hall, each with its windows. */
  readonly zones?: readonly { readonly zoneId: number; readonly name: Words; readonly windowIds: readonly number[] }[];
}

type NewGroup = Pick<GroupRule, 'groupId' | 'letter'> & Partial<GroupRule> & { readonly name: Words };

/** So many windows in the half hour that begins at this wall-clock time, on a weekday within dates. */
interface PlannedHalfHour extends Pick<HoursRow, 'weekday' | 'validFrom' | 'validTo'> {
  readonly starts: CivilTime;
  readonly windows: number;
}

/** Adds centres to the network, all or none. Throws an Error that lists every fault, with the centre's code. */
export async function importNetwork(db: Db, centres: readonly NewCentre[]): Promise<void> {
  const faults = centres.flatMap((centre) => {
    const found = configurationFaults(rulesOfNew(centre));
    if (!isTimeZone(centre.timeZone)) found.push(`the time zone ${String(centre.timeZone)} is unknown`);
    return found.map((fault) => `${centre.code}: ${fault}`);
  });
  if (faults.length > 0) throw new Error(`The network was not imported.\n${faults.join('\n')}`);
  await db.write(async (tx) => {
    const districtIds = new Map<string, number>();
    for (const { district } of centres)
      if (district.ru !== '' && !districtIds.has(district.ru))
        districtIds.set(district.ru, await ensureDistrict(tx, { ...district, en: district.en || district.ru }, null));
    await insertCentres(
      tx,
      centres.map((centre) => ({ ...centre, districtId: districtIds.get(centre.district.ru) ?? null })),
    );
  });
}

function rulesOfNew({ rules, services = [], ...centre }: NewCentre): QueueConfiguration {
  const offered = services.map((service) => ({ ...service, off: false }));
  return readConfiguration({ ...USUAL_RULES, ...rules, ...centre, services: offered, plannedWindows: [] });
}
