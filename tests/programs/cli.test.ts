import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from '../../bench/program.ts';
import { COMMANDS } from '../../cli/command-table.ts';
import { projectRoot } from '../support/source-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-cli-'));
  await chmod(folder, 0o755);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `okno …` to its end. */
function okno(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(projectRoot, 'bin/okno.js'), ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const tickets = (...rows: string[]): string => {
  const file = join(folder, `tickets-${rows.length}-${Math.abs(rows.join().length)}.csv`);
  writeFileSync(file, ['date,office,queue,ticket,issue_min,call_min', ...rows].join('\n'));
  return file;
};

test('a recorded day is replayed through the API to the very minute', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => {
    const issued = 480 + index * 1.5;
    return `2020-01-13,Mokotów ${index % 2},${index % 3},${index + 1},${issued},${issued + 5 + Math.floor(index / 6) * 4}`;
  });
  const { code, out } = await okno('replay', tickets(...rows), '--date', '2020-01-13', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ visits: 40, errors: 0, neverCalled: 0, deviationMinutesMax: 0 });
});

test('the policy decides when asked to', async () => {
  const rows = Array.from({ length: 12 }, (_, index) => `2020-01-13,Wola,A,${index + 1},${480 + index},${600 + index}`);
  const { code, out } = await okno(
    'replay',
    tickets(...rows),
    '--date',
    '2020-01-13',
    '--mode',
    'windows',
    '--windows',
    '2',
    '--service-min',
    '2',
    '--json',
  );
  expect(code).toBe(0);
  // A visitor a minute, two windows of two minutes each: nobody ever waits.
  expect(JSON.parse(out)).toMatchObject({ visits: 12, errors: 0, waitMinutesMean: 0 });
});

test('faulty recordings are named by line and field, and nothing is replayed', async () => {
  const file = tickets(
    '2020-01-13,Wola,A,1,480,470',
    '2020-01-13,,A,2,480,490',
    '2020-01-13,Wola,A,three,480,490',
    '2020-01-13,Wola,A,4,480,9999',
  );
  const { code, err } = await okno('replay', file, '--date', '2020-01-13');
  expect(code).toBe(1);
  expect(err).toMatch(
    /line 2: the call comes before the ticket[\s\S]*line 3: office or queue is empty[\s\S]*line 4: ticket “three”[\s\S]*line 5: call_min/,
  );
});

const misuses: [args: string[], code: number, says: RegExp][] = [
  [['replay'], 2, /missing required argument 'file'/],
  [['replay', 'nowhere.csv', '--date', '2020-01-13'], 3, /There is no file or folder nowhere\.csv/],
  [['replay', 'x.csv', '--date', '2020-02-30'], 2, /must be a date/],
  [['replay', 'x.csv', '--date', '2020-01-13', '--mode', 'magic'], 2, /as-recorded or windows/],
  [['serve', '--port', 'eighty'], 2, /--port must be a whole number/],
  [['serve', '--clock', 'sundial'], 2, /real, demo or replay/],
  [['serve', '--unknown'], 2, /unknown/i],
  [['bench', 'nonsense'], 2, /no benchmark/],
  [['bench', 'nonsense', '--quick', '--seed', '3', '--queries', 'none.csv'], 2, /no benchmark/],
  [['nonsense'], 2, /unknown command/],
  [['dcotor'], 2, /Did you mean doctor/],
  [['serve', '--prot', '1'], 2, /Did you mean --port/],
  [['verify', '--audit', 'extra'], 2, /too many arguments/],
  [['import', 'network', 'nowhere.json'], 3, /There is no file or folder nowhere\.json/],
  [['agent', '--url', 'okno'], 2, /--url must be an address such as .*not “okno”/],
  [['person', 'forget', 'x'], 2, /“x” is not an id of a person/],
  ...[['verify'], ['signs', '--centre', '1'], ['export', 'passports'], ['key', 'k']].map(
    (words): [string[], number, RegExp] => [[...words, '--config', 'nowhere.toml'], 1, /nowhere\.toml cannot be read/],
  ),
  [['calc', 'magic'], 2, /no calculation/],
  [['calc', 'reserve', '--waiting', '10'], 2, /--open is missing: windows open/],
  [
    ['calc', 'overbook', '--capacity', '10', '--show', '2', '--idle-cost', '1', '--over-cost', '2'],
    2,
    /--show .* must be a number from/,
  ],
  [['calc', 'erlang-c', '--per-hour', 'many', '--service-min', '12', '--windows', '13'], 2, /--per-hour .* not “many”/],
];
test.each(misuses)('okno %j is refused with a sentence', async (args, code, says) => {
  const result = await okno(...args);
  expect(result.code).toBe(code);
  expect(result.err).toMatch(says);
});

test('an agent without its server, or with a broken file of its own, says so', async () => {
  const own = join(folder, 'agent');
  const away = await okno('agent', '--url', 'http://127.0.0.1:1', '--folder', own);
  expect([away.code, away.err]).toEqual([
    4,
    expect.stringMatching(/The server at http:\/\/127\.0\.0\.1:1 cannot be reached .*--url/),
  ]);
  writeFileSync(join(own, 'device.json'), '{"privateKey":');
  const broken = await okno('agent', '--url', 'http://127.0.0.1:1', '--folder', own);
  expect([broken.code, broken.err]).toEqual([1, expect.stringMatching(/device\.json is broken.*pair it again/)]);
});

const calculations: [args: string, result: object][] = [
  ['reserve --waiting 10 --open 12 --service-min 12 --target-min 7', { windows: 6 }],
  ['overbook --capacity 10 --show 0.85 --idle-cost 1 --over-cost 2', { book: 11, cost: expect.closeTo(1.15202973, 7) }],
  [
    'erlang-c --per-hour 60 --service-min 12 --windows 13 --over-min 15',
    { pWait: expect.closeTo(0.704387656, 8), pOver: expect.closeTo(0.201810442, 8) },
  ],
  ['eta --ahead 11 --service-min 12 --windows 4 --from-min 30 --then-windows 8', { etaMin: 33 }],
];
test.each(calculations)('okno calc %s', async (args, result) => {
  const { code, out } = await okno('calc', ...args.split(' '), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject(result);
});

test('demo data never become real ones, nor the other way round', async () => {
  const demo = join(folder, 'demo');
  await (
    await startProgram([
      'serve',
      '--clock',
      'demo',
      '--shown-at',
      '2026-02-19T10:40:00+03:00',
      '--data',
      demo,
      '--port',
      '0',
    ])
  ).stop();
  const asReal = await okno('serve', '--data', demo, '--port', '0');
  expect([asReal.code, asReal.err]).toEqual([
    1,
    expect.stringContaining('made with the demo clock, but this start uses the real one'),
  ]);
  const real = join(folder, 'real');
  await (await startProgram(['serve', '--data', real, '--port', '0'])).stop();
  const asDemo = await okno(
    'serve',
    '--clock',
    'demo',
    '--shown-at',
    '2026-02-19T10:40:00+03:00',
    '--data',
    real,
    '--port',
    '0',
  );
  expect([asDemo.code, asDemo.err]).toEqual([
    1,
    expect.stringContaining('made with the real clock, but this start uses the demo one'),
  ]);
});

test('a port that is taken is said, with what to do', async () => {
  const first = await startProgram(['serve', '--data', join(folder, 'one'), '--port', '0']);
  const second = await okno('serve', '--data', join(folder, 'two'), '--port', new URL(first.url).port);
  await first.stop();
  expect([second.code, second.err]).toEqual([
    3,
    expect.stringMatching(/Port \d+ is taken. Choose another one: --port/),
  ]);
});

/** Every command and what is below it, as words. */
const commandWords = COMMANDS.flatMap(({ name, below = [] }) => [[name], ...below.map((part) => [name, part.name])]);

test('every command has help with an example, and the top of it fits on a screen', async () => {
  const top = await okno('--help');
  expect(top.out.split('\n').length).toBeLessThanOrEqual(50);
  for (const words of commandWords) {
    const { code, out } = await okno(...words, '--help');
    expect([words, code]).toEqual([words, 0]);
    if (words[0] !== 'calc') expect(out).toMatch(/Usage: okno[\s\S]*Examples?:\n {2}okno /);
  }
});

test('help, version and completion say what they should, without a server being loaded', async () => {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  for (const words of [['version'], ['--version'], ['-v']]) expect((await okno(...words)).out).toBe(`${version}\n`);
  expect((await okno('help', 'backup')).out).toMatch(/--to <folder>/);
  expect((await okno()).code).toBe(0);
  for (const shell of ['bash', 'zsh', 'fish'])
    expect((await okno('completion', shell)).out).toMatch(/import.*history/s);
  expect((await okno('completion', 'tcsh')).code).toBe(2);
  const loaded = readFileSync(join(projectRoot, 'cli/main.ts'), 'utf8').match(/^import .* from '\.\..*'/gm);
  expect(loaded).toEqual([`import { version } from '../server/version.ts'`]);
});

test('where the data are is said once: a folder or a database', async () => {
  const env = { ...process.env, DATABASE_URL: 'postgres://okno@127.0.0.1:1/okno' };
  const ask = (...args: string[]) =>
    new Promise<{ code: number; err: string }>((resolve) => {
      execFile(process.execPath, [join(projectRoot, 'bin/okno.js'), ...args], { env }, (error, _out, err) =>
        resolve({ code: Number(error?.code ?? 0), err }),
      );
    });
  expect(await ask('verify', '--data', folder)).toEqual({
    code: 2,
    err: expect.stringMatching(/which of them is meant/),
  });
  const unreached = await ask('verify');
  expect(unreached).toEqual({
    code: 4,
    err: expect.stringMatching(/Nobody answers at 127\.0\.0\.1:1\. Start the database/),
  });
  expect(unreached.err).not.toMatch(/ECONNREFUSED|\n {4}at /);
});

test('a city without days is sound, a key for a centre that is not there is refused, and a reader may stop reading', async () => {
  const data = join(folder, 'empty');
  expect(await okno('verify', '--data', data)).toMatchObject({ code: 0, out: expect.stringMatching(/no days yet/) });
  const key = await okno('key', 'kiosk', '--role', 'kiosk', '--centre', '999', '--data', data);
  expect([key.code, key.err]).toEqual([2, expect.stringMatching(/there is no centre 999; there are none yet/)]);
  const { findings } = JSON.parse((await okno('doctor', '--data', data, '--json')).out) as { findings: object[] };
  expect(findings).toContainEqual(expect.objectContaining({ name: 'master key', state: 'look' }));
  expect(JSON.parse((await okno('config', '--json')).out)).toMatchObject({ choices: expect.any(Array) as unknown[] });
  const head = await new Promise<{ err: string }>((resolve) => {
    const line = `"${process.execPath}" "${join(projectRoot, 'bin/okno.js')}" config --example | head -n 1`;
    execFile('sh', ['-c', line], (_error, _out, err) => resolve({ err }));
  });
  expect(head.err).toBe('');
});
