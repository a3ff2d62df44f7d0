import { connect, type Socket } from 'node:net';

/** Boards that listen to the live stream of their halls, as cheaply as one process can. */
export interface Boards {
  /** Milliseconds from the request that took a ticket to each board that showed it. */
  readonly delays: number[];
  /** How many events came in. */
  readonly events: () => number;
  /** A ticket is asked for now; its id is the visit's. */
  asked(visitId: string): void;
  close(): void;
}

const TAKEN = /"kind":"visit-taken","body":\{"visitId":"([0-9a-f-]{36})"/g;
const CONNECTED_AT_ONCE = 200;

/** Opens so many boards at a node, evenly over the centres, and waits until each has its hall. */
export async function openBoards(url: string, boards: number, centres: number): Promise<Boards> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  let events = 0;
  const open = (board: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      sockets.push(socket);
      socket.once('error', reject);
      socket.setEncoding('utf8');
      socket.write(`GET /api/centres/${1 + (board % centres)}/live HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
      socket.on('data', (text: string) => {
        if (text.includes('event: hall')) resolve();
        events += text.split('event: queue').length - 1;
        for (const [, visitId = ''] of text.matchAll(TAKEN)) {
          const sent = sentAt.get(visitId);
          if (sent !== undefined) delays.push(performance.now() - sent);
        }
      });
    });
  for (let from = 0; from < boards; from += CONNECTED_AT_ONCE) {
    const batch = Math.min(CONNECTED_AT_ONCE, boards - from);
    await Promise.all(Array.from({ length: batch }, (_, index) => open(from + index)));
  }
  return {
    delays,
    events: () => events,
    asked: (visitId) => void sentAt.set(visitId, performance.now()),
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
