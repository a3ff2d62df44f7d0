import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse } from '../core/problems.ts';
import type { Instant } from '../core/time/instant.ts';
import { type App, openApp } from './app.ts';
import type { OidcSetting } from './modules/people/index.ts';
import { type FileStore, folderStore, type Scanner } from './modules/files/index.ts';
import type { OidcServer } from './platform/oidc.ts';
import { installedSpeaker, type Speech } from './modules/screens/index.ts';
import type { BackupPlan } from './platform/backup/schedule.ts';
import { type ClockKind, openClock, type ShownAt } from './platform/clock.ts';
import { type Database, type DatabasePlace, openDatabase } from './platform/database.ts';
import { type RegisteredRoute } from './platform/http.ts';
import { markInstallation } from './platform/installation.ts';
import { jsonLog, type Log } from './platform/log.ts';
import { masterKeyFor, readMasterKey } from './platform/master-key.ts';
import { cannotListen, type Listener, tryListening } from './platform/ports.ts';
import { checkMasterKey } from './platform/vault.ts';
import { root, version } from './version.ts';
import { type Door, PLAIN_DOOR } from './platform/door.ts';
import { type KeptDays, NO_POST, type PostWays } from './settings.ts';

export { root, version };

/** Everything that can be chosen about a node. */
export interface Settings {
  readonly place: DatabasePlace;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** TLS and trusted proxies; plain HTTP when left out. */
  readonly door?: Door;
  readonly clock: ClockKind;
  /** What a demo or replay clock shows at the start; left out, it goes on where it stopped. */
  readonly shownAt?: ShownAt;
  readonly log?: Log;
  /** Where the seals of closed days are published: a file (the data folder has one by itself) and an address. */
  readonly sealFile?: string;
  readonly witness?: string;
  /** The address at which the other nodes of the installation reach this one; 127.0.0.1 when left out. */
  readonly nodeHost?: string;
  /** Decide everything here and ask no other node: slower together, and just as right. */
  readonly alone?: boolean;
  /** How many connections to the database this node uses for requests; 10 when left out. */
  readonly connections?: number;
  /** Only requests with a key may do more than look (`okno key`). */
  readonly requireKeys?: boolean;
  /** Where `/metrics` is served; nowhere when left out. */
  readonly metrics?: { readonly host: string; readonly port: number } | null;
  /** When backups are taken by themselves; never when left out. */
  readonly backups?: BackupPlan | null;
  /** The city's own server for signing in; none when left out. */
  readonly oidc?: OidcSetting | null;
  /** The server at which visitors sign in. */
  readonly visitorOidc?: OidcServer | null;
  /** How people are reached; a demo keeps its messages instead of sending them. */
  readonly post?: PostWays;
  /** For how long it is known who came, whose an application was, and what it said; `KEPT_DAYS` when left out. */
  readonly keep?: KeptDays;
  /**
   * The key that opens what names people (32 bytes), or the file that holds it, made on the first start; none when left out. Scans: where they are, and
   * the scanner for viruses.
   */
  readonly masterKey?: Buffer | null;
  readonly masterKeyFile?: string | null;
  readonly fileStore?: FileStore;
  readonly scanner?: Scanner | null;
  /** How the server speaks; with espeak-ng where it is installed, when left out. */
  readonly speech?: Speech;
  /** Runs once the schema is there and before anybody is served. */
  readonly prepare?: (database: Database) => Promise<void>;
}

/** A node that serves. */
export interface Node {
  readonly url: string;
  readonly database: Database;
  /** Every address that it answers at. */
  readonly routes: readonly RegisteredRoute[];
  /** How many nodes of this installation live, this one included. */
  nodes(): number;
  now(): Instant;
  /** Lets a demo clock run so many times faster than life. */
  runClockAt(rate: number): Promise<void>;
  /** Answers what is under way, then stops everything that it started. */
  close(): Promise<void>;
}

/** Where the built screens are. */
export function pagesFolder(): string {
  return (
    [join(root, 'dist/web'), join(root, 'web')].find((folder) => existsSync(join(folder, 'assets'))) ??
    join(root, 'dist/web')
  );
}

/** Opens the database for a command that does its work and goes. */
export async function withDatabase<Result>(
  place: DatabasePlace,
  work: (database: Database) => Promise<Result>,
  schema: 'current' | 'as-it-is' = 'current',
): Promise<Result> {
  const database = await openDatabase(place, schema, { tell: (line) => jsonLog.info(line) });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** How visitors are reached and known, and what names them is kept, where nobody has chosen otherwise. */
const KEPT_DAYS: KeptDays = { personsDays: 30, scansDays: 365, applicationsDays: 1_825 };
const USUAL = { post: NO_POST, visitorOidc: null, keep: KEPT_DAYS, masterKey: null, scanner: null } as const;

/** Where scans are stored by default: next to an embedded database, else where they do not outlive the machine. */
export function fileStoreBeside(place: DatabasePlace): FileStore {
  return folderStore('folder' in place ? join(place.folder, 'files') : join(tmpdir(), 'okno-files'));
}

function ownSealFile(place: DatabasePlace): string | null {
  return 'folder' in place ? join(place.folder, 'seals.jsonl') : null;
}

/** What can be wrong about a start is found before anything is made or started. */
async function tryBefore(start: {
  readonly listener: Listener;
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly nodeHost: string | null;
  readonly masterKeyFile: string | null;
}): Promise<void> {
  const { listener, metrics, nodeHost, masterKeyFile } = start;
  await tryListening([
    listener,
    ...(metrics === null ? [] : [{ ...metrics, choice: 'metrics_port' } as const]),
    ...(nodeHost === null ? [] : [{ host: nodeHost, port: 0, choice: 'node_host' } as const]),
  ]);
  if (masterKeyFile !== null) readMasterKey(masterKeyFile);
}

/** The master key of the installation: given, or of its file; it is the one that the database was sealed with. */
async function keyOf(db: Database, given: Buffer | null, file: string | null): Promise<Buffer | null> {
  const masterKey = given ?? (file === null ? null : await db.read((tx) => masterKeyFor(tx, file)));
  if (masterKey !== null) await db.read((tx) => checkMasterKey(tx, masterKey));
  return masterKey;
}

/** Opens the database, marks it, and serves. Throws ProblemError or an Error with a sentence for the administrator. */
export async function startNode({
  place,
  host,
  port,
  door = PLAIN_DOOR,
  clock: kind,
  shownAt,
  log = jsonLog,
  sealFile,
  witness,
  nodeHost = '127.0.0.1',
  alone = false,
  connections = 10,
  requireKeys = false,
  metrics = null,
  backups = null,
  oidc = null,
  speech = { recordings: null, program: installedSpeaker() },
  masterKeyFile = null,
  prepare,
  ...rest
}: Settings): Promise<Node> {
  const listener = { host, port, choice: 'port' } as const;
  await tryBefore({ listener, metrics, nodeHost: alone ? null : nodeHost, masterKeyFile });
  const database = await openDatabase(place, 'current', { tell: (line) => log.info(line), connections });
  try {
    const installation = await markInstallation(database, kind);
    const masterKey = await keyOf(database, rest.masterKey ?? null, masterKeyFile);
    await prepare?.(database);
    const clock = await openClock(
      database,
      kind,
      shownAt ?? ((kept) => kept ?? refuse('not-ready', { reason: `a ${kind} clock needs --shown-at` })),
    );
    const published = { file: sealFile ?? ownSealFile(place), witness: witness ?? null };
    const pages = pagesFolder();
    const { app, nodes } = await openApp({
      database,
      clock,
      installation,
      pages,
      version: version(),
      published,
      door,
      nodeHost,
      alone,
      requireKeys,
      metrics,
      backups,
      oidc,
      speech,
      ...USUAL,
      fileStore: fileStoreBeside(place),
      ...rest,
      masterKey,
      log,
    });
    await app.listen({ host, port }).catch(async (error: unknown) => {
      await app.close();
      return cannotListen(error, listener);
    });
    return serving({ app, nodes, database, clock, host, isSafe: door.tls !== null });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A node that listens, as those who started it see it. */
function serving(node: {
  readonly app: App['app'];
  readonly nodes: App['nodes'];
  readonly database: Database;
  readonly clock: Awaited<ReturnType<typeof openClock>>;
  readonly host: string;
  readonly isSafe: boolean;
}): Node {
  const { app, nodes, database, clock, host, isSafe } = node;
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `${isSafe ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    database,
    routes: app.registeredRoutes,
    nodes,
    now: () => clock.now(),
    runClockAt: (rate) => clock.runAt(rate),
    close: async () => {
      await app.close();
      await clock.stop();
      await database.close();
    },
  };
}
