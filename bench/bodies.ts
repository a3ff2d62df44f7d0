import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, figure } from './bench.ts';
import { NOON } from './city-network.ts';
import { startProgram } from './program.ts';

const BODIES = 40;
const BODY_BYTES = 19_000_000;
const PIECE = Buffer.alloc(64 * 1024, 1);
const SENDING_MS = 10_000;

/** Uploads of nineteen megabytes by nobody in particular, forty at once: what they cost the node in memory, and whether they are answered. */
export const benchBodies: Bench = async ({ quick, folder }) => {
  const node = await startProgram([
    'serve',
    '--clock',
    'demo',
    '--shown-at',
    NOON,
    '--data',
    folder,
    '--port',
    '0',
    '--require-keys',
  ]);
  try {
    // What a node needs for its first requests is not what bodies cost.
    for (let asked = 0; asked < 200; asked += 1) await fetch(`${node.url}/api/files`, { method: 'POST', body: 'x' });
    const before = residentMegabytes(node.pid);
    const { hostname, port } = new URL(node.url);
    const senders = Array.from({ length: BODIES }, () => sender(hostname, Number(port)));
    let most = before;
    for (let waited = 0; waited < (quick ? 2_000 : SENDING_MS); waited += 200) {
      await pause(200);
      most = Math.max(most, residentMegabytes(node.pid));
    }
    const answered = senders.filter(({ said }) => /^HTTP\/1.1 401 /.test(said())).length;
    for (const { socket } of senders) socket.destroy();
    return [
      figure('memory that 40 anonymous bodies of 19 MB take', 'MB', [most - before], { atMost: 20 }),
      figure('of them answered with 401', '', [answered], { atLeast: BODIES }),
    ];
  } finally {
    await node.stop();
  }
};

/** Sends as much as it is let. */
function sender(hostname: string, port: number): { socket: Socket; said: () => string } {
  const socket = connect(port, hostname);
  let said = '';
  let sent = 0;
  socket.on('data', (part: Buffer) => (said += part.toString()));
  socket.on('error', () => undefined);
  const more = () => {
    while (sent < BODY_BYTES && !socket.destroyed && socket.write(PIECE)) sent += PIECE.length;
  };
  socket.on('drain', more);
  socket.write(
    `POST /api/files?name=a.pdf HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/pdf\r\nContent-Length: ${BODY_BYTES}\r\n\r\n`,
  );
  more();
  return { socket, said: () => said };
}

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return Number(kilobytes) / 1_024;
}
