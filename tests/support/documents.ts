import { posix } from 'node:path';

/** What documents may name: everything else is a fault. */
export interface Known {
  /** Every file of the project, from its root. */
  readonly files: readonly string[];
  /** The anchors of the headings of a document. */
  readonly anchorsOf: (path: string) => ReadonlySet<string>;
  /** The commands of `okno`, with their subcommands: `person export`. */
  readonly commands: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
  /** Routes of the API: `GET /api/clock`. */
  readonly routes: readonly string[];
  /** Settings of the configuration file. */
  readonly settings: ReadonlySet<string>;
}

/** Every thing that a document names and that does not exist, as sentences. */
export function documentFaults(path: string, text: string, known: Known): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, '');
  return [
    ...linkFaults(path, prose, known),
    ...fileFaults(prose, known),
    ...commandFaults(text, known),
    ...[...prose.matchAll(/\bTables? ((?:`[a-z_]+`(?:, )?)+)/g)]
      .flatMap(([, named = '']) => [...named.matchAll(/`([a-z_]+)`/g)].map(([, table = '']) => table))
      .filter((table) => !known.tables.has(table))
      .map((table) => `no table ${table}`),
    ...[...prose.matchAll(/`((?:GET|POST|PUT|DELETE) \/api\/[^`?…]+)`/g)]
      .filter(([, route = '']) => !known.routes.some((one) => isSameRoute(one, route)))
      .map(([, route]) => `no route ${route}`),
    ...[...prose.matchAll(/`([a-z_0-9]+) = [^`]+`/g)]
      .filter(([, setting = '']) => /_/.test(setting) && !known.settings.has(setting))
      .filter(([, setting = '']) => !/^(max_wal_size|synchronous_)/.test(setting))
      .map(([, setting]) => `no setting ${setting}`),
  ].map((fault) => `${path}: ${fault}`);
}

/** The anchor of a heading, as pages of repositories make it. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function linkFaults(path: string, text: string, { files, anchorsOf }: Known): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, address = '']) => {
    if (/^(https?|mailto):/.test(address)) return [];
    const [target = '', anchor] = address.split('#');
    const file = target === '' ? path : posix.normalize(posix.join(posix.dirname(path), target));
    const isThere = files.some((one) => one === file || one.startsWith(`${file.replace(/\/$/, '')}/`));
    if (!isThere) return [`a link to ${address}, which does not exist`];
    return anchor === undefined || anchorsOf(file).has(anchor) ? [] : [`a link to ${address}: no such heading`];
  });
}

/** Files that a build makes, or that belong to an installation. */
const MADE = new Set(['sbom.cdx.json', 'okno.toml']);

function fileFaults(text: string, { files }: Known): string[] {
  const paths = [...text.matchAll(/`((?:[\w.-]+\/)*[\w-][\w.-]*\.(?:tsx?|sql|yml|yaml|conf|toml|json))`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !MADE.has(posix.basename(path)))
    .filter((path) => !files.some((one) => one === path || one.endsWith(`/${path}`)));
  const folders = [
    ...text.matchAll(/`((?:server|core|web|cli|demo|scripts|tests|bench|contract|deploy|docs)\/[\w/-]*)`/g),
  ]
    .map(([, path = '']) => path.replace(/\/$/, ''))
    .filter((path) => !files.some((one) => one.startsWith(`${path}/`) || one.startsWith(`${path}.`)));
  return [...paths.map((path) => `no file ${path}`), ...folders.map((path) => `no folder ${path}`)];
}

/** Words that are no command but follow the program's name in prose or in an example. */
function commandFaults(text: string, { commands }: Known): string[] {
  return [...text.matchAll(/(?:`|^|npx |sudo -u okno )okno ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?/gm)].flatMap(
    ([, command = '', word]) => {
      if (!commands.has(command)) return [`no command okno ${command}`];
      const hasWords = [...commands].some((one) => one.startsWith(`${command} `));
      return word === undefined || !hasWords || commands.has(`${command} ${word}`)
        ? []
        : [`no command okno ${command} ${word}`];
    },
  );
}

/** Parameters may have other names in a document: `:id` for `:applicationId`. */
function isSameRoute(route: string, named: string): boolean {
  const tidy = (one: string) => one.replaceAll(/:\w+/g, ':');
  return tidy(route) === tidy(named);
}
