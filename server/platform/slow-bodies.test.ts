import fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { limitConnections } from './connections.ts';
import { cutSlowBodies } from './slow-bodies.ts';

let app: FastifyInstance | null = null;

afterEach(async () => {
  await app?.close();
  app = null;
});

async function listening(prepare: (app: FastifyInstance) => void): Promise<() => Socket> {
  app = fastify({ forceCloseConnections: true });
  prepare(app);
  app.post('/small', () => 'done');
  app.post('/refused', { onRequest: (_request, reply) => void reply.code(401).send('no') }, () => 'done');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return () => connect(port, '127.0.0.1');
}

/** What a server says until it ends the connection. */
async function saidTo(socket: Socket, sent: string): Promise<string> {
  let said = '';
  socket.on('data', (part) => (said += part.toString()));
  socket.on('error', () => undefined);
  socket.write(sent);
  await once(socket, 'close');
  return said;
}

const head = (path: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nabc`;

test('a small body that does not come is not waited for', async () => {
  const open = await listening((one) => cutSlowBodies(one, 2_000_000, { smallBodyMs: 50, afterAnswerMs: 60_000 }));
  expect(await saidTo(open(), head('/small'))).toMatch(/^HTTP\/1.1 408 /);
});

test('who goes on sending after the answer is cut off', async () => {
  const open = await listening((one) => cutSlowBodies(one, 2_000_000, { smallBodyMs: 60_000, afterAnswerMs: 50 }));
  expect(await saidTo(open(), head('/refused'))).toMatch(/^HTTP\/1.1 401 /);
});

test('of a large body that nobody wants, no more is read: its connection ends with the answer', async () => {
  const open = await listening((one) => cutSlowBodies(one, 500, { smallBodyMs: 60_000, afterAnswerMs: 50 }));
  expect(await saidTo(open(), head('/refused'))).toMatch(/^HTTP\/1.1 401 .*connection: close/is);
});

test('one address holds so many connections and no more, and has them again when it gives some back', async () => {
  const door = { tls: null, behindProxy: [], connectionsPerAddress: 2 };
  const open = await listening((one) => limitConnections(one, door));
  const held = [open(), open()];
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  expect(await saidTo(open(), '')).toBe('');
  const first = held[0] as Socket;
  first.destroy();
  await once(first, 'close');
  const ask = head('/small').replace('1000', '3').replace('Host: x', 'Host: x\r\nConnection: close');
  // The server hears of the end of a connection a moment after it.
  let said = '';
  while (said === '') said = await saidTo(open(), ask);
  expect(said).toMatch(/^HTTP\/1.1 200 /);
  held[1]?.destroy();
});

test('a proxy that was named brings as many as it has', async () => {
  const door = { tls: null, behindProxy: ['127.0.0.0/8'], connectionsPerAddress: 1 };
  const open = await listening((one) => limitConnections(one, door));
  const held = [open(), open(), open()];
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  const ask = head('/small').replace('1000', '3').replace('Host: x', 'Host: x\r\nConnection: close');
  expect(await saidTo(open(), ask)).toMatch(/^HTTP\/1.1 200 /);
  for (const socket of held) socket.destroy();
});
