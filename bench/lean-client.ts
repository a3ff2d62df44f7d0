import { connect, type Socket } from 'node:net';
import type { Call } from '../contract/client.ts';
import { requestOf } from '../contract/client.ts';

/** One HTTP client with one kept connection and one request at a time: a load that leaves the processor to what is measured. */
export interface LeanClient {
  /** Sends a request and gives the status and the text of the answer. */
  send(method: string, path: string, body: string | null): Promise<{ status: number; text: string }>;
  /** Calls a route of the contract. Throws an Error with the answer when it is refused. */
  readonly call: Call;
  close(): void;
}

const HEAD_END = '\r\n\r\n';

export async function openLeanClient(url: string): Promise<LeanClient> {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let waiting: { resolve: (answer: { status: number; text: string }) => void; reject: (error: Error) => void } | null =
    null;
  let received: Buffer = Buffer.alloc(0);
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const headEnd = received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = received.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const end = headEnd + HEAD_END.length + length;
    if (received.length < end) return;
    const answer = {
      status: Number(head.slice(9, 12)),
      text: received.toString('utf8', headEnd + HEAD_END.length, end),
    };
    received = received.subarray(end);
    const { resolve } = waiting ?? { resolve: () => undefined };
    waiting = null;
    resolve(answer);
  });

  const send: LeanClient['send'] = (method, path, body) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      const content =
        body === null ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
      socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${content}\r\n${body ?? ''}`);
    });
  return {
    send,
    call: (async (name, input) => {
      const { method, path, body } = requestOf(name, input);
      const { status, text } = await send(method, path, body);
      if (status >= 300) throw new Error(`${name}: ${status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as never;
    }) as Call,
    close: () => socket.destroy(),
  };
}
