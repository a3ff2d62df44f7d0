import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../cli/command-table.ts';
import { CHOICES } from '../cli/configuration.ts';
import { anchorOf, documentFaults, type Known } from './support/documents.ts';
import { projectFiles, projectRoot } from './support/source-files.ts';

const files = projectFiles();
const documents = files.filter((path) => path.endsWith('.md'));
const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
/** The description of the API has every route, also those that carry bytes. */
const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Readonly<Record<string, object>> };
const known: Known = {
  files,
  anchorsOf: (path) => new Set([...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))),
  commands: new Set([
    ...COMMANDS.flatMap(({ name, below = [] }) => [name, ...below.map((part) => `${name} ${part.name}`)]),
    'help',
    'version',
    'completion',
  ]),
  tables: new Set(
    files
      .filter((path) => path.startsWith('server/migrations/'))
      .flatMap((path) => [...read(path).matchAll(/create table (?:if not exists )?([a-z_]+)/g)])
      .map(([, table = '']) => table),
  ),
  routes: Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  ),
  settings: new Set(Object.keys(CHOICES)),
};

test('documents name only what exists: links, files, commands, tables, routes, settings', () => {
  expect(documents.length).toBeGreaterThan(30);
  expect(known.tables.size).toBeGreaterThan(80);
  expect(documents.flatMap((path) => documentFaults(path, read(path), known))).toEqual([]);
});

test.each([
  ['[the rules](docs/no-such.md)', /docs\/no-such\.md, which does not exist/],
  ['[the rules](docs/queue-rules.md#no-such)', /no such heading/],
  ['`core/queue/no-such.ts` decides', /no file core\/queue\/no-such\.ts/],
  ['`server/attic/` holds it', /no folder server\/attic/],
  ['Say `okno dance`.', /no command okno dance/],
  ['```\nokno person dance\n```', /no command okno person dance/],
  ['Table `dance_floor`.', /no table dance_floor/],
  ['Tables `visit`, `dance_floor`.', /no table dance_floor/],
  ['`POST /api/dances`', /no route POST \/api\/dances/],
  ['`dance_port = 1`', /no setting dance_port/],
])('finds what does not exist: %s', (text, fault) => {
  expect(documentFaults('README.md', text, known).join('\n')).toMatch(fault);
});
