import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CivilDate } from '../../core/time/civil.ts';
import { startNode } from '../../server/main.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { openApi } from '../../contract/http-client.ts';
import { driveAsRecorded, driveWindows } from './drive.ts';
import { replayFigures, type ReplayFigures } from './figures.ts';
import { readRecordedDay } from '../../server/modules/planning/index.ts';
import { REPLAY_ZONE, replayNetwork } from './replay-network.ts';

/** How many requests may be under way: about one for each office of a day. */
const CONNECTIONS = 32;
const FAILURES_SHOWN = 5;

/** What is to be replayed, and how. */
export interface ReplaySetting {
  readonly file: string;
  readonly date: CivilDate;
  /** The windows in each office and their minutes for a visit; null: as recorded. */
  readonly windows: { readonly each: number; readonly serviceMinutes: number } | null;
  /** Told how many of how many tickets have been replayed. */
  readonly progress?: (done: number, total: number) => void;
}

/** Plays a recorded day through a server of its own, on a stepped clock, in a folder that is removed afterwards. */
export async function replay({ file, date, windows, progress }: ReplaySetting): Promise<ReplayFigures> {
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
  const began = performance.now();
  try {
    const setting = { api: call, date, network, tickets, progress: (done: number) => progress?.(done, tickets.length) };
    const driven =
      windows === null ? await driveAsRecorded(setting) : await driveWindows(setting, windows.serviceMinutes);
    for (const failure of driven.failures.slice(0, FAILURES_SHOWN))
      console.error(`failed: ${(failure as Error).message}`);
    return replayFigures(driven, windows === null, (performance.now() - began) / 1_000);
  } finally {
    close();
    await node.close();
    await rm(folder, { recursive: true, force: true });
  }
}
