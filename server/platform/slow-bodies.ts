import type { FastifyInstance } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';

/** The head of a request comes at once; a whole request, with twenty megabytes over a poor line, in some minutes. */
export const HEADERS_MS = 15_000;
export const REQUEST_MS = 300_000;
/** A body of some kilobytes comes at once, too; and how long a client that has had the answer may go on sending. */
const PATIENCE = { smallBodyMs: 20_000, afterAnswerMs: 5_000 };

/** Ends requests that keep a connection without getting on: a body of up to `smallBytes` that drips, and what is sent on after its answer. */
export function cutSlowBodies(app: FastifyInstance, smallBytes: number, patience = PATIENCE): void {
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (!mayHaveBody(raw.headers)) return;
    const { socket } = raw;
    if ((routeOptions.bodyLimit ?? smallBytes) > smallBytes || !(socket instanceof Socket)) return;
    const slow = setTimeout(() => {
      if (!raw.complete)
        socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () => socket.destroy());
    }, patience.smallBodyMs).unref();
    raw.once('close', () => clearTimeout(slow));
    raw.once('end', () => clearTimeout(slow));
  });
  // Of a large body that nobody wants, no more is read: the answer is the last of its connection.
  app.addHook('onSend', async ({ raw }, reply) => {
    const { socket } = raw;
    if (raw.complete || !mayHaveBody(raw.headers) || !(socket instanceof Socket)) return;
    if (Number(raw.headers['content-length'] ?? Infinity) <= smallBytes) return;
    void reply.header('connection', 'close');
    socket.destroySoon = () => endUnread(socket, patience.afterAnswerMs);
  });
  app.addHook('onResponse', async ({ raw }) => {
    const { socket } = raw;
    // What the node asks itself comes without a connection.
    if (raw.complete || !(socket instanceof Socket)) return;
    const late = setTimeout(() => void (raw.complete || socket.destroy()), patience.afterAnswerMs).unref();
    raw.once('close', () => clearTimeout(late));
    raw.once('end', () => clearTimeout(late));
  });
}

function mayHaveBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/**
 * Ends a connection of which the rest is not read. Closing it at once would take back the answer: what comes to a closed connection is told with a
 * reset, which throws away what was not read yet.
 */
function endUnread(socket: Socket, lingerMs: number): void {
  socket.end();
  const handle = Reflect.get(socket, '_handle') as { readStop?: () => void } | null;
  handle?.readStop?.();
  const over = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(over));
}
