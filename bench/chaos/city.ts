import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
  start(node: CityNode): Promise<void>;
  /** A connection that no fault touches, for looking and for the clock. */
  readonly control: pg.Pool;
  close(): Promise<void>;
}

const DISK_MEGABYTES = 1_536;

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
    nodes.push({ name, cable: await openCable(host, server.connection.host), program: null, tree: root, skewMs: 0 });
  }
  const start = async (node: CityNode) => {
    const main = [join(node.tree, 'cli/main.ts'), join(node.tree, 'cli/main.js')].find((path) => existsSync(path));
    const skew = `const now = Date.now; Date.now = () => now() + ${node.skewMs};`;
    const preload = ['--import', `data:text/javascript,${encodeURIComponent(skew)}`];
    const { user, database } = server.connection;
    const url = `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(node.cable.host)}`;
    const args = ['serve', '--clock', 'demo', '--shown-at', NOON, '--port', '0'];
    const safe = ['--master-key-file', keyFile, '--file-folder', files];
    node.program = await startProgram([...args, ...safe], [process.execPath, ...preload, main as string], {
      ...process.env,
      DATABASE_URL: url,
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
    control,
    close: async () => {
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

/** Another version of this program beside it: the same, with one step of the schema more. Null where there is only a package. */
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
