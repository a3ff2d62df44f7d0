import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
  ['an error is never swallowed without a word', 'core/x.ts', 'try { a(); } catch (error) {\n}'],
  ['the server speaks through its log', 'server/x.ts', `console.log('here');`],
  ['the tree says nothing of the machine it was made on', 'README.md', 'cd /root/okno'],
  ['a migration is numbered', 'server/migrations/extra.sql', ''],
  ['a decision is numbered, dated and says its cost', 'docs/adr/0001-x.md', '# X\n'],
];
test.each(planted)('finds what breaks “%s” (%s)', (rule, path, text) => {
  expect(tidyFaults(path, text).join('\n')).toContain(rule);
});

test('every rule has a planted breach', () => {
  expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
});
