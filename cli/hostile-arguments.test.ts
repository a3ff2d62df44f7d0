import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { COMMANDS } from './command-table.ts';
import { failureOf } from './failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'okno-hostile-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  mkdirSync(at('a-folder'));
  writeFileSync(at('empty'), '');
  writeFileSync(at('binary'), Buffer.from([0, 255, 254, 1, 0x80, 10, 13, 200]));
  writeFileSync(at('null.json'), 'null');
  writeFileSync(at('list.json'), '[1, null, "x"]');
  writeFileSync(at('object.json'), '{"days": 1, "people": [null], "version": {}}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How a command ends, with all that it says. */
async function ended(name: string, args: readonly string[]) {
  const said: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((...words) => void said.push(words.join(' '))),
    vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' '))),
  ];
  try {
    const { run } = await COMMANDS.find((one) => one.name === name)!.load();
    return { code: await run(args), says: said.join('\n') };
  } catch (error) {
    const { code, says } = failureOf(error);
    return { code, says };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const SYSTEM_WORDS = /ENOENT|EISDIR|ENOTDIR|TypeError|RangeError|undefined|fault of Okno|\.ts:\d/;

/** What a command needs to get as far as the hostile word. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  import: ['services', 'x.csv'],
  restore: ['x'],
  export: ['passports'],
  person: ['seal-anew'],
  key: ['kiosk-1'],
  signs: ['--centre=1'],
  partner: ['list'],
};
/** Commands that find something else missing before they read a configuration. */
const LOOKS_ELSEWHERE_FIRST = new Set(['init', 'import', 'restore']);

const configured = COMMANDS.filter(({ options = [] }) => options.some(([flag]) => flag.startsWith('--config')));

test.each(
  [...configured.map(({ name }) => name), 'serve'].flatMap((name) =>
    ['missing.toml', 'a-folder', 'binary', 'empty/below'].map((file) => ({ name, file })),
  ),
)('okno $name --config $file ends with a sentence', async ({ name, file }) => {
  const args = [...(WORDS[name] ?? []), `--config=${at(file)}`];
  const { code, says } = await ended(name, args);
  expect(code).not.toBe(0);
  expect(says).not.toMatch(SYSTEM_WORDS);
  if (!LOOKS_ELSEWHERE_FIRST.has(name)) expect(says).toContain(at(file));
});

test.each(
  [
    ['import', 'network'],
    ['import', 'services'],
    ['import', 'passports'],
    ['import', 'calendar'],
    ['import', 'history'],
  ]
    .concat([['restore'], ['replay', '--date=2020-01-13'], ['plan']])
    .flatMap((words) =>
      ['missing', 'a-folder', 'empty', 'binary', 'null.json', 'list.json', 'object.json'].map((file) => ({
        words,
        file,
      })),
    ),
)('okno $words with $file ends with a sentence', async ({ words: [name = '', ...more], file }) => {
  const { code, says } = await ended(name, [...more, at(file), ...(name === 'import' ? [`--data=${at('data')}`] : [])]);
  expect(code).not.toBe(0);
  expect(says).not.toMatch(SYSTEM_WORDS);
  expect(says.length).toBeGreaterThan(10);
});

test.each([
  ['partner', ['add', '  ']],
  ['partner', ['add', 'x'.repeat(200)]],
  ['partner', ['add', 'portal', '--quota=99999999999999999999']],
  ['partner', ['add', 'portal', '--quota=']],
  ['rehearse', ['--html=/nowhere/at/all.html']],
  ['rehearse', ['--service-min=many']],
  ['verify', ['--centre=99999999999999999999']],
  ['verify', ['--config=']],
] as const)('okno %s %j ends with a sentence', async (name, args) => {
  const { code, says } = await ended(name, args);
  expect(code).not.toBe(0);
  expect(says).not.toMatch(SYSTEM_WORDS);
});
