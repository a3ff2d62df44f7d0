import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDevice } from './device.ts';
import { openScanFolder } from './scan-folder.ts';

interface Sent {
  readonly query: URLSearchParams;
  readonly name: string;
  readonly text: string;
  readonly type: string | undefined;
}

let server: Server;
let root: string;
let sent: Sent[];
let answer: () => { status: number; body: object } | null;

const nameIn = (disposition = '') => decodeURIComponent(disposition.replace(/^attachment; filename\*=UTF-8''/, ''));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'okno-scans-'));
  sent = [];
  answer = () => ({ status: 200, body: { fileId: 'x', state: 'clean' } });
  server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      sent.push({
        query,
        name: nameIn(request.headers['content-disposition']),
        text: Buffer.concat(parts).toString(),
        type: request.headers['content-type'],
      });
      const said = answer();
      if (said === null) request.socket.destroy();
      else reply.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.close();
  await rm(root, { recursive: true, force: true });
});

async function folderOf() {
  const device = await openDevice(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, join(root, 'agent'));
  device.paired('token', 7);
  const scans = join(root, 'scans');
  await mkdir(join(scans, '3'), { recursive: true });
  const said: string[] = [];
  return { scans, said, ...openScanFolder(scans, device, (line) => said.push(line)) };
}

test('a scan is uploaded once it is complete, with the window of its folder, and is then removed', async () => {
  const { scans, bring } = await folderOf();
  await writeFile(join(scans, '3', 'Скан 1.pdf'), '%PDF half');
  await writeFile(join(scans, 'shared.jpg'), 'picture');
  expect(await bring()).toBe(0);
  await appendFile(join(scans, '3', 'Скан 1.pdf'), ' and half');
  expect(await bring()).toBe(1);
  expect(await bring()).toBe(1);
  expect(await bring()).toBe(0);
  expect(sent.map(({ text, type, name, query }) => [text, type, name, query.get('window')])).toEqual([
    ['picture', 'application/octet-stream', 'shared.jpg', null],
    ['%PDF half and half', 'application/octet-stream', 'Скан 1.pdf', '3'],
  ]);
  expect(await readdir(join(scans, '3'))).toEqual([]);
});

test('what is no scan stays where it is: links, empty and unfinished files, other folders', async () => {
  const { scans, bring } = await folderOf();
  await writeFile(join(root, 'secret'), 'not a scan');
  await symlink(join(root, 'secret'), join(scans, 'link.pdf'));
  await symlink(root, join(scans, '4'));
  await writeFile(join(scans, 'empty.pdf'), '');
  await writeFile(join(scans, 'page.pdf.part'), 'unfinished');
  await mkdir(join(scans, 'other'));
  await writeFile(join(scans, 'other', 'a.pdf'), 'a');
  for (let look = 0; look < 3; look += 1) expect(await bring()).toBe(0);
  expect(sent).toEqual([]);
});

test('a lost answer: the scan is sent again under the same name for the server; while the server is away it waits', async () => {
  const { scans, bring } = await folderOf();
  await writeFile(join(scans, 'a.pdf'), 'a');
  await writeFile(join(scans, '3', 'a.pdf'), 'a');
  await bring();
  answer = () => null;
  await expect(bring()).rejects.toThrow();
  expect(existsSync(join(scans, 'a.pdf'))).toBe(true);
  answer = () => ({ status: 503, body: { code: 'overloaded', detail: 'later' } });
  await expect(bring()).rejects.toThrow('later');
  answer = () => ({ status: 200, body: { state: 'clean' } });
  expect(await bring()).toBe(2);
  const names = sent.filter(({ query }) => !query.has('window')).map(({ query }) => query.get('sentAs'));
  expect(new Set(names).size).toBe(1);
  expect(names[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  // The same bytes for another window are another scan.
  expect(sent.at(-1)?.query.get('sentAs')).not.toBe(names[0]);
});

test('what the server refuses is put aside with the reason, and the rest goes on', async () => {
  const { scans, said, bring } = await folderOf();
  for (const round of [1, 2]) {
    await writeFile(join(scans, 'a.exe'), `program ${round}`);
    await writeFile(join(scans, 'b.pdf'), `scan ${round}`);
    await bring();
    answer = () =>
      sent.at(-1)?.name === 'a.exe'
        ? { status: 422, body: { code: 'file-type', detail: 'neither a picture nor a PDF' } }
        : { status: 200, body: { state: round === 1 ? 'clean' : 'infected' } };
    expect(await bring()).toBe(2);
  }
  expect((await readdir(join(scans, 'refused'))).toSorted()).toEqual(['2 a.exe', 'a.exe', 'b.pdf']);
  expect(said.join('\n')).toMatch(/neither a picture nor a PDF[\s\S]*virus/);
});
