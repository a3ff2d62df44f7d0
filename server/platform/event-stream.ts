import type { FastifyReply } from 'fastify';

/** A stream of server-sent events to one client. */
export interface EventStream {
  /** Sends what `frameOf` made; as bytes where many clients are sent the same. */
  send(frame: string | Buffer): void;
  readonly closed: boolean;
  /** Cuts the client off, who comes back and reads afresh. */
  cut(): void;
  onClose(then: () => void): void;
}

const HEARTBEAT_MS = 15_000;
const BUFFER_BYTES_MAX = 256 * 1024;
const RETRY_MS = 1_000;

/** One event on the wire, for as many clients as there are; `id` is what a client names in Last-Event-ID. */
export function frameOf(name: string, data: unknown, id: string): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Turns a reply into a stream. A client that reads too slowly is cut; it comes back and reads afresh. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const { raw } = reply;
  const { socket } = reply.request;
  // Without chunks what is sent is the stream itself, to the end of the connection: one write for an event, and no copy of it.
  raw.useChunkedEncodingByDefault = false;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  raw.flushHeaders();
  // Spread over a second, so that thousands of boards do not come back at once.
  socket.write(`retry: ${RETRY_MS + Math.floor(Math.random() * 1_000)}\n\n`);
  const stream: EventStream = {
    send: (frame) => {
      if (raw.destroyed) return;
      socket.write(frame);
      if (socket.writableLength > BUFFER_BYTES_MAX) socket.destroy();
    },
    get closed() {
      return raw.destroyed || raw.writableEnded;
    },
    cut: () => void socket.destroy(),
    onClose: (then) => {
      // A client that left before the stream was open will not leave again.
      if (raw.destroyed) then();
      else raw.on('close', then);
    },
  };
  const heartbeat = setInterval(() => socket.write(': still here\n\n'), HEARTBEAT_MS);
  stream.onClose(() => clearInterval(heartbeat));
  return stream;
}
