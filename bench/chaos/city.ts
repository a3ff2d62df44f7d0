import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { root } from '../../server/main.ts';
import { type EmbeddedPostgres, embeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { importCatalogue } from '../applications.ts';
import { makeCity, NOON } from '../city-network.ts';
import { type Program, startProgram } from '../program.ts';
import { type Cable, openCable } from './cable.ts';

/** A node of the city with its own line to the database. */
export interface CityNode {
  readonly name: string;
  readonly cable: Cable;
  /** Null while it is down. */
  program: Program | null;
  /** Where its program is: this version, or the next. */
  tree: string;
  /** How often it ended by itself: nothing that happens to a city may end a node. */
  ended: number;
  /** By how many milliseconds the wall clock of its machine is wrong. */
  skewMs: number;
}

/** A city with two nodes at one database, each over a line that can be broken. */
export interface City {
  readonly server: EmbeddedPostgres;
  /** The folder of the database's disk. */
  readonly disk: string;
  /** True where the disk is a small one of its own, which can be filled without harm to anything else. */
  readonly isDiskOwn: boolean;
  readonly nodes: readonly CityNode[];
  urls(): string[];
  /** Starts it, again and again until it serves, as the machine's supervisor would; from then on whenever it ends by itself. */
  start(node: CityNode): Promise<void>;
  /** What the nodes wrote into their logs as errors: how often each sentence. */
  errors(): Map<string, number>;
  /** A connection that no fault touches, for looking and for the clock. */
  readonly control: pg.Pool;
  close(): Promise<void>;
}

const DISK_MEGABYTES = 1_536;
const START_MS_MAX = 120_000;
const START_AGAIN_MS = 500;

export async function openCity(folder: string): Promise<City> {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const isDiskOwn = mountSmallDisk(disk);
  await chmod(folder, 0o755);
  await chmod(disk, 0o755);
  const data = join(disk, 'data');
  await makeCity(data, 1, importCatalogue);
  const server = await embeddedPostgres(data);
  await shiftableClock(server);
  const keyFile = join(folder, 'master.key');
  writeFileSync(keyFile, randomBytes(32).toString('hex'));
  const files = join(folder, 'files');
  const nodes: CityNode[] = [];
  for (const name of ['a', 'b']) {
    const host = join(folder, name);
    await mkdir(host);
    nodes.push({
      name,
      cable: await openCable(host, server.connection.host),
      program: null,
      tree: root,
      ended: 0,
      skewMs: 0,
    });
  }
  const log = join(folder, 'nodes.log');
  const errors = openSync(log, 'a');
  let isClosed = false;
  const start = async (node: CityNode): Promise<void> => {
    const main = [join(node.tree, 'cli/main.ts'), join(node.tree, 'cli/main.js')].find((path) => existsSync(path));
    const skew = `const now = Date.now; Date.now = () => now() + ${node.skewMs};`;
    const preload = ['--import', `data:text/javascript,${encodeURIComponent(skew)}`];
    const { user, database } = server.connection;
    const url = `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(node.cable.host)}`;
    const args = ['serve', '--clock', 'demo', '--shown-at', NOON, '--port', '0'];
    const safe = ['--master-key-file', keyFile, '--file-folder', files];
    const command = [process.execPath, ...preload, main as string];
    const env = { ...process.env, DATABASE_URL: url };
    for (const until = performance.now() + START_MS_MAX; node.program === null && !isClosed;) {
      node.program = await startProgram([...args, ...safe], command, env, errors).catch((error: unknown) => {
        if (performance.now() > until) throw error;
        return null;
      });
      if (node.program === null) await pause(START_AGAIN_MS);
    }
    const { program } = node;
    void program?.ended.then(async () => {
      if (node.program !== program || isClosed) return;
      node.ended += 1;
      node.program = null;
      // A node that never comes back is seen by those who wait for it.
      await start(node).catch(() => undefined);
    });
  };
  const control = new pg.Pool({ ...server.connection, max: 4 });
  control.on('error', () => undefined);
  return {
    server,
    disk,
    isDiskOwn,
    nodes,
    urls: () => nodes.flatMap(({ program }) => (program === null ? [] : [program.url])),
    start,
    errors: () => sentencesOf(readFileSync(log, 'utf8')),
    control,
    close: async () => {
      isClosed = true;
      for (const { program, cable } of nodes) {
        cable.mend();
        await program?.kill();
        await cable.close();
      }
      await control.end();
      await server.stop();
      if (isDiskOwn) execFileSync('umount', ['-l', disk]);
    },
  };
}

/** How often each sentence is in a log; what differs by a number is one sentence. */
function sentencesOf(log: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const line of log.split('\n').filter((text) => text !== '')) {
    const found = /"message":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line;
    const sentence = found.slice(0, 120).replaceAll(/\d+/g, 'N');
    times.set(sentence, (times.get(sentence) ?? 0) + 1);
  }
  return times;
}

/** Only root can mount a disk; without one the disk of the machine is left alone. */
function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m,mode=0755`, 'tmpfs', path], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** The database's clock can be put wrong from now on: its function is hidden by one that adds a shift. */
async function shiftableClock({ connection }: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(`
    create table nemesis_clock (shift interval not null);
    insert into nemesis_clock values ('0');
    create function public.clock_timestamp() returns timestamptz language sql volatile as
      'select pg_catalog.clock_timestamp() + (select shift from public.nemesis_clock)';
    alter database ${connection.database} set search_path = public, pg_catalog;
  `);
  await client.end();
}

/** Another version of this program: the same, with one more step of the schema. Null where there is only a package. */
export function nextVersion(folder: string): string | null {
  if (!existsSync(join(root, 'server/migrations'))) return null;
  const tree = join(folder, 'next');
  mkdirSync(tree);
  for (const part of [
    'cli',
    'contract',
    'core',
    'server',
    'web',
    'bin',
    'bench',
    'docs',
    'dist',
    'package.json',
    'tsconfig.base.json',
  ])
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(tree, part), { recursive: true, filter: (path) => !path.includes('node_modules') });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  writeFileSync(
    join(tree, 'server/migrations/9999_next.sql'),
    `alter table visit add column colour text;
     create table visit_colour (centre_id integer not null, visit_id uuid not null, primary key (centre_id, visit_id));\n`,
  );
  return tree;
}
