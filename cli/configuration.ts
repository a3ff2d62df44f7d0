import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { UsageError } from './options.ts';

/** One thing that an administrator may choose. */
interface Choice {
  readonly kind: 'text' | 'number' | 'switch' | 'list';
  readonly otherwise: string | number | boolean | readonly string[] | null;
  /** What the file says about it; in plain words, one line. */
  readonly says: string;
  /** True for what is never printed. */
  readonly secret?: true;
  readonly env?: string;
  /** What is wrong with a value; null when nothing is. */
  readonly fault?: (value: never) => string | null;
}

const port = (value: number) =>
  Number.isInteger(value) && value >= 0 && value <= 65_535 ? null : 'must be a port from 0 to 65535';
const file = (value: string) => (existsSync(value) ? null : `there is no file ${value}`);
const count = (value: number) =>
  Number.isInteger(value) && value > 0 && value < 10_000 ? null : 'must be a whole number above 0';
const connections = (value: number) =>
  Number.isInteger(value) && value >= 6 && value <= 100 ? null : 'must be a whole number from 6 to 100';
const cidrs = (value: readonly string[]) => {
  const bad = value.find((one) => isIP(one.split('/')[0] ?? '') === 0 || !/^[^/]+(\/\d{1,3})?$/.test(one));
  return bad === undefined ? null : `“${bad}” is no address or range such as 10.0.0.0/8`;
};

/** Everything that can be chosen, in the order in which it is printed: the one place where it is described. */
export const CHOICES = {
  data: { kind: 'text', otherwise: null, says: 'Folder of the embedded database and of the seals' },
  database_url: {
    kind: 'text',
    otherwise: null,
    secret: true,
    env: 'DATABASE_URL',
    says: 'A PostgreSQL 15 or newer of your own, instead of the embedded one',
    fault: (value: string) => (/^postgres(ql)?:\/\//.test(value) ? null : 'must begin with postgres://'),
  },
  host: { kind: 'text', otherwise: '127.0.0.1', says: 'Address to listen on; 0.0.0.0 for all' },
  port: { kind: 'number', otherwise: 8080, says: 'Port of screens and API', fault: port },
  tls_cert: {
    kind: 'text',
    otherwise: null,
    says: 'Certificate chain (PEM); with it the server speaks HTTPS',
    fault: file,
  },
  tls_key: { kind: 'text', otherwise: null, says: 'Private key of the certificate (PEM)', fault: file },
  behind_proxy: {
    kind: 'list',
    otherwise: [],
    says: 'Proxies (addresses or ranges) that are believed when they name the caller; no other address is',
    fault: cidrs,
  },
  metrics_host: { kind: 'text', otherwise: '127.0.0.1', says: 'Address of /metrics' },
  metrics_port: {
    kind: 'number',
    otherwise: null,
    says: 'Port of /metrics for Prometheus; none: no metrics',
    fault: port,
  },
  backup_folder: { kind: 'text', otherwise: null, says: 'Folder of backups; none: no backups on a schedule' },
  backup_every_hours: { kind: 'number', otherwise: 24, says: 'Hours between two backups', fault: count },
  backup_keep: { kind: 'number', otherwise: 14, says: 'Number of backups that are kept', fault: count },
  oidc_issuer: {
    kind: 'text',
    otherwise: null,
    says: "The city's own server for signing in (OpenID Connect); the way back is /api/session/oidc/back",
    fault: (value: string) => (/^https?:\/\//.test(value) ? null : 'must be an address'),
  },
  oidc_client_id: { kind: 'text', otherwise: null, says: 'The client id of this installation there' },
  oidc_client_secret: {
    kind: 'text',
    otherwise: null,
    secret: true,
    env: 'OKNO_OIDC_CLIENT_SECRET',
    says: 'The client secret of this installation there',
  },
  oidc_login_claim: {
    kind: 'text',
    otherwise: 'preferred_username',
    says: 'The claim that is the login of an account here',
  },
  visitor_oidc_issuer: {
    kind: 'text',
    otherwise: null,
    says: 'The server at which visitors sign in (OpenID Connect), such as the state login; the way back is /login/back',
    fault: (value: string) => (/^https?:\/\//.test(value) ? null : 'must be an address'),
  },
  visitor_oidc_client_id: { kind: 'text', otherwise: null, says: 'The client id of this installation there' },
  visitor_oidc_client_secret: {
    kind: 'text',
    otherwise: null,
    secret: true,
    env: 'OKNO_VISITOR_OIDC_CLIENT_SECRET',
    says: 'The client secret of this installation there',
  },
  public_url: {
    kind: 'text',
    otherwise: null,
    says: "The address of the city's public site, for messages and tickets; none: messages name no address",
    fault: (value: string) => (/^https?:\/\/[^/]+$/.test(value) ? null : 'must be such as https://okno.example'),
  },
  security_contact: {
    kind: 'text',
    otherwise: null,
    says: 'The contact for reports of weaknesses in /.well-known/security.txt: mailto:… or https://…; none: no such page',
    fault: (value: string) =>
      /^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(value) ? null : 'must begin with mailto: or https://',
  },
  smtp_url: {
    kind: 'text',
    otherwise: null,
    secret: true,
    env: 'OKNO_SMTP_URL',
    says: 'The mail server: smtp://user:password@host:587 (with STARTTLS) or smtps://…; none: no e-mail is sent',
    fault: (value: string) => (/^smtps?:\/\//.test(value) ? null : 'must begin with smtp:// or smtps://'),
  },
  smtp_from: {
    kind: 'text',
    otherwise: 'okno@localhost',
    says: 'The sender of e-mail, such as Мои документы <okno@example.org>',
  },
  smpp_url: {
    kind: 'text',
    otherwise: null,
    secret: true,
    env: 'OKNO_SMPP_URL',
    says: 'The centre for short messages (SMPP 3.4): smpp://user:password@host:2775 or ssmpp://…; none: no SMS is sent',
    fault: (value: string) => (/^s?smpp:\/\//.test(value) ? null : 'must begin with smpp:// or ssmpp://'),
  },
  smpp_from: { kind: 'text', otherwise: 'Okno', says: 'The sender name of short messages' },
  keep_contacts_days: {
    kind: 'number',
    otherwise: 30,
    says: 'Days after a visit or booking for which its contact is kept',
    fault: count,
  },
  keep_scans_days: {
    kind: 'number',
    otherwise: 365,
    says: 'Days after the end of an application for which its scans are kept (okno retention)',
    fault: count,
  },
  keep_applications_days: {
    kind: 'number',
    otherwise: 1_825,
    says: 'Days after the end of an application for which its person and its answers are kept (okno retention)',
    fault: count,
  },
  master_key_file: {
    kind: 'text',
    otherwise: null,
    says: 'File with the key that opens names and scans (64 hex digits; made when it is missing); none: master.key in the data folder',
  },
  file_folder: { kind: 'text', otherwise: null, says: 'Folder of scans, sealed; none: files in the data folder' },
  s3_url: {
    kind: 'text',
    otherwise: null,
    secret: true,
    env: 'OKNO_S3_URL',
    says: 'Scans in a bucket instead (S3): https://KEY:SECRET@host/bucket?region=ru-central1, KEY and SECRET percent-encoded; none: file_folder',
    fault: (value: string) =>
      /^https?:\/\/[^/:@]+:[^/@]+@[^/@]+\/[^/?]+/.test(value) ? null : 'must be such as https://KEY:SECRET@host/bucket',
  },
  clamd: {
    kind: 'text',
    otherwise: null,
    says: 'The virus scanner (clamd): host:port or the path of its socket; none: only the test virus is found',
  },
  speech_recordings: {
    kind: 'text',
    otherwise: null,
    says: "Folder with the city's own recordings of words (ru/ and en/, one WAV file a word); else espeak-ng speaks where it is installed",
    fault: file,
  },
  seal_file: { kind: 'text', otherwise: null, says: 'File to which the seals of closed days are added' },
  witness: { kind: 'text', otherwise: null, says: 'Address (https) that is told every seal' },
  database_connections: {
    kind: 'number',
    otherwise: 10,
    says: 'Connections to the database that a node uses for requests: 6 to 100',
    fault: connections,
  },
  node_host: { kind: 'text', otherwise: '127.0.0.1', says: 'Address at which the other nodes reach this one' },
  alone: { kind: 'switch', otherwise: false, says: 'Ask no other node: slower together, and just as correct' },
} as const satisfies Record<string, Choice>;

type Name = keyof typeof CHOICES;
type ValueOf<C extends Choice> = C['kind'] extends 'number'
  ? number
  : C['kind'] extends 'switch'
    ? boolean
    : C['kind'] extends 'list'
      ? readonly string[]
      : string;

/** What is in force. */
export type Configuration = {
  readonly [N in Name]: ValueOf<(typeof CHOICES)[N]> | ((typeof CHOICES)[N]['otherwise'] extends null ? null : never);
};

/** What is in force, and where each of it comes from. */
export interface Chosen {
  readonly configuration: Configuration;
  readonly sources: Readonly<Record<Name, string>>;
}

const EVERYWHERE = ['/etc/okno/okno.toml', join(homedir(), '.config/okno/okno.toml')];

/** The configuration file: the one named, else OKNO_CONFIG, else the first that is where one is looked for. */
export function configurationFile(named: string | undefined): string | null {
  if (named === '') throw new UsageError('--config names no file');
  const wanted = named ?? process.env['OKNO_CONFIG'];
  if (wanted !== undefined && wanted !== '') return resolve(wanted);
  return EVERYWHERE.find((path) => existsSync(path)) ?? null;
}

/** Reads file, environment and options, each stronger than the one before. Throws an Error that lists every fault. */
export function readConfiguration(named: string | undefined, options: Readonly<Record<string, unknown>>): Chosen {
  const path = configurationFile(named);
  const kept = path === null ? {} : readFile(path);
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  for (const key of Object.keys(kept))
    if (!(key in CHOICES)) faults.push(`“${key}” in ${path} is not known; did you mean “${nearest(key)}”?`);
  for (const [name, choice] of Object.entries(CHOICES) as [Name, Choice][]) {
    const option = options[name.replaceAll('_', '-')];
    const environment = choice.env === undefined ? undefined : process.env[choice.env];
    const [value, source] =
      option !== undefined && option !== false
        ? [fromText(choice, option), `--${name.replaceAll('_', '-')}`]
        : environment !== undefined && environment !== ''
          ? [environment, choice.env as string]
          : name in kept
            ? [kept[name], path as string]
            : [choice.otherwise, 'default'];
    values[name] = value;
    sources[name] = source;
    const fault = faultOf(choice, value);
    if (fault !== null) faults.push(`${name} (${source}): ${fault}`);
  }
  if ('data' in kept && 'database_url' in kept)
    faults.push('data and database_url exclude each other: one names a folder, the other a database of your own');
  if ((values['tls_cert'] === null) !== (values['tls_key'] === null)) faults.push('tls_cert and tls_key go together');
  for (const who of ['oidc', 'visitor_oidc'] as const) {
    if (values[`${who}_issuer`] === null) continue;
    if (values[`${who}_client_id`] === null || values[`${who}_client_secret`] === null)
      faults.push(`${who}_issuer needs ${who}_client_id and ${who}_client_secret`);
    // The other server sends people back to this address, never to what a caller's Host says.
    if (values['public_url'] === null)
      faults.push(
        `${who}_issuer needs public_url: the address of this site, to which people come back from signing in`,
      );
  }
  if (faults.length > 0)
    throw new Error(`The configuration cannot be used; nothing was started.\n${faults.join('\n')}`);
  return { configuration: values as Configuration, sources: sources as Chosen['sources'] };
}

function readFile(path: string): Record<string, unknown> {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const where = error instanceof TomlError ? `, line ${error.line}` : '';
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(`The configuration in ${path}${where} cannot be read: ${UNREADABLE[code] ?? message}`, {
      cause: error,
    });
  }
}

/** Why a file cannot be read, as the system says it, in words. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Correct --config or OKNO_CONFIG, or leave it out.',
  EISDIR: 'it is a folder, and a file is needed.',
  ENOTDIR: 'its address leads through something that is no folder.',
  EACCES: 'this user may not open it. Give it the right to, or run the command as the user okno.',
};

function fromText({ kind }: Choice, option: unknown): unknown {
  if (kind === 'number' && typeof option === 'string') return option.trim() === '' ? Number.NaN : Number(option);
  if (kind === 'list' && typeof option === 'string') return option.split(',').map((part) => part.trim());
  return option;
}

const TYPES: Readonly<Record<Choice['kind'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  switch: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};
const NAMES = { text: 'text', number: 'a number', switch: 'true or false', list: 'a list of texts' };

function faultOf(choice: Choice, value: unknown): string | null {
  if (value === null) return null;
  if (!TYPES[choice.kind](value)) return `must be ${NAMES[choice.kind]}`;
  return (choice.fault as ((value: unknown) => string | null) | undefined)?.(value) ?? null;
}

/** The known name that takes the fewest changes of a sign. */
function nearest(word: string): string {
  const distances = Object.keys(CHOICES).map((name): [number, string] => [distance(word, name), name]);
  return (distances.toSorted(([a], [b]) => a - b)[0] as [number, string])[1];
}

function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [place, sign] of [...from].entries()) {
    const next = [place + 1];
    for (let index = 0; index < to.length; index += 1)
      next.push(
        Math.min(
          (next[index] as number) + 1,
          (row[index + 1] as number) + 1,
          (row[index] as number) + (sign === to[index] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) as number;
}

/** The options of a command that serves: one for each choice, under its name with dashes. */
export const CONFIGURATION_OPTIONS = {
  config: { type: 'string' },
  ...Object.fromEntries(
    (Object.entries(CHOICES) as [Name, Choice][]).map(([name, { kind }]) => [
      name.replaceAll('_', '-'),
      { type: kind === 'switch' ? 'boolean' : 'string' },
    ]),
  ),
} as Record<string, { type: 'string' | 'boolean' }>;
