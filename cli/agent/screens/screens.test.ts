import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { listenToHall } from '../hall-listener.ts';
import { openRepeater } from './repeater.ts';
import { openScreens } from './screens.ts';
import { openCache } from './cache.ts';

const FILM = randomBytes(3_000);
const HALL = { centreId: 5, day: '2026-02-19', seq: 7, calls: [], windows: [] };
const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** A server as the agent sees it: films, a page, a live hall; it remembers what it was asked. */
async function server() {
  const asked: IncomingMessage[] = [];
  const streams = new Set<http.ServerResponse>();
  const listening = http.createServer((request, reply) => {
    asked.push(request);
    const path = request.url ?? '';
    if (path.endsWith('/live')) {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.write(`event: hall\nid: 7\ndata: ${JSON.stringify(HALL)}\n\n`);
      streams.add(reply);
    } else if (path.startsWith('/media/'))
      reply.writeHead(200, { 'content-type': 'video/mp4', 'set-cookie': 'okno=1' }).end(FILM);
    else if (path === '/board/5')
      reply.writeHead(200, { 'content-type': 'text/html' }).end('<html><head></head>board</html>');
    else if (path === '/api/centres/5') reply.writeHead(401, { 'dpop-nonce': 'n1' }).end('{"code":"device-proof"}');
    else request.pipe(reply.writeHead(200, { 'content-type': 'application/json' }));
  });
  await new Promise<void>((resolve) => void listening.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    listening.closeAllConnections();
    listening.close();
  };
  undo.push(stop);
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return { url, stop, asked, of: (path: string) => asked.filter((request) => request.url === path).length };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'okno-screens-'));
  undo.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function agentBefore(url: string) {
  const repeater = openRepeater();
  const cache = await openCache(await folder());
  const screens = await openScreens({ url, centreId: 5, host: '127.0.0.1', port: 0, cache, repeater });
  const stop = listenToHall(url, 5, [repeater]);
  undo.push(async () => {
    stop();
    await screens.close();
  });
  return `http://127.0.0.1:${screens.port}`;
}

test('a film comes over the line once, in parts if they are asked for, and plays without the server', async () => {
  const { url, stop, of } = await server();
  const hall = await agentBefore(url);
  const first = await fetch(`${hall}/media/3`);
  expect(first.headers.get('set-cookie')).toBe(null);
  expect(Buffer.from(await first.arrayBuffer())).toEqual(FILM);
  const part = await fetch(`${hall}/media/3`, { headers: { range: 'bytes=1000-1999' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000-1999/3000']);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(FILM.subarray(1_000, 2_000));
  stop();
  expect(Buffer.from(await (await fetch(`${hall}/media/3`)).arrayBuffer())).toEqual(FILM);
  expect(of('/media/3')).toBe(1);
  expect((await fetch(`${hall}/media/4`)).status).toBe(503);
});

test('a page is told whom proofs are meant for; without the server it is as it was', async () => {
  const { url, stop } = await server();
  const hall = await agentBefore(url);
  const page = `<html><head><meta name="okno-server" content="${url}"></head>board</html>`;
  expect(await (await fetch(`${hall}/board/5`)).text()).toBe(page);
  stop();
  expect(await (await fetch(`${hall}/board/5`)).text()).toBe(page);
  const away = await fetch(`${hall}/kiosk/5`);
  expect([away.status, await away.text()]).toEqual([503, expect.stringContaining('Нет связи с сервером')]);
});

test('what a kiosk does goes to the server as it is, without cookies; refusals come back whole and are not kept', async () => {
  const { url, asked, stop } = await server();
  const hall = await agentBefore(url);
  const headers = { 'content-type': 'application/json', dpop: 'proof', authorization: 'DPoP t', cookie: 'okno=1' };
  const taken = await fetch(`${hall}/api/centres/5/days/2026-02-19/visits`, {
    method: 'POST',
    headers,
    body: '{"a":1}',
  });
  expect(await taken.json()).toEqual({ a: 1 });
  const request = asked.find(({ method }) => method === 'POST') as IncomingMessage;
  expect(request.headers).toMatchObject({ dpop: 'proof', authorization: 'DPoP t' });
  expect(request.headers.cookie).toBe(undefined);
  const refused = await fetch(`${hall}/api/centres/5`);
  expect([refused.status, refused.headers.get('dpop-nonce')]).toEqual([401, 'n1']);
  expect((await fetch(`${hall}/office`)).status).toBe(404);
  stop();
  for (const path of ['/api/centres/5', '/api/clock']) expect((await fetch(hall + path)).status).toBe(503);
  const lost = await fetch(`${hall}/api/centres/5/alerts`, { method: 'POST', headers, body: '{}' });
  expect(lost.status, 'the agent answers on when the server is away').toBe(503);
});

test('however many screens follow the hall, the server has one stream; without it theirs end', async () => {
  const { url, of, stop } = await server();
  const hall = await agentBefore(url);
  await expect.poll(() => of('/api/centres/5/live')).toBe(1);
  const read = async () => {
    const stream = (
      await fetch(`${hall}/api/centres/5/live`)
    ).body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    const { value } = await stream.read();
    expect(Buffer.from(value as Uint8Array).toString()).toContain(`event: hall\ndata: ${JSON.stringify(HALL)}`);
    return stream;
  };
  const screens = await Promise.all([read(), read(), read()]);
  expect(of('/api/centres/5/live')).toBe(1);
  stop();
  for (const screen of screens) await expect(screen.read()).rejects.toThrow();
  expect((await fetch(`${hall}/api/centres/5/live`)).status).toBe(503);
});

test('the cache stays within its size: the longest unused goes, and what was left half written', async () => {
  const place = await folder();
  const cache = await openCache(place);
  const answer = (size: number) => ({ headers: { 'content-type': 'a' }, body: randomBytes(size) });
  for (const name of ['old', 'used', 'new']) await cache.keep(name, answer(1_000));
  cache.close();
  for (const file of await readdir(place)) await utimes(join(place, file), 1, 1);
  await writeFile(join(place, 'x.half'), 'half');
  await cache.take('used');
  await cache.keep('new', answer(1_000));
  const again = await openCache(place, 2_500);
  undo.push(() => again.close());
  expect(await again.take('old')).toBe(null);
  expect((await again.take('used'))?.body.length).toBe(1_000);
  expect((await readdir(place)).length).toBe(2);
});
