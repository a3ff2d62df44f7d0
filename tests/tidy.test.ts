import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrationFaults } from './support/migration-rules.ts';
import { habitFaults, habits } from './support/plain-english.ts';
import { projectFiles, projectRoot } from './support/source-files.ts';
import { rules, tidyFaults } from './support/tidy.ts';

const TEXT = /\.(tsx?|js|json|md|sql|css|html|yml)$|^\.ci\//;
const BYTES_MAX = 1024 * 1024;

test('every file keeps the rules', () => {
  const files = projectFiles().filter((path) => TEXT.test(path) && path !== 'package-lock.json');
  expect(files.length).toBeGreaterThan(100);
  const faults = files.flatMap((path) => tidyFaults(path, readFileSync(join(projectRoot, path), 'utf8')));
  expect(faults).toEqual([]);
});

test.each(habits.map(({ name, breach }) => [name, breach] as const))('finds the habit: %s', (name, breach) => {
  for (const [path, text] of [
    ['README.md', `# ${breach}`],
    ['core/x.ts', `/** ${breach} */`],
    ['core/x.ts', `/**\n * ${breach.replaceAll(' ', '\n * ')}\n */`],
    ['server/x.test.ts', `test('${breach}', () => {});`],
  ] as const)
    expect(habitFaults(path, text).join('\n'), path).toContain(name);
});

test.each([
  ['core/x.ts', 'const stands = besides(he, whoever);'],
  ['core/x.ts', '/** Who may call it? The clerk who signs in, the visitor who came first. */'],
  ['server/x.ts', 'await tx.query(`select stands from visit where he = $1`);'],
  ['README.md', 'Call `stands()` on the day.'],
])('finds no habit in code and in plain sentences (%s: %s)', (path, text) => {
  expect(habitFaults(path, text)).toEqual([]);
});

test('no file is larger than a megabyte', () => {
  expect(projectFiles().filter((path) => statSync(join(projectRoot, path)).size > BYTES_MAX)).toEqual([]);
});

const planted: [rule: string, path: string, text: string][] = [
  ['a file is short', 'core/x.ts', 'a;\n'.repeat(401)],
  ['a line can be read', 'core/x.ts', `const x = '${'x'.repeat(200)}';`],
  ['a file is named in kebab-case, by a thing of the city', 'server/modules/queue/queueUtils.ts', ''],
  ['a file is named in kebab-case, by a thing of the city', 'server/modules/queue/date-helpers.ts', ''],
  ['core reads no clock and no chance', 'core/x.ts', 'const now = Date.now();'],
  ['the server takes the time from its clock', 'server/modules/queue/x.ts', 'const now = new Date();'],
  ['nothing is left for later', 'core/x.ts', '// TODO: the rest'],
  ['nothing is left for later', 'core/x.ts', 'const x = y as any;'],
  ['every test runs', 'core/x.test.ts', `test.skip('later', () => {});`],
  ['a test waits for a condition and not for a time', 'server/x.test.ts', 'await expect.poll(f, { timeout: 5_000 })'],
  ['a test waits for a condition and not for a time', 'tests/e2e/x.test.ts', 'page.setDefaultTimeout(15_000);'],
  ['an error is never swallowed without a word', 'core/x.ts', 'try { a(); } catch (error) {\n}'],
  ['the server speaks through its log', 'server/x.ts', `console.log('here');`],
  ['the tree says nothing of the machine it was made on', 'README.md', 'cd /root/okno'],
  ['plain English', 'docs/x.md', 'The reason stands in the log.'],
  ['a migration is numbered', 'server/migrations/extra.sql', ''],
  ['a migration is numbered', 'server/migrations/functions/Extra.sql', ''],
  [
    'a numbered migration makes no function',
    'server/migrations/0099_x.sql',
    'do $x$ begin create or replace function f() returns void language sql as $$ $$; end $x$',
  ],
  ['a numbered migration makes no function', 'server/migrations/0099_x.sql', 'create view open_visit as select 1'],
  ['a migration holds up no hall', 'server/migrations/0099_x.sql', 'create index visit_by_state on visit (state);'],
  ['a decision is numbered, dated and says its cost', 'docs/adr/0001-x.md', '# X\n'],
];
test.each(planted)('finds what breaks “%s” (%s)', (rule, path, text) => {
  expect(tidyFaults(path, text).join('\n')).toContain(rule);
});

test('every rule has a planted breach', () => {
  expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
});

test.each([
  'alter table visit add constraint x check (persons < 9)',
  'alter table visit drop constraint x, add constraint x check (persons < 9)',
  'alter table application add column staff_id integer references staff_account',
  'alter table booking add unique (number)',
  'alter table visit add column token uuid default gen_random_uuid()',
  'alter table visit alter column persons type integer',
  'alter table visit alter persons set not null',
  'alter table visit drop column persons',
  'drop table visit',
  'alter table centre rename to place',
  'alter table centre rename column code to sign',
  'update visit set persons = 1',
  'delete from audit_entry',
  'lock table centre',
  'truncate city',
  'vacuum full city',
  'reindex table city',
  'create index concurrently x on centre (code)',
  'create unique index x on visit (number)',
  '-- by statements\ninsert into city select 1',
  'select 1; /* two */ update visit set persons = 1',
])('a migration may not say “%s”', (sql) => {
  expect(migrationFaults(`${sql};`, 'server/migrations/0099_x.sql')).toHaveLength(1);
  expect(migrationFaults(`${sql};`, 'server/migrations/0037_x.sql')).toEqual([]);
});

test.each([
  'alter table visit add column colour text, add column weight integer not null default 1',
  'create table x (id integer primary key references centre); create index on x (id); update x set id = 1',
  'create index centre_by_code on centre (code)',
  `-- by statements\nalter table visit add constraint x check (persons < 9) not valid;\nalter table visit validate constraint x`,
  '-- by statements\n-- in batches\nupdate visit set persons = 1 where persons is null',
  '-- by statements\ncreate index concurrently if not exists x on application (state)',
  '-- allowed: no released version reads it\nalter table visit drop column persons',
  `do $$ begin if true then update visit set persons = 1; end if; end $$`,
])('a migration may say “%s”', (sql) => {
  expect(migrationFaults(sql, 'server/migrations/0099_x.sql')).toEqual([]);
});
