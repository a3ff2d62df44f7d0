import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { release } from 'node:os';
import {
  checkMasterKey,
  city,
  installationKind,
  isSealed,
  lettersOfDatabase,
  migrationState,
  newestBackup,
  readMasterKey,
  serverState,
} from '../server/platform/index.ts';
import { centresWithHours } from '../server/modules/network/index.ts';
import { administratorsWhoCanSignIn } from '../server/modules/people/index.ts';
import { calendarYears } from '../server/modules/terms/index.ts';
import { version, withDatabase } from '../server/main.ts';
import type { Database, DatabasePlace } from '../server/platform/database.ts';
import type { Db } from '../server/platform/handles.ts';
import { type Configuration, CONFIGURATION_OPTIONS, readConfiguration } from './configuration.ts';
import { readOptions } from './options.ts';
import { failureOf } from './failure.ts';
import { masterKeyFileOf, placeOf } from './places.ts';
import { fileStoreOf } from './safe.ts';

/** How one thing is: fine, to be looked at, or in the way. */
interface Finding {
  readonly state: 'ok' | 'look' | 'bad';
  readonly says: string;
}

const ok = (says: string): Finding => ({ state: 'ok', says });
const look = (says: string): Finding => ({ state: 'look', says });
const bad = (says: string): Finding => ({ state: 'bad', says });

const DISK_BYTES_MIN = 2 * 1024 ** 3;
const CLOCK_MS_MAX = 1_000;
const CERTIFICATE_DAYS_MIN = 21;
/** October, counted from zero: by then the government has published which days of the next year are moved. */
const AUTUMN = 9;
const DAY_MS = 86_400_000;

/** Checks everything that an installation depends on and says how to mend each fault. Ends with 1 when something is in the way. */
export async function run(args: readonly string[]): Promise<number> {
  const options = {
    ...CONFIGURATION_OPTIONS,
    config: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const;
  const { values } = readOptions(args, options, 0);
  const findings: (Finding & { readonly name: string })[] = [];
  let worst = 0;
  const say = (name: string, { state, says }: Finding) => {
    findings.push({ name, state, says });
    if (state === 'bad') worst = 1;
    if (values.json) return;
    console.log(`${{ ok: '  ok  ', look: ' LOOK ', bad: '  BAD ' }[state]} ${name.padEnd(14)} ${says}`);
  };
  await lookAtAll(values, say);
  if (values.json) console.log(JSON.stringify({ version: version(), findings }, null, 2));
  return worst;
}

type Say = (name: string, finding: Finding) => void;

async function lookAtAll(values: Readonly<Record<string, unknown>> & { config?: string; data?: string }, say: Say) {
  say('versions', versions());
  const chosen = attempt(() => readConfiguration(values.config, values).configuration);
  if (chosen instanceof Error) {
    say('configuration', bad(chosen.message.replaceAll('\n', ' ')));
    return;
  }
  const place = placeOf('real', values.data, values.config);
  say('configuration', ok('folder' in place ? `data in ${place.folder}` : 'a database of your own'));
  if ('folder' in place) say('disk', await disk(place.folder));
  if (chosen.backup_folder !== null) say('backup disk', await disk(chosen.backup_folder));
  say('file store', await fileStore(place, chosen));
  say('port', await portState(chosen));
  say('tls', tls(chosen));
  for (const [name, finding] of await database(place, chosen)) say(name, finding);
}

function attempt<Value>(read: () => Value): Value | Error {
  try {
    return read();
  } catch (error) {
    return error as Error;
  }
}

function versions(): Finding {
  const says = `Okno ${version()}, Node ${process.versions.node}, Linux ${release()}`;
  return Number(process.versions.node.split('.')[0]) >= 24 ? ok(says) : bad(`${says}: Node 24 or newer is needed`);
}

async function disk(folder: string): Promise<Finding> {
  for (let path = folder; ; path = path.slice(0, path.lastIndexOf('/')) || '/') {
    const found = await statfs(path).catch(() => null);
    if (found === null) continue;
    const free = found.bavail * found.bsize;
    const says = `${(free / 1024 ** 3).toFixed(1)} GiB free for ${folder}`;
    return free < DISK_BYTES_MIN ? bad(`${says}: make room, or choose another folder`) : ok(says);
  }
}

/** Whether the key is there, can be read, and opens this database. */
async function masterKey(db: Database, place: DatabasePlace, chosen: Configuration): Promise<Finding> {
  const file = masterKeyFileOf(place, chosen.master_key_file);
  const sealed = await db.read((tx) => isSealed(tx));
  if (file === null)
    return sealed
      ? bad('none is chosen, and this database is sealed: set master_key_file to your copy, the same for every node')
      : look('none: no applications can be taken; set master_key_file, the same for every node');
  const key = attempt(() => readMasterKey(file));
  if (key instanceof Error) return bad(key.message);
  if (key === null)
    return sealed
      ? bad(`there is none in ${file}, and this database is sealed: put your copy there`)
      : look(`none yet: the first start makes it in ${file}`);
  const fault = sealed
    ? await db.read((tx) => checkMasterKey(tx, key)).catch((error: unknown) => error as Error)
    : undefined;
  if (fault !== undefined) return bad(fault.message);
  return ok(`${file}${sealed ? ' opens this database' : ''}: keep a copy of it elsewhere`);
}

/** Puts something in, takes it out again and removes it. */
async function fileStore(place: DatabasePlace, chosen: Configuration): Promise<Finding> {
  if ('folder' in place && !existsSync(place.folder)) return ok('made by the first start');
  const fileId = randomUUID();
  const probe = Buffer.from(fileId);
  try {
    const store = fileStoreOf(place, chosen);
    await store.put(fileId, probe);
    const came = await store.get(fileId);
    await store.remove(fileId);
    return came?.equals(probe) === true ? ok('takes scans and gives them back') : bad('gives back what was not put in');
  } catch (error) {
    return bad(`${(error as Error).message}: see file_folder and s3_url`);
  }
}

async function portState({ host, port }: Configuration): Promise<Finding> {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
  if (code === null) return ok(`${host}:${port} is free`);
  if (code === 'EADDRINUSE')
    return look(`${host}:${port} is in use: by Okno itself while it runs, else choose another with --port`);
  return bad(`${host}:${port} cannot be used (${code}): choose another address or port`);
}

function tls({ tls_cert: cert, tls_key: key, host, behind_proxy: proxies }: Configuration): Finding {
  if (cert === null || key === null) {
    const inside = host === '127.0.0.1' || host === '::1' || proxies.length > 0;
    return inside
      ? ok('left to the proxy in front')
      : look('none: set tls_cert and tls_key, or put a proxy in front; devices pair over HTTPS only');
  }
  const read = attempt(() => ({
    certificate: new X509Certificate(readFileSync(cert)),
    own: createPrivateKey(readFileSync(key)),
  }));
  if (read instanceof Error) return bad(`certificate or key cannot be read: ${read.message}`);
  if (!read.certificate.checkPrivateKey(read.own)) return bad('the key is not the key of the certificate');
  const days = Math.floor((Date.parse(read.certificate.validTo) - Date.now()) / DAY_MS);
  if (days < 0) return bad(`the certificate ended on ${read.certificate.validTo}`);
  const says = `certificate of ${read.certificate.subject.replaceAll('\n', ', ')} for ${days} days more`;
  return days < CERTIFICATE_DAYS_MIN ? look(`${says}: renew it`) : ok(says);
}

async function database(place: DatabasePlace, chosen: Configuration): Promise<[string, Finding][]> {
  if ('folder' in place && !existsSync(place.folder))
    return [['database', look('made by the first start, with the master key next to it')]];
  try {
    return await withDatabase(
      place,
      async (opened) => [['master key', await masterKey(opened, place, chosen)], ...(await lookAtDatabase(opened))],
      'as-it-is',
    );
  } catch (error) {
    return [['database', bad(failureOf(error).says)]];
  }
}

async function lookAtDatabase(db: Database): Promise<[string, Finding][]> {
  const before = Date.now();
  const { version: number, now } = await db.read((tx) => serverState(tx));
  const apart = Math.round(Math.abs(now - (before + Date.now()) / 2));
  const { pending, unknown } = await db.read((tx) => migrationState(tx));
  const letters = await db.read((tx) => lettersOfDatabase(tx));
  const findings: [string, Finding][] = [
    [
      'database',
      unknown.length > 0
        ? bad(`newer than this program (${unknown.join(', ')}): install the newer Okno`)
        : ok(`PostgreSQL ${number}`),
    ],
    [
      'clock',
      apart > CLOCK_MS_MAX
        ? bad(`database and machine are ${apart} ms apart: set up time synchronisation on both`)
        : ok(`database and machine agree within ${apart} ms`),
    ],
    [
      'letters',
      letters.folds
        ? ok(`Cyrillic letters are folded (${letters.locale})`)
        : look(
            `the locale ${letters.locale} knows no Cyrillic letters: create the database again with ICU or ru_RU.UTF-8`,
          ),
    ],
    ['schema', pending.length > 0 ? look(`${pending.length} steps behind: okno upgrade --check`) : ok('up to date')],
  ];
  if (pending.length > 0 || unknown.length > 0) return findings;
  return [...findings, ...(await lookAtNetwork(db))];
}

async function lookAtNetwork(db: Db): Promise<[string, Finding][]> {
  const [whose, kind, administrators, centres, years, backup] = await Promise.all([
    db.read((tx) => city(tx)),
    installationKind(db),
    db.read((tx) => administratorsWhoCanSignIn(tx)),
    db.read((tx) => centresWithHours(tx)),
    calendarYears(db),
    db.read((tx) => newestBackup(tx)),
  ]);
  return [
    ['data', kind === null || kind === 'real' ? ok('real') : bad(`these are ${kind} data: choose another folder`)],
    ['city', whose === null ? bad('not set up: okno init') : ok(`${whose.name.ru}, ${whose.timeZone}`)],
    [
      'administrators',
      administrators > 1
        ? ok(`${administrators}`)
        : look(`${administrators} can sign in: there should be two (okno init, or two people on the screens)`),
    ],
    ['hours', hoursOf(centres)],
    ['calendar', calendarFrom(years, new Date())],
    [
      'backup',
      backup === null
        ? look('none yet: okno backup --to FOLDER, and backup_folder in the configuration')
        : ok(`the newest is of ${new Date(backup).toISOString()}`),
    ],
  ];
}

function hoursOf({ all, shut, withHours }: Awaited<ReturnType<typeof centresWithHours>>): Finding {
  if (all === 0) return look('no centres: okno import network FILE');
  if (shut === all) return look(`all ${all} centres are shut`);
  const says = `${withHours} of ${all - shut} centres have hours${shut === 0 ? '' : `; ${shut} more are shut`}`;
  return withHours === 0 ? bad(`${says}: nobody would be received`) : ok(says);
}

/** Terms of applications reach into the next year from autumn on. */
function calendarFrom(years: Awaited<ReturnType<typeof calendarYears>>, today: Date): Finding {
  const needed = today.getFullYear() + (today.getMonth() >= AUTUMN ? 1 : 0);
  const last = years.at(-1)?.year ?? 0;
  const how = 'okno import calendar FILE';
  if (last < today.getFullYear())
    return bad(`the production calendar ends with ${last}: no term can be computed; ${how}`);
  if (last < needed) return look(`the production calendar ends with ${last}: load ${needed}; ${how}`);
  const guessed = years.filter(({ year, provisional }) => provisional && year >= today.getFullYear() && year <= needed);
  return guessed.length > 0
    ? look(
        `${guessed.map(({ year }) => year).join(', ')} of the production calendar is provisional: load the act; ${how}`,
      )
    : ok(`production calendar to ${last}`);
}
