import { configurationFaults } from '../../../core/queue/configuration.ts';
import type { CentreId, GroupId, WindowId } from '../../../core/queue/ids.ts';
import { isTimeZone, type TimeZone } from '../../../core/time/civil.ts';
import type { Database } from '../../platform/database.ts';
import { type HoursRow, insertCentres } from './store.ts';

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
  readonly timeZone: TimeZone;
  readonly walkInLimitMinutes: number;
  readonly readyAfterSeconds: number | null;
  readonly hours: readonly HoursRow[];
  readonly groups: readonly { readonly groupId: GroupId; readonly letter: string; readonly name: Words }[];
  readonly windows: readonly { readonly windowId: WindowId; readonly groupIds: readonly GroupId[] }[];
}

/** Adds centres to the network, all or none. Throws an Error that lists every fault, with the centre's code. */
export async function importNetwork(database: Database, centres: readonly NewCentre[]): Promise<void> {
  const faults = centres.flatMap((centre) => {
    const found = configurationFaults(centre);
    if (!isTimeZone(centre.timeZone)) found.push(`the time zone ${String(centre.timeZone)} is unknown`);
    return found.map((fault) => `${centre.code}: ${fault}`);
  });
  if (faults.length > 0) throw new Error(`The network was not imported.\n${faults.join('\n')}`);
  await insertCentres(database, centres);
}
