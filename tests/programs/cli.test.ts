import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from '../../bench/program.ts';
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
  [['replay'], 2, /name the file/],
  [['replay', 'nowhere.csv', '--date', '2020-01-13'], 1, /ENOENT/],
  [['replay', 'x.csv', '--date', '2020-02-30'], 2, /must be a date/],
  [['replay', 'x.csv', '--date', '2020-01-13', '--mode', 'magic'], 2, /as-recorded or windows/],
  [['serve', '--port', 'eighty'], 2, /--port must be a whole number/],
  [['serve', '--clock', 'sundial'], 2, /real, demo or replay/],
  [['serve', '--unknown'], 2, /unknown/i],
  [['bench', 'nonsense'], 2, /no benchmark/],
  [['nonsense'], 2, /no command/],
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
    expect.stringContaining('demo clock and this start wants the real one'),
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
    expect.stringContaining('real clock and this start wants the demo one'),
  ]);
});

test('a port that is taken is said, with what to do', async () => {
  const first = await startProgram(['serve', '--data', join(folder, 'one'), '--port', '0']);
  const second = await okno('serve', '--data', join(folder, 'two'), '--port', new URL(first.url).port);
  await first.stop();
  expect([second.code, second.err]).toEqual([
    1,
    expect.stringMatching(/Port \d+ is taken. Choose another one: --port/),
  ]);
});
