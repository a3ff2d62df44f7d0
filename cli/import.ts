import { readFileSync } from 'node:fs';
import type { TimeZone } from '../core/time/civil.ts';
import { businessDayAt, instantOf } from '../core/time/civil.ts';
import { city, PROGRAM } from '../server/administration.ts';
import { withDatabase } from '../server/main.ts';
import { importServices, offerAll, readServiceList } from '../server/modules/catalogue/index.ts';
import { type Fault, importCentres, previewImport, readCentreList } from '../server/modules/network/index.ts';
import type { Database } from '../server/platform/database.ts';
import { importCalendarFile, importPassportFile, STANDARD } from './import-cases.ts';
import { importHistory } from './import-history.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';

type Difference = Awaited<ReturnType<typeof previewImport>>;

/** Reads a list into the network or the catalogue. A list that changes what is there is shown first and written with --yes. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      data: { type: 'string' },
      config: { type: 'string' },
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      as: { type: 'string', multiple: true, default: [] },
    },
    2,
  );
  const [what, file] = positionals;
  if (what === 'history' && file !== undefined) {
    return withDatabase(placeOf('real', values.data, values.config), (database) =>
      importHistory(database, file, values.as),
    );
  }
  const read = READERS[what ?? ''];
  if (read === undefined || file === undefined)
    throw new UsageError('say what to import: network, services, passports, calendar or history, and a FILE');
  const text = file === STANDARD ? STANDARD : readFileSync(file, 'utf8');
  return withDatabase(placeOf('real', values.data, values.config), async (database) => {
    const zone = (await city(database.pool))?.timeZone;
    if (zone === undefined) throw new Error('Whose network is it? Set the installation up first: okno init');
    return read(database, text, file, zone, { yes: values.yes, dryRun: values['dry-run'] });
  });
}

interface Wish {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

type Reader = (database: Database, text: string, file: string, zone: TimeZone, wish: Wish) => Promise<number>;

const READERS: Readonly<Record<string, Reader>> = {
  network: importNetworkFile,
  services: importServicesFile,
  passports: (database, text, _file, zone, { dryRun }) => importPassportFile(database, text, today(zone), zone, dryRun),
  calendar: (database, text, _file, zone, { dryRun }) =>
    importCalendarFile(database, text, instantOf(today(zone), '00:00', zone), dryRun),
};

async function importNetworkFile(
  database: Database,
  text: string,
  file: string,
  zone: TimeZone,
  { yes, dryRun }: Wish,
) {
  const { centres, faults } = readCentreList(text, file.endsWith('.csv') ? 'csv' : 'json');
  if (faults.length > 0) return sayFaults(faults, file.endsWith('.csv') ? 'line' : 'record');
  const difference = await previewImport(database.pool, centres);
  sayDifference(difference);
  const sites = new Set(centres.map(({ siteId }) => siteId));
  const open = new Set(centres.filter(({ shut }) => !shut).map(({ siteId }) => siteId));
  const total = `${centres.length} centres at ${sites.size} sites, ${open.size} of them open`;
  if (difference.added.length === 0 && difference.changed.length === 0) {
    console.log(`Nothing to change: ${total}.`);
    return 0;
  }
  if (dryRun) return 0;
  if (difference.changed.length > 0 && !yes) {
    console.log('Nothing was written: look at the changes above, then say it again with --yes.');
    return 1;
  }
  await importCentres(database.pool, PROGRAM, centres, zone);
  await offerAll(database.pool, today(zone));
  console.log(`Written: ${total}.`);
  return 0;
}

function sayDifference({ added, changed, missing }: Difference): void {
  if (added.length > 0) console.log(`+ ${added.length} new centres`);
  for (const { centre, fields } of changed)
    for (const { field, from, to } of fields) console.log(`~ ${centre.name.ru}: ${field} ${from} → ${to}`);
  for (const { sourceId, name } of missing)
    console.log(`? ${name} (${sourceId}) is not in the file; it stays as it is`);
}

async function importServicesFile(database: Database, text: string, _file: string, zone: TimeZone, { dryRun }: Wish) {
  const { services, faults } = readServiceList(text);
  if (faults.length > 0) return sayFaults(faults, 'line');
  if (dryRun) {
    console.log(`${services.length} services in the file.`);
    return 0;
  }
  const { added, known, centres } = await importServices(database.pool, PROGRAM, services, today(zone));
  for (const name of added) console.log(`+ ${name}`);
  console.log(`${added.length} services are new, ${known} were known; ${centres} centres offer something new.`);
  return 0;
}

function today(zone: TimeZone) {
  return businessDayAt(Date.now(), zone);
}

function sayFaults(faults: readonly Fault[], unit: string): number {
  for (const { line, field, reason } of faults)
    console.error(`${unit} ${line}${field === '' ? '' : `, ${field}`}: ${reason}`);
  console.error(`Nothing was written: ${faults.length} fault${faults.length === 1 ? '' : 's'}.`);
  return 1;
}
