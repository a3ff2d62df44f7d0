import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type WorkName, type Works, works } from './works.ts';

interface Order {
  readonly name: WorkName;
  readonly input: unknown;
}

type Said = { readonly done: number } | { readonly result: unknown } | { readonly fault: string };

/** What whoever waits for a reckoning may want. */
export interface Waiting {
  /** Ends the reckoning. */
  readonly signal?: AbortSignal;
  /** How much of it is done, from 0 to 1. */
  readonly progress?: (done: number) => void;
}

/**
 * Long reckonings run in a thread of their own, so that the halls of this node never wait for them. A thread lives for one
 * reckoning: to cancel it is to end it. Rejects with the fault of the reckoning, or with the signal's reason.
 */
export function inThread<Name extends WorkName>(
  name: Name,
  input: Parameters<Works[Name]>[0],
  { signal, progress }: Waiting = {},
): Promise<Awaited<ReturnType<Works[Name]>>> {
  signal?.throwIfAborted();
  const order: Order = { name, input };
  const worker = new Worker(new URL(import.meta.url), { workerData: { planning: order } });
  return new Promise((resolve, reject) => {
    const cancel = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (said: Said) => {
      if ('done' in said) progress?.(said.done);
      else if ('fault' in said) reject(new Error(said.fault));
      else resolve(said.result as Awaited<ReturnType<Works[Name]>>);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the reckoning “${name}” ended with ${code}`)));
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
    (error: unknown) => say({ fault: error instanceof Error ? error.message : String(error) }),
  );
}
