import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type WorkName, type Works, works } from './works.ts';

interface Order {
  readonly name: WorkName;
  readonly input: unknown;
}

type Said =
  | { readonly done: number }
  | { readonly result: unknown }
  | { readonly fault: string; readonly kind: string };

/** Options of a caller that waits for a calculation. */
export interface Waiting {
  /** Ends the calculation. */
  readonly signal?: AbortSignal;
  /** How much of it is done, from 0 to 1. */
  readonly progress?: (done: number) => void;
}

/**
 * Long calculations run in a thread of their own, so that the halls of this node never wait for them. A thread lives for one
 * calculation, and there are as many as processors: to cancel it is to end it. Rejects with the fault of the calculation, under its name, or with the signal's reason.
 */
export function inThread<Name extends WorkName>(
  name: Name,
  input: Parameters<Works[Name]>[0],
  waiting: Waiting = {},
): Promise<Awaited<ReturnType<Works[Name]>>> {
  return inTurn(() => calculate(name, input, waiting));
}

/** As many threads as processors; a later caller waits for one to end. */
const THREADS_MAX = availableParallelism();
const queue: (() => void)[] = [];
let running = 0;

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= THREADS_MAX) await new Promise<void>((resolve) => queue.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The caller that has waited longest takes this place; it is free only when nobody waits.
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function calculate<Name extends WorkName>(
  name: Name,
  input: Parameters<Works[Name]>[0],
  { signal, progress }: Waiting,
): Promise<Awaited<ReturnType<Works[Name]>>> {
  signal?.throwIfAborted();
  const order: Order = { name, input };
  const worker = new Worker(new URL(import.meta.url), { workerData: { planning: order } });
  return new Promise((resolve, reject) => {
    const cancel = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (said: Said) => {
      if ('done' in said) progress?.(said.done);
      else if ('fault' in said) reject(Object.assign(new Error(said.fault), { name: said.kind }));
      else resolve(said.result as Awaited<ReturnType<Works[Name]>>);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the calculation “${name}” ended with ${code}`)));
  }).finally(() => worker.terminate()) as Promise<Awaited<ReturnType<Works[Name]>>>;
}

function orderOf(data: unknown): Order | null {
  return typeof data === 'object' && data !== null && 'planning' in data ? (data.planning as Order) : null;
}

const order = isMainThread ? null : orderOf(workerData);
if (order !== null) {
  const say = (said: Said) => parentPort?.postMessage(said);
  const work = works[order.name] as (input: unknown, tell: (done: number) => void) => Promise<unknown>;
  work(order.input, (done) => say({ done })).then(
    (result) => say({ result }),
    (error: unknown) =>
      say(
        error instanceof Error ? { fault: error.message, kind: error.name } : { fault: String(error), kind: 'Error' },
      ),
  );
}
