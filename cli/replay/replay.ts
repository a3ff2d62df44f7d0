import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCivilDate } from '../../core/time/civil.ts';
import { startNode } from '../../server/main.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { openApi } from '../api.ts';
import { readOptions, UsageError, wholeNumber } from '../options.ts';
import { progressBar } from '../progress.ts';
import { driveAsRecorded, driveWindows } from './drive.ts';
import { figureLines, replayFigures, type ReplayFigures } from './figures.ts';
import { readRecordedDay } from './recorded-day.ts';
import { REPLAY_ZONE, replayNetwork } from './replay-network.ts';

/** How many requests may be under way: about one for each office of a day. */
const CONNECTIONS = 32;
const FAILURES_SHOWN = 5;

/** What is to be replayed, and how. */
export interface ReplaySetting {
  readonly file: string;
  readonly date: string;
  /** The windows in each office and their minutes for a visit; null: as recorded. */
  readonly windows: { readonly each: number; readonly serviceMinutes: number } | null;
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      date: { type: 'string' },
      mode: { type: 'string', default: 'as-recorded' },
      windows: { type: 'string' },
      'service-min': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    1,
  );
  const [file] = positionals;
  if (file === undefined) throw new UsageError('name the file of recorded tickets');
  if (values.date === undefined) throw new UsageError('--date is missing, such as --date 2020-01-13');
  const setting = {
    file,
    date: values.date,
    windows: windowsOption(values.mode, values.windows, values['service-min']),
  };
  const figures = await replay(setting);
  console.log(values.json ? JSON.stringify(figures) : `${setting.date}, ${values.mode}\n${figureLines(figures)}`);
  return figures.errors === 0 ? 0 : 1;
}

function windowsOption(
  mode: string,
  windows: string | undefined,
  serviceMinutes: string | undefined,
): ReplaySetting['windows'] {
  if (mode === 'as-recorded') return null;
  if (mode !== 'windows') throw new UsageError(`--mode must be as-recorded or windows, not “${mode}”`);
  const each = wholeNumber('windows', windows, { min: 1, max: 500, otherwise: 10 });
  const minutes = Number(serviceMinutes ?? 8);
  if (!(minutes > 0 && minutes <= 240))
    throw new UsageError(`--service-min must be above 0 and at most 240, not “${serviceMinutes}”`);
  return { each, serviceMinutes: minutes };
}

/** Plays a recorded day through a server of its own, on a stepped clock, in a folder that is removed afterwards. */
export async function replay({ file, date: text, windows }: ReplaySetting): Promise<ReplayFigures> {
  const date = parseCivilDate(text);
  if (date === null) throw new UsageError(`--date must be a date such as 2020-01-13, not “${text}”`);
  const tickets = await readRecordedDay(file, date, REPLAY_ZONE);
  const network = replayNetwork(tickets, date, windows?.each ?? null);
  const first = Math.min(...tickets.map(({ takenAt }) => takenAt));
  const folder = await mkdtemp(join(tmpdir(), 'okno-replay-'));
  const node = await startNode({
    place: { folder },
    host: '127.0.0.1',
    port: 0,
    clock: 'replay',
    shownAt: (kept) => kept ?? first - 3_600_000,
    prepare: (database) => importNetwork(database, network.centres),
  });
  const { call, close } = openApi(node.url, CONNECTIONS);
  const bar = progressBar(tickets.length);
  const began = performance.now();
  try {
    const setting = { api: call, date, network, tickets, progress: bar.show };
    const driven =
      windows === null ? await driveAsRecorded(setting) : await driveWindows(setting, windows.serviceMinutes);
    for (const failure of driven.failures.slice(0, FAILURES_SHOWN))
      console.error(`failed: ${(failure as Error).message}`);
    return replayFigures(driven, windows === null, (performance.now() - began) / 1_000);
  } finally {
    bar.done();
    close();
    await node.close();
    await rm(folder, { recursive: true, force: true });
  }
}
