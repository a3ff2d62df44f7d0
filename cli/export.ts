import { cpsvDocument, SOME_CITY } from '../core/catalogue/cpsv-ap.ts';
import { businessDayAt, type TimeZone } from '../core/time/civil.ts';
import { city } from '../server/platform/index.ts';
import { withDatabase } from '../server/main.ts';
import { inForceOn } from '../server/modules/catalogue/index.ts';
import { exportDay } from '../server/modules/queue/index.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { clockKind } from './serve.ts';
import { centreOption, dayOption } from './verify.ts';

/** Prints what a third party needs to check a day. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      centre: { type: 'string' },
      day: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      'json-ld': { type: 'boolean', default: false },
    },
    1,
  );
  const [what] = positionals;
  if (what === 'passports')
    return exportPassports(placeOf(clockKind(values.clock), values.data, values.config), values['json-ld']);
  if (what !== 'events')
    throw new UsageError(`there is nothing called “${what ?? ''}” to export; try: okno export events`);
  if (values.centre === undefined || values.day === undefined) throw new UsageError('--centre and --day are needed');
  const key = { centreId: centreOption(values.centre), day: dayOption(values.day) };
  const lines = await withDatabase(placeOf(clockKind(values.clock), values.data, values.config), (db) =>
    db.read((tx) => exportDay(tx, key)),
  );
  if (lines.length === 0) throw new Error('There is no such day.');
  for (const line of lines) console.log(line);
  return 0;
}

/** The passports in force today, as JSON or as JSON-LD in the words of CPSV-AP. */
async function exportPassports(place: DatabasePlace, isLinked: boolean): Promise<number> {
  const { listed, name } = await withDatabase(place, async (db) => {
    const known = await db.read((tx) => city(tx));
    const zone = known?.timeZone ?? ('UTC' as TimeZone);
    return {
      listed: await db.read((tx) => inForceOn(tx, businessDayAt(Date.now(), zone))),
      name: known?.name ?? SOME_CITY,
    };
  });
  const passports = listed.map(({ serviceId, groupId, version, passport }) => ({
    serviceId,
    groupId,
    version,
    passport,
  }));
  console.log(JSON.stringify(isLinked ? cpsvDocument(passports, name) : passports, null, 2));
  return 0;
}
