import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { drawSheet, type Sheet } from './draw.ts';

const ROLE = 'drawing sheets';
/** A thread that nobody needs gives back the memory of its faces. */
const IDLE_MS = 60_000;
const PATIENCE_MS = 120_000;

type Said = { readonly id: number } & ({ readonly pdf: Uint8Array } | { readonly fault: string });

interface Waiting {
  readonly done: (pdf: Buffer) => void;
  readonly failed: (error: Error) => void;
  readonly patience: NodeJS.Timeout;
}

let thread: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
let orders = 0;
const waiting = new Map<number, Waiting>();

/**
 * Draws a sheet as a PDF in a thread of its own: a name in Chinese takes a second, for which no hall of this node waits. Rejects with an
 * Error when the sheet cannot be drawn, or takes longer than two minutes.
 */
export function drawSheetApart(sheet: Sheet): Promise<Buffer> {
  clearTimeout(idle);
  const worker = (thread ??= begin());
  worker.ref();
  const id = (orders += 1);
  return new Promise<Buffer>((done, failed) => {
    const patience = setTimeout(() => end(worker, new Error('a sheet took too long')), PATIENCE_MS).unref();
    waiting.set(id, { done, failed, patience });
    worker.postMessage({ id, sheet });
  }).finally(() => {
    if (waiting.size > 0 || thread !== worker) return;
    worker.unref();
    idle = setTimeout(() => end(worker, new Error('idle')), IDLE_MS).unref();
  });
}

function begin(): Worker {
  const worker = new Worker(new URL(import.meta.url), { workerData: ROLE });
  worker.on('message', (said: Said) => {
    const order = waiting.get(said.id);
    waiting.delete(said.id);
    clearTimeout(order?.patience);
    if ('pdf' in said) order?.done(Buffer.from(said.pdf));
    else order?.failed(new Error(said.fault));
  });
  worker.on('error', (error: Error) => end(worker, error));
  worker.on('exit', (code) => end(worker, new Error(`the thread that draws ended with ${code}`)));
  return worker;
}

/** Ends a thread; the next sheet begins another. Callers that wait for this one are told. */
function end(worker: Worker, error: Error): void {
  if (thread !== worker) return;
  thread = null;
  void worker.terminate();
  for (const { failed, patience } of waiting.values()) {
    clearTimeout(patience);
    failed(error);
  }
  waiting.clear();
}

if (!isMainThread && workerData === ROLE)
  parentPort?.on('message', ({ id, sheet }: { readonly id: number; readonly sheet: Sheet }) => {
    drawSheet(sheet).then(
      (pdf) => parentPort?.postMessage({ id, pdf }),
      (error: unknown) => parentPort?.postMessage({ id, fault: String(error) }),
    );
  });
