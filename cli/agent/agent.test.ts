import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openLedLine } from './led.ts';
import { print } from './printer.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A network device of our own; gives where it listens and what it was sent. */
async function listen(hear: (socket: Socket, bytes: Buffer) => void) {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard.push(bytes);
      hear(socket, bytes);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, said: () => Buffer.concat(heard) };
}

/** A printer that answers what it is asked about its cover and its paper. */
function printer(cover: () => number, paper: () => number) {
  return listen((socket, bytes) => {
    for (
      let at = bytes.indexOf(Buffer.from([0x10, 0x04]));
      at >= 0;
      at = bytes.indexOf(Buffer.from([0x10, 0x04]), at + 3)
    )
      socket.write(Buffer.from([bytes[at + 2] === 2 ? cover() : paper()]));
  });
}

const paper = {
  lines: [
    { text: 'П041', size: 'huge', centred: true },
    { text: 'Окно — «Хамовники»\u001b@', size: 'plain', centred: false },
  ],
  qr: 'https://okno.example/v#abc',
} as const;
const ticket = { lines: [...paper.lines], qr: paper.qr };

test('a ticket is printed in the printer’s own letters, with its code, and cut', async () => {
  const device = await printer(
    () => 0x12,
    () => 0x12,
  );
  expect(await print(device, ticket)).toBeNull();
  const said = device.said();
  expect(said.includes(Buffer.from([0x1b, 0x74, 17]))).toBe(true);
  // П041 in code page 866, four times as large.
  expect(said.includes(Buffer.from([0x1d, 0x21, 0x33, 0x8f, 0x30, 0x34, 0x31, 0x0a]))).toBe(true);
  expect(said.includes(Buffer.from('https://okno.example/v#abc'))).toBe(true);
  expect(said.includes(Buffer.from([0x1d, 0x56, 66, 80]))).toBe(true);
});

test('the agent says what prevents printing: an open cover, no paper before and after, a printer that is gone or dies', async () => {
  const open = await printer(
    () => 0x16,
    () => 0x12,
  );
  expect(await print(open, ticket)).toBe('cover-open');
  expect(open.said().includes(Buffer.from([0x1d, 0x56]))).toBe(false);
  const empty = await printer(
    () => 0x12,
    () => 0x72,
  );
  expect(await print(empty, ticket)).toBe('paper-out');
  let asked = 0;
  const ending = await printer(
    () => 0x12,
    () => ((asked += 1) === 1 ? 0x12 : 0x72),
  );
  expect(await print(ending, ticket)).toBe('paper-out');
  const dying = await listen((socket, bytes) =>
    bytes.length > 3 ? socket.destroy() : socket.write(Buffer.from([0x12])),
  );
  expect(await print(dying, ticket)).toBe('not-printed');
  const { port } = await listen(() => undefined);
  for (const server of servers.splice(0)) server.close();
  expect(await print({ host: '127.0.0.1', port }, ticket)).toBe('printer-gone');
});

test('the line of lights shows the newest text, also after it was away', async () => {
  const sockets: Socket[] = [];
  const device = await listen((socket) => void sockets.push(socket));
  const line = openLedLine(device);
  line.show('П041 → 3');
  await expect.poll(() => device.said().toString()).toBe('П041 → 3\r\n');
  for (const socket of sockets) socket.destroy();
  line.show('П042 → 1');
  await expect.poll(() => device.said().toString()).toMatch(/П042 → 1\r\n$/);
  line.close();
});
