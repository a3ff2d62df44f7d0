import { readFileSync } from 'node:fs';
import { type Node, startNode } from '../server/main.ts';
import { clamd } from '../server/modules/files/index.ts';
import { installedSpeaker } from '../server/modules/screens/index.ts';
import type { ClockKind, ShownAt } from '../server/platform/clock.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import { buildScreens } from '../scripts/build-screens.ts';
import { type Configuration, CONFIGURATION_OPTIONS, readConfiguration } from './configuration.ts';
import { fileStoreOf } from './safe.ts';
import { readOptions, UsageError } from './options.ts';
import { masterKeyFileOf, placeOf } from './places.ts';
import type { Door } from '../server/platform/door.ts';

const OPTIONS = {
  ...CONFIGURATION_OPTIONS,
  config: { type: 'string' },
  data: { type: 'string' },
  port: { type: 'string' },
  clock: { type: 'string', default: 'real' },
  'shown-at': { type: 'string' },
  'require-keys': { type: 'boolean', default: false },
} as const;

/** Serves until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, OPTIONS, 0);
  const clock = clockKind(values.clock);
  if (values.port !== undefined) portOf(values.port);
  // The configuration is for the real installation; a demo on the same machine takes only its arguments.
  const { configuration } = readConfiguration(clock === 'real' ? values.config : '/dev/null', values);
  await buildScreens((line) => console.error(line));
  const place = values.data === undefined ? placeOf(clock, undefined, values.config) : placeOf(clock, values.data);
  const start = () =>
    startNode({
      ...settingsOf(configuration),
      ...vaultOf(place, configuration),
      place,
      clock,
      requireKeys: values['require-keys'],
      ...(values['shown-at'] === undefined ? {} : { shownAt: startingAt(instantOption(values['shown-at'])) }),
    });
  return serveUntilStopped(start, (node) => {
    const others =
      node.nodes() > 1
        ? `\n${node.nodes()} nodes share these data now: another Okno serves them already. If that was not meant, stop one of them.`
        : '';
    console.log(`Okno serves at ${node.url}${others}`);
  });
}

/** What of the configuration a node is started with. */
function settingsOf(chosen: Configuration) {
  return {
    host: chosen.host,
    port: chosen.port,
    door: doorOf(chosen),
    oidc: oidcOf(chosen),
    keep: {
      personsDays: chosen.keep_contacts_days,
      scansDays: chosen.keep_scans_days,
      applicationsDays: chosen.keep_applications_days,
    },
    visitorOidc: visitorOidcOf(chosen),
    post: {
      mail: chosen.smtp_url === null ? null : { url: chosen.smtp_url, from: chosen.smtp_from },
      sms: chosen.smpp_url === null ? null : { url: chosen.smpp_url, from: chosen.smpp_from },
      site: chosen.public_url,
      securityContact: chosen.security_contact,
    },
    alone: chosen.alone,
    nodeHost: chosen.node_host,
    connections: chosen.database_connections,
    metrics: chosen.metrics_port === null ? null : { host: chosen.metrics_host, port: chosen.metrics_port },
    backups:
      chosen.backup_folder === null
        ? null
        : { folder: chosen.backup_folder, everyHours: chosen.backup_every_hours, keep: chosen.backup_keep },
    speech: { recordings: chosen.speech_recordings, program: installedSpeaker() },
    ...(chosen.seal_file === null ? {} : { sealFile: chosen.seal_file }),
    ...(chosen.witness === null ? {} : { witness: chosen.witness }),
  };
}

/** What names people: the key that opens it, where scans lie, and who looks at them. */
function vaultOf(place: DatabasePlace, configuration: Configuration) {
  const { master_key_file: keyFile, clamd: scanner } = configuration;
  return {
    masterKeyFile: masterKeyFileOf(place, keyFile),
    scanner: scanner === null ? null : clamd(scanner),
    fileStore: fileStoreOf(place, configuration),
  };
}

function visitorOidcOf({
  visitor_oidc_issuer: issuer,
  visitor_oidc_client_id: clientId,
  visitor_oidc_client_secret: clientSecret,
}: Configuration) {
  return issuer === null || clientId === null || clientSecret === null ? null : { issuer, clientId, clientSecret };
}

function oidcOf({
  oidc_issuer: issuer,
  oidc_client_id: clientId,
  oidc_client_secret: clientSecret,
  ...rest
}: Configuration) {
  if (issuer === null || clientId === null || clientSecret === null) return null;
  return { issuer, clientId, clientSecret, loginClaim: rest.oidc_login_claim };
}

function doorOf({ tls_cert: cert, tls_key: key, behind_proxy: behindProxy }: Configuration): Door {
  if (cert === null || key === null) return { tls: null, behindProxy };
  return { tls: { cert: readFileSync(cert), key: readFileSync(key) }, behindProxy };
}

const DEFAULT_PORT = 8080;

export function portOf(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port must be a whole number from 0 to 65535, not “${text}”`);
  return port;
}

/** Starts a node and serves until SIGINT or SIGTERM, also one that comes while it starts; then closes everything in order. */
export async function serveUntilStopped(
  start: () => Promise<Node>,
  serving: (node: Node) => Promise<(() => void) | void> | void,
): Promise<number> {
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => resolve());
  });
  const node = await start();
  const stopped = signal.then(() => 'stopped' as const);
  const before = await Promise.race([serving(node), stopped]);
  await stopped;
  if (typeof before === 'function') before();
  await node.close();
  return 0;
}

export function clockKind(text: string): ClockKind {
  if (text === 'real' || text === 'demo' || text === 'replay') return text;
  throw new UsageError(`--clock must be real, demo or replay, not “${text}”`);
}

/** A clock that was shown before goes on; a new one starts here. */
function startingAt(instant: number): ShownAt {
  return (kept) => kept ?? instant;
}

function instantOption(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant))
    throw new UsageError(`--shown-at must be a moment such as 2026-02-19T10:40:00+03:00, not “${text}”`);
  return instant;
}
