import { argon2Sync, scryptSync } from 'node:crypto';
import { constants, setPriority } from 'node:os';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

/** What a slow hash is made of. */
export type HashOrder =
  | {
      readonly kind: 'argon2id';
      readonly message: string;
      readonly nonce: Uint8Array;
      readonly tagLength: number;
      readonly memory: number;
      readonly passes: number;
      readonly parallelism: number;
    }
  | { readonly kind: 'scrypt'; readonly message: string; readonly salt: Uint8Array; readonly bytes: number };

/** What a thread says of an order. */
export type HashSaid = { readonly hash: Uint8Array } | { readonly fault: string };

/** How a thread knows that it is one of these, and not of another part of the program. */
export const HASH_THREAD = 'slow hashes';

function hashOf(order: HashOrder): Uint8Array {
  if (order.kind === 'scrypt') return scryptSync(order.message, order.salt, order.bytes);
  const { kind, ...parameters } = order;
  return argon2Sync(kind, parameters);
}

if (!isMainThread && workerData === HASH_THREAD) {
  giveWay();
  parentPort?.on('message', (order: HashOrder) => {
    try {
      parentPort?.postMessage({ hash: hashOf(order) } satisfies HashSaid);
    } catch (error) {
      parentPort?.postMessage({ fault: error instanceof Error ? error.name : 'unknown' } satisfies HashSaid);
    }
  });
}

/** Halls come before passwords. On Linux the priority is the thread's own; elsewhere it would be the whole program's, and stays as it is. */
function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A machine that does not allow it hashes at the usual priority.
  }
}
