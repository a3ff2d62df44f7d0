import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * Boards that listen to the live stream of their halls, in a thread of their own: in a city they are other machines, and
 * must not hold up the measurement.
 */
export interface Boards {
  /** From now on every ticket is looked for in what comes, which is dear; before, it is only taken off the line. */
  look(): void;
  /** A ticket is asked for now; its id is the visit's. */
  asked(visitId: string): void;
  /** Gives the milliseconds from the request that took a ticket to each board that showed it. */
  close(): Promise<readonly number[]>;
}

interface Crowd {
  readonly url: string;
  readonly boards: number;
  readonly centres: number;
}

/** What a crowd is told: a ticket and when it was asked for, to look from now on, or to go. */
type Told = { readonly visitId: string; readonly at: number } | 'look' | 'close';

const TAKEN = /"kind":"visit-taken","body":\{"visitId":"([0-9a-f-]{36})"/g;
const CONNECTED_AT_ONCE = 200;

/** Opens so many boards at a node, evenly over the centres, and waits until each has its hall. */
export async function openBoards(url: string, boards: number, centres: number): Promise<Boards> {
  const crowd: Crowd = { url, boards, centres };
  const thread = new Worker(new URL(import.meta.url), { workerData: crowd });
  const tell = (told: Told) => thread.postMessage(told);
  await once(thread, 'message');
  return {
    look: () => tell('look'),
    asked: (visitId) => tell({ visitId, at: now() }),
    close: async () => {
      tell('close');
      const [delays] = (await once(thread, 'message')) as [number[]];
      return delays;
    },
  };
}

/** The same in every thread of this machine. */
const now = () => performance.timeOrigin + performance.now();

if (!isMainThread && parentPort !== null && 'boards' in (workerData as object)) await standAround(workerData as Crowd);

async function standAround({ url, boards, centres }: Crowd): Promise<void> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  let looks = false;
  const read = (bytes: Buffer) => {
    if (!looks) return;
    for (const [, visitId = ''] of bytes.toString('latin1').matchAll(TAKEN)) {
      const sent = sentAt.get(visitId);
      if (sent !== undefined) delays.push(now() - sent);
    }
  };
  const open = (board: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      sockets.push(socket);
      socket.once('error', reject);
      socket.write(`GET /api/centres/${1 + (board % centres)}/live HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
      const first = (bytes: Buffer) => {
        if (!bytes.includes('event: hall')) return;
        socket.off('data', first);
        socket.on('data', read);
        resolve();
      };
      socket.on('data', first);
    });
  for (let from = 0; from < boards; from += CONNECTED_AT_ONCE) {
    const batch = Math.min(CONNECTED_AT_ONCE, boards - from);
    await Promise.all(Array.from({ length: batch }, (_, index) => open(from + index)));
  }
  parentPort?.on('message', (told: Told) => {
    if (told === 'look') looks = true;
    else if (told !== 'close') sentAt.set(told.visitId, told.at);
    else {
      for (const socket of sockets) socket.destroy();
      parentPort?.postMessage(delays);
      parentPort?.close();
    }
  });
  parentPort?.postMessage('listening');
}
