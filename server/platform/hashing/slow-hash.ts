import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { refuse } from '../../../core/problems.ts';
import { HASH_THREAD, type HashOrder, type HashSaid } from './hash-thread.ts';

/** How many slow hashes are made at once, and how many may wait for that. */
export interface HashLimits {
  readonly threads: number;
  readonly waitingMax: number;
  /** Of those that wait: so many for one asker, so that a flood from one place leaves room for others. */
  readonly waitingMaxOfOne: number;
}

/** Hashes of passwords and codes, which are slow by intent. */
export interface SlowHashes {
  /** Throws too-many-requests when nobody more from this place may wait: asked before anything else is done for the request. */
  mustHaveRoom(who: string): void;
  /** Makes a hash when its turn comes. Throws too-many-requests. */
  make(order: HashOrder, who: string): Promise<Buffer>;
  /** How many are being made, and how many wait. */
  readonly load: { readonly made: number; readonly waiting: number };
}

interface Turn {
  readonly order: HashOrder;
  readonly who: string;
  readonly done: (hash: Buffer) => void;
  readonly failed: (error: Error) => void;
}

/**
 * Slow hashes run in threads of their own. In the pool in which Node reads files, resolves names and inflates bodies a
 * flood of sign-ins would keep all of these waiting.
 */
export function openSlowHashes({ threads, waitingMax, waitingMaxOfOne }: HashLimits): SlowHashes {
  const idle: Thread[] = [];
  const waiting: Turn[] = [];
  let made = 0;

  const hasRoom = (who: string) =>
    made < threads ||
    (waiting.length < waitingMax && waiting.filter((turn) => turn.who === who).length < waitingMaxOfOne);
  const mustHaveRoom = (who: string) => {
    if (!hasRoom(who)) refuse('too-many-requests', {});
  };
  const next = () => {
    const turn = made < threads ? waiting.shift() : undefined;
    if (turn === undefined) return;
    made += 1;
    const thread = idle.pop() ?? begin();
    void thread
      .make(turn.order)
      .then(turn.done, turn.failed)
      .finally(() => {
        if (thread.isAlive()) idle.push(thread);
        made -= 1;
        next();
      });
  };

  return {
    mustHaveRoom,
    make: (order, who) =>
      new Promise((done, failed) => {
        mustHaveRoom(who);
        waiting.push({ order, who, done, failed });
        next();
      }),
    get load() {
      return { made, waiting: waiting.length };
    },
  };
}

interface Thread {
  make(order: HashOrder): Promise<Buffer>;
  isAlive(): boolean;
}

function begin(): Thread {
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(isSource ? './hash-thread.ts' : './hash-thread.js', import.meta.url), {
    workerData: HASH_THREAD,
  });
  let isAlive = true;
  let said: (said: HashSaid) => void = () => undefined;
  worker.on('message', (answer: HashSaid) => said(answer));
  worker.on('error', ({ name }) => {
    isAlive = false;
    said({ fault: name });
  });
  worker.on('exit', () => {
    isAlive = false;
    said({ fault: 'the thread ended' });
  });
  return {
    make: async (order) => {
      // A thread keeps the program alive only while it works.
      worker.ref();
      const answer = await new Promise<HashSaid>((resolve) => {
        said = resolve;
        worker.postMessage(order);
      });
      worker.unref();
      if ('fault' in answer) throw new Error(`a hash could not be made: ${answer.fault}`);
      return Buffer.from(answer.hash);
    },
    isAlive: () => isAlive,
  };
}

/** Half of the processors stay with the halls. With a few hundredths of a second for each, the last one waits about a second. */
export const slowHashes = openSlowHashes({
  threads: Math.max(1, Math.floor(availableParallelism() / 2)),
  waitingMax: 32,
  waitingMaxOfOne: 16,
});
