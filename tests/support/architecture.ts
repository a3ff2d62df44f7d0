import { posix } from 'node:path';

/** One import: who imports what, and whether only its types. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

/** What the files under a path may import; packages are written `npm:name`. The first room that fits a file counts. */
interface Room {
  readonly files: RegExp;
  readonly may: readonly RegExp[];
  /** What may be imported for its types only. */
  readonly mayTypes?: readonly RegExp[];
}

const TEST = /\.(test|testing)\.tsx?$/;
const core = /^core\//;
const contract = /^contract\//;
const platform = /^server\/platform\//;
const notCli = /^(?!cli\/)/;
const doors = /^server\/modules\/[\w-]+\/index\.ts$/;

/** The house: every room and what it may use. */
const rooms: readonly Room[] = [
  { files: /^cli\/.*\.test\.ts$/, may: [/./] },
  // Tests of the command itself read its table and its settings.
  { files: /^tests\//, may: [notCli, /^cli\/(command-table|configuration)\.ts$/] },
  { files: TEST, may: [notCli] },
  { files: /^vitest\.config\.ts$/, may: [/^npm:vitest/] },
  { files: /^core\/time\//, may: [core, /^npm:temporal-polyfill$/] },
  { files: /^core\/persons\/phones\.ts$/, may: [core, /^npm:libphonenumber-js\/min$/] },
  { files: /^core\/language\/stem\.ts$/, may: [core, /^npm:@orama\/stemmers\/russian$/] },
  { files: core, may: [core] },
  { files: contract, may: [core, contract, /^npm:typebox$/] },
  { files: /^web\/vite(-server)?\.config\.ts$/, may: [/^npm:/] },
  ...[
    'kiosk',
    'board',
    'window',
    'hall',
    'network',
    'planning',
    'bar',
    'rate',
    'cases',
    'agency',
    'start',
    'sign-in',
    'pair',
    'office',
    'design',
    'shell',
  ].map((app) => ({
    files: new RegExp(`^web/${app}/`),
    may: [core, new RegExp(`^web/(${app}|shared)/`), /^npm:(react(-dom)?|lucide-react)$/],
    mayTypes: [contract],
  })),
  // The one file that knows the client of queries.
  {
    files: /^web\/shared\/query\.ts$/,
    may: [/^web\/shared\//, /^npm:(react|@tanstack\/react-query)$/],
    mayTypes: [contract],
  },
  // The one file that knows the router.
  {
    files: /^web\/shared\/address\.ts$/,
    may: [/^npm:(react|wouter(\/use-browser-location)?)$/],
  },
  {
    files: /^web\/shared\//,
    may: [
      core,
      /^web\/shared\//,
      /^contract\/client\.ts$/,
      /^npm:(react|react-dom\/client|react-aria-components|@fontsource-variable\/golos-text|write-excel-file.*|idb-keyval|lucide-react|@simplewebauthn\/browser|uqr)$/,
    ],
    mayTypes: [contract],
  },
  // Drawn on the server; their modules in the browser are small and know no library.
  {
    files: /^web\/public\//,
    may: [
      core,
      /^web\/public\//,
      /^web\/shared\/(spans|plural|locale)\.ts$/,
      /^npm:(react(-dom\/server)?|lucide-react)$/,
    ],
    mayTypes: [contract],
  },
  { files: /^web\//, may: [] },
  { files: platform, may: [core, contract, platform, /^npm:/] },
  {
    files: /^server\/modules\/people\/(staff\/(totp|passkeys\/passkeys|weak-password)|devices\/proof)\.ts$/,
    may: [
      core,
      contract,
      platform,
      doors,
      /^server\/modules\/people\//,
      /^npm:(otpauth|jose|@simplewebauthn\/server|@zxcvbn-ts\/language-common)$/,
    ],
  },
  {
    files: /^server\/modules\/planning\/works\.ts$/,
    may: [core, /^npm:highs$/],
  },
  {
    files: /^server\/modules\/applications\/receipt\/draw\.ts$/,
    may: [/^npm:(pdfkit|bwip-js\/node)$/, /^server\/modules\/lettering\/index\.ts$/],
  },
  {
    files: /^server\/modules\/lettering\//,
    may: [/^server\/modules\/lettering\//, /^npm:(fontkit|bidi-js|sharp)$/],
  },
  {
    files: /^server\/modules\/files\/take-file\.ts$/,
    may: [core, contract, platform, /^server\/modules\/files\//, /^npm:file-type$/],
  },
  {
    files: /^server\/modules\/files\/s3-store\.ts$/,
    may: [/^server\/modules\/files\/file-store\.ts$/, /^npm:aws4fetch$/],
  },
  {
    files: /^server\/modules\/files\/examiner\//,
    may: [
      core,
      /^server\/modules\/files\/examiner\//,
      /^server\/modules\/lettering\/index\.ts$/,
      /^npm:(@cantoo\/pdf-lib|fontkit|sharp|libheif-js\/wasm-bundle\.js)$/,
    ],
  },
  {
    files: /^server\/modules\/notices\/(mail|mail-scripts|sms|push)\.ts$/,
    may: [core, platform, /^server\/modules\/notices\//, /^npm:(nodemailer(\/lib\/smtp-connection)?|smpp|web-push)$/],
  },
  {
    files: /^server\/modules\/pages\//,
    may: [core, contract, platform, /^server\/modules\/pages\//, /^npm:@fastify\/static$/],
  },
  // The writer of the queue has lines of its own to the database.
  {
    files: /^server\/modules\/queue\/(writer|writer-connection|queries)\.ts$/,
    may: [core, platform, /^server\/modules\/queue\//, /^npm:pg$/],
  },
  ...[
    'queue',
    'booking',
    'notices',
    'site',
    'partners',
    'network',
    'catalogue',
    'people',
    'printing',
    'alerts',
    'ratings',
    'promise',
    'screens',
    'planning',
    'persons',
    'files',
    'terms',
    'applications',
    'packages',
    'papers',
    'charges',
    'agencies',
    'privacy',
    'backups',
  ].map((module) => ({
    files: new RegExp(`^server/modules/${module}/`),
    may: [
      core,
      contract,
      platform,
      doors,
      new RegExp(`^server/modules/${module}/`),
      /^npm:(fastify|@fastify\/formbody|typebox|csv-parse)/,
    ],
  })),
  {
    files: /^server\/\w+\.ts$/,
    may: [core, contract, platform, doors, /^server\/\w+\.ts$/, /^npm:(fastify|@fastify\/)/],
  },
  {
    files: /^cli\//,
    may: [
      core,
      contract,
      doors,
      /^cli\//,
      /^(demo|bench)\//,
      /^scripts\/build-screens\.ts$/,
      /^server\/(main|version|platform\/index)\.ts$/,
      /^npm:(commander|smol-toml|jose|@point-of-sale\/codepage-encoder)$/,
    ],
    mayTypes: [platform],
  },
  {
    files: /^demo\//,
    may: [core, contract, doors, /^demo\//, /^server\/(main|platform\/index)\.ts$/],
    mayTypes: [platform],
  },
  {
    files: /^scripts\//,
    may: [
      contract,
      /^server\/(main|version)\.ts$/,
      /^server\/modules\/lettering\/index\.ts$/,
      /^scripts\//,
      /^npm:vite$/,
    ],
  },
  {
    files: /^bench\//,
    may: [
      core,
      contract,
      /^server\//,
      /^demo\//,
      /^scripts\/build-screens\.ts$/,
      /^bench\//,
      /^npm:(pg|fastify|graphile-worker|playwright-core|lighthouse|@sparticuz\/chromium)$/,
    ],
  },
];

/** Where SQL may stand. */
// The writer's line hands on what its store wrote.
const SQL_ROOMS =
  /(^server\/platform\/|\/queries\.ts$|^server\/modules\/queue\/writer-connection\.ts$|^bench\/|^tests\/|\.test\.ts$)/;
const SQL = /\.query[(<]|\bsql[<`]|\b(insert into|delete from|select .+ from) \w/i;

/** The imports of some files, by path and text. */
export function edgesOf(files: ReadonlyMap<string, string>): Edge[] {
  const edges: Edge[] = [];
  for (const [from, text] of files) {
    for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?(?:([^'"`;]*?)\sfrom\s+)?['"]([^'"]+)['"]/gm)) {
      const [, type, names = '', target = ''] = match;
      const members = /^\s*\{([^}]*)\}\s*$/
        .exec(names)?.[1]
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean);
      const typesOnly =
        type !== undefined ||
        (members !== undefined && members.length > 0 && members.every((name) => name.startsWith('type ')));
      edges.push({ from, to: resolve(from, target), typesOnly });
    }
    for (const [, target = ''] of text.matchAll(/\bimport\(['"]([^'"]+)['"]\)/g))
      edges.push({ from, to: resolve(from, target), typesOnly: false });
  }
  return edges.filter(({ to }) => !to.startsWith('npm:node:') && !to.endsWith('.css'));
}

function resolve(from: string, target: string): string {
  return target.startsWith('.') ? posix.join(posix.dirname(from), target) : `npm:${target}`;
}

/** Every broken rule of the house, as sentences. */
export function architectureFaults(files: ReadonlyMap<string, string>): string[] {
  const edges = edgesOf(files);
  return [...edges.flatMap(edgeFault), ...sqlFaults(files), ...poolFaults(files), ...cycles(edges)];
}

function edgeFault({ from, to, typesOnly }: Edge): string[] {
  const room = rooms.find(({ files }) => files.test(from));
  if (room === undefined) return [`${from} belongs to no room of the house`];
  if (room.may.some((allowed) => allowed.test(to))) return [];
  if (typesOnly && (room.mayTypes ?? []).some((allowed) => allowed.test(to))) return [];
  if (typesOnly && to.startsWith('npm:') && to !== 'npm:pg') return [];
  return [`${from} must not import ${typesOnly ? 'types of ' : ''}${to}`];
}

function sqlFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([path, text]) =>
      /^(server|cli|demo|scripts)\//.test(path) ? !SQL_ROOMS.test(path) && SQL.test(code(text)) : false,
    )
    .map(([path]) => `${path} holds SQL; it belongs into a queries.ts`);
}

/** Code that holds the pool can ask for a second connection inside a transaction: outside the platform there are only handles. */
function poolFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(
      ([path]) => /^(server|cli|demo|scripts)\//.test(path) && !path.startsWith('server/platform/') && !TEST.test(path),
    )
    .filter(([, text]) => /\bdatabase\.pool\b|\binTransaction\(|\bopenHandles\(|\{ pool\b/.test(code(text)))
    .map(([path]) => `${path} reaches the pool; it is given a handle (db.read, db.write)`);
}

/** The text without comments. */
function code(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

/** Circles of imports, those of types too: files that need each other are one thing in two places. */
function cycles(edges: readonly Edge[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) if (!to.startsWith('npm:')) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push(`a circle of imports: ${[...path.slice(at), file].join(' → ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}
