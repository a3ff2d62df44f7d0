import {
  configurationFaults,
  type QueueConfiguration,
  readConfiguration,
  USUAL_RULES,
} from '../../../core/queue/configuration.ts';
import { isTimeZone } from '../../../core/time/civil.ts';
import type { Db } from '../../platform/handles.ts';
import { ensureDistrict } from './hierarchy/queries.ts';
import { insertCentres } from './insert-centres.ts';
import type { NewCentre } from './new-centre.ts';

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
