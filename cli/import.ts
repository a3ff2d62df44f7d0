import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimeZone } from '../core/time/civil.ts';
import { businessDayAt, instantOf } from '../core/time/civil.ts';
import { city, decodeText, PROGRAM, UnreadableText } from '../server/platform/index.ts';
import { withDatabase } from '../server/main.ts';
import { importServices, offerAll, readServiceList } from '../server/modules/catalogue/index.ts';
import { type Fault, importCentres, previewImport, readCentreList } from '../server/modules/network/index.ts';
import type { Db } from '../server/platform/handles.ts';
import { importCalendarFile, importPassportFile, STANDARD } from './import-cases.ts';
import { importHistory, UnknownCentre } from '../server/modules/planning/index.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';

type Difference = Awaited<ReturnType<typeof previewImport>>;

/** What came of an import, for people and for programs. */
interface Outcome {
  readonly code: number;
  /** What is true once it is written; null when nothing is. */
  readonly written: string | null;
  readonly faults?: readonly Fault[];
  readonly figures?: Readonly<Record<string, unknown>>;
}

interface Wish {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly zone: TimeZone;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly as: readonly string[];
  readonly say: (line: string) => void;
}

type Reader = (database: Db, wish: Wish) => Promise<Outcome>;

const READERS: Readonly<Record<string, Reader>> = {
  network: importNetworkFile,
  services: importServicesFile,
  passports: importPassports,
  calendar: importCalendar,
  history: importTickets,
};

/** Reads a list into the network or the catalogue. A list that changes what is there is shown first and written with --yes. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      data: { type: 'string' },
      config: { type: 'string' },
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      sample: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      as: { type: 'string', multiple: true, default: [] },
    },
    2,
  );
  const [what = '', file] = positionals;
  const read = READERS[what];
  if (read === undefined) throw new UsageError(`say what to import: ${Object.keys(READERS).join(', ')}, and a FILE`);
  if (values.sample) {
    process.stdout.write(readFileSync(join(import.meta.dirname, 'samples', SAMPLES[what] as string), 'utf8'));
    return 0;
  }
  if (file === undefined) throw new UsageError(`name the file: okno import ${what} FILE; --sample prints one`);
  const bytes = file === STANDARD || what === 'history' ? new Uint8Array() : readFileSync(file);
  const dryRun = values['dry-run'];
  const lines: string[] = [];
  const say = values.json ? (line: string) => void lines.push(line) : (line: string) => console.log(line);
  const outcome = await withDatabase(placeOf('real', values.data, values.config), async (database) => {
    const zone = (await database.read((tx) => city(tx)))?.timeZone;
    if (zone === undefined) throw new Error('Whose network is it? Set the installation up first: okno init');
    const wish = { file, bytes, zone, yes: values.yes, dryRun, as: values.as, say };
    return dryRun ? database.rehearse((db) => read(db, wish)) : read(database, wish);
  });
  tell(outcome, { what, dryRun, json: values.json, lines });
  return outcome.code;
}

/** A file of each kind to begin with. */
const SAMPLES: Readonly<Record<string, string>> = {
  network: 'network.csv',
  services: 'services.csv',
  passports: 'passports.json',
  calendar: 'calendar.json',
  history: 'history.csv',
};

function tell(
  { written, faults = [], figures = {} }: Outcome,
  { what, dryRun, json, lines }: { what: string; dryRun: boolean; json: boolean; lines: readonly string[] },
): void {
  if (json) {
    console.log(
      JSON.stringify({ what, dryRun, written: written !== null && !dryRun, ...figures, lines, faults }, null, 2),
    );
    return;
  }
  const unit = what === 'network' ? 'line or record' : 'line';
  for (const { line, field, reason } of faults)
    console.error(`${unit} ${line}${field === '' ? '' : `, ${field}`}: ${reason}`);
  if (faults.length > 0) console.error(`Nothing was written: ${faults.length} fault${faults.length === 1 ? '' : 's'}.`);
  else if (written !== null)
    console.log(dryRun ? `A dry run: nothing was written. It would be: ${written}` : `Written: ${written}`);
}

async function importNetworkFile(database: Db, { file, bytes, zone, yes, dryRun, say }: Wish): Promise<Outcome> {
  const { centres, faults } = readCentreList(bytes, /\.(csv|txt|tsv)$/i.test(file) ? 'csv' : 'json');
  if (faults.length > 0) return { code: 1, written: null, faults };
  const difference = await database.read((tx) => previewImport(tx, centres));
  sayDifference(difference, say);
  const sites = new Set(centres.map(({ siteId }) => siteId));
  const open = new Set(centres.filter(({ shut }) => !shut).map(({ siteId }) => siteId));
  const total = `${centres.length} centres at ${sites.size} sites, ${open.size} of them open`;
  const figures = { centres: centres.length, added: difference.added.length, changed: difference.changed.length };
  if (difference.added.length === 0 && difference.changed.length === 0) {
    say(`Nothing to change: ${total}.`);
    return { code: 0, written: null, figures };
  }
  if (difference.changed.length > 0 && !yes && !dryRun) {
    say('Nothing was written: look at the changes above, then say it again with --yes.');
    return { code: 1, written: null, figures };
  }
  await importCentres(database, PROGRAM, centres, { timeZone: zone, day: today(zone) });
  await database.write((tx) => offerAll(tx, today(zone)));
  return { code: 0, written: `${total}.`, figures };
}

function sayDifference({ added, changed, missing }: Difference, say: Wish['say']): void {
  if (added.length > 0) say(`+ ${added.length} new centres`);
  for (const { centre, fields } of changed)
    for (const { field, from, to } of fields) say(`~ ${centre.name.ru}: ${field} ${from} → ${to}`);
  for (const { sourceId, name } of missing) say(`? ${name} (${sourceId}) is not in the file; it stays as it is`);
}

async function importServicesFile(database: Db, { bytes, zone, say }: Wish): Promise<Outcome> {
  const { services, faults } = readServiceList(bytes);
  if (faults.length > 0) return { code: 1, written: null, faults };
  const { added, known, centres } = await importServices(database, PROGRAM, services, today(zone));
  for (const name of added) say(`+ ${name}`);
  return {
    code: 0,
    written: `${added.length} services are new, ${known} were known; ${centres} centres offer something new.`,
    figures: { added: added.length, known, centres },
  };
}

async function importPassports(database: Db, { file, bytes, zone, say }: Wish): Promise<Outcome> {
  const text = file === STANDARD ? STANDARD : textOf(bytes);
  const passports = await importPassportFile(database, text, today(zone), zone, say);
  return { code: 0, written: 'each is a new version, in force from today.', figures: { passports } };
}

async function importCalendar(database: Db, { bytes, zone, say }: Wish): Promise<Outcome> {
  const from = await importCalendarFile(database, textOf(bytes), instantOf(today(zone), '00:00', zone), say);
  const written = `days from ${from} on may be others now. A node that serves computes open applications again.`;
  return { code: 0, written, figures: { from } };
}

async function importTickets(database: Db, { file, as, say }: Wish): Promise<Outcome> {
  const written = await importHistory(database, file, as, say).catch((error: unknown) => {
    throw error instanceof UnknownCentre ? new UsageError(error.message, { cause: error }) : error;
  });
  return { code: written === null ? 1 : 0, written };
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    throw new Error(`The file cannot be read: line ${error.line}: ${error.message}.`, { cause: error });
  }
}

function today(zone: TimeZone) {
  return businessDayAt(Date.now(), zone);
}
