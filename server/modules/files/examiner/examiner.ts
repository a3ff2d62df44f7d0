import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuse } from '../../../../core/problems.ts';
import type { Answers, Examined, FileFault, Order } from './orders.ts';

/** What one file may take. Enough for the heaviest scan that the limits allow, on a slow machine. */
export interface Bounds {
  /** Of the processor: a machine that has much else to do makes no file heavier. */
  readonly workMs: number;
  /** By the clock: the end also where the system does not say what a process takes. */
  readonly patienceMs: number;
  readonly memoryMib: number;
}

const BOUNDS: Bounds = { workMs: 20_000, patienceMs: 100_000, memoryMib: 1_024 };
const PROCESSES_MAX = 2;
const WAITING_MAX = 40;
const IDLE_MS = 30_000;
const WATCH_EVERY_MS = 40;
const PAGE_KIB = 4;
/** As Linux counts the work of a process: hundredths of a second. */
const TICK_MS = 10;

const ENTRY = fileURLToPath(new URL(`./process${extname(import.meta.url)}`, import.meta.url));

/** Looks into files, and draws on them, in processes that may take so much and no more: a node goes on whatever a file does. */
export interface Examiner {
  /** Throws `too-many-requests` when too many files wait already. */
  examine(contentType: string, bytes: Buffer): Promise<Examined>;
  /** A PDF with a mark on each page; null when it cannot bear one, `too-heavy` when that takes too much. */
  mark(bytes: Buffer, words: string): Promise<Buffer | null | 'too-heavy'>;
}

type Said = { readonly answer: unknown } | { readonly unfit: FileFault } | { readonly failed: true };
type Outcome = Said | { readonly killed: true };

/** Threads would share the memory of the node, of which only JavaScript's own part can be bounded. A process can be ended at any time. */
export function openExaminer(bounds: Bounds = BOUNDS): Examiner {
  const idle: { child: ChildProcess; timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  const order = async (wanted: Order): Promise<Outcome> => {
    if (running >= PROCESSES_MAX) {
      if (waiting.length >= WAITING_MAX) refuse('too-many-requests', {});
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    const child = takeIdle(idle) ?? begin();
    try {
      const outcome = await answered(child, wanted, bounds);
      if ('killed' in outcome) child.kill('SIGKILL');
      else putIdle(idle, child);
      return outcome;
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return {
    examine: async (contentType, bytes) => {
      const said = await order({ name: 'examine', contentType, bytes });
      if ('killed' in said) return { kind: 'unfit', fault: 'too-heavy' };
      if ('unfit' in said) return { kind: 'unfit', fault: said.unfit };
      return 'answer' in said ? (said.answer as Answers['examine']) : { kind: 'unfit', fault: 'broken' };
    },
    mark: async (bytes, words) => {
      const said = await order({ name: 'mark', bytes, words });
      if ('killed' in said) return 'too-heavy';
      return 'answer' in said && said.answer !== null ? Buffer.from(said.answer as Uint8Array) : null;
    },
  };
}

/** One for all rooms of a node. */
export const examiner: Examiner = openExaminer();

function begin(): ChildProcess {
  const child = fork(ENTRY, [], {
    serialization: 'advanced',
    // It may read the code it consists of, and that is all: no other program, no writing, and nothing of what the node was told.
    execArgv: ['--permission', '--allow-fs-read=*', '--allow-addons', '--max-old-space-size=512', '--no-warnings'],
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('error', () => undefined);
  return child;
}

function takeIdle(idle: { child: ChildProcess; timer: NodeJS.Timeout }[]): ChildProcess | null {
  for (let one = idle.pop(); one !== undefined; one = idle.pop()) {
    clearTimeout(one.timer);
    if (!one.child.connected) continue;
    one.child.ref();
    one.child.channel?.ref();
    return one.child;
  }
  return null;
}

/** A node that stops does not wait for one that nobody needs. */
function putIdle(idle: { child: ChildProcess; timer: NodeJS.Timeout }[], child: ChildProcess): void {
  const timer = setTimeout(() => {
    const place = idle.findIndex((one) => one.child === child);
    if (place >= 0) idle.splice(place, 1);
    child.kill();
  }, IDLE_MS).unref();
  child.unref();
  child.channel?.unref();
  idle.push({ child, timer });
}

async function answered(
  child: ChildProcess,
  order: Order,
  { workMs, patienceMs, memoryMib }: Bounds,
): Promise<Outcome> {
  const before = await takenBy(child);
  return new Promise<Outcome>((resolve) => {
    const end = (outcome: Outcome) => {
      clearTimeout(patience);
      clearInterval(watch);
      child.off('message', said).off('exit', gone);
      resolve(outcome);
    };
    const said = (message: unknown) => end(message as Said);
    // It ends by itself when it has no memory left, or when a reader of pictures falls over a file.
    const gone = () => end({ killed: true });
    const patience = setTimeout(gone, patienceMs);
    const watch = setInterval(() => {
      void takenBy(child).then((now) => {
        if (now.mib > memoryMib || now.workMs - before.workMs > workMs) gone();
      });
    }, WATCH_EVERY_MS);
    child.on('message', said).on('exit', gone);
    child.send(order, (error) => error !== null && gone());
  });
}

/** The memory a process has now, and its work so far; nothing where the system does not say (it does on Linux). */
async function takenBy({ pid }: ChildProcess): Promise<{ readonly mib: number; readonly workMs: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // After the name in brackets, as proc(5) has it: the 12th and 13th are its work, the 22nd its pages in memory.
  const parts = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const workMs = ((parts[11] ?? 0) + (parts[12] ?? 0)) * TICK_MS;
  return { mib: ((parts[21] ?? 0) * PAGE_KIB) / 1_024, workMs };
}
