import { createDecipheriv, createECDH, hkdfSync, randomBytes, verify, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, SIDOROV, testPassport } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../../tests/support/test-node.ts';

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const tls = (name: string) => readFileSync(join(import.meta.dirname, '../../../../tests/support/tls', name), 'utf8');
const heard: Heard[] = [];
let service: Server;
let host: string;
let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

/** The service of a browser's maker: it takes what comes to an address that it knows. */
beforeAll(async () => {
  service = createServer({ cert: tls('cert.pem'), key: tls('key.pem') }, (request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      reply.writeHead(request.url === '/gone' ? 410 : 201).end();
    });
  });
  await new Promise<void>((resolve) => void service.listen(0, '127.0.0.1', resolve));
  host = `https://localhost:${(service.address() as AddressInfo).port}`;
  const database = await cloneDatabase();
  drop = database.drop;
  const outward = { resolve: async () => ['127.0.0.1'], isAllowed: () => true, ca: tls('cert.pem') };
  const post = { mail: null, sms: null, site: 'https://okno.example', outward };
  node = await startTestNode(database.url, [testCentre(1)], 0, { post });
  work = caseWork(node);
  await work.publish('own', testPassport({ agency: null }));
});

afterAll(async () => {
  await node.close();
  await drop();
  service.close();
});

/** A browser: its keys, and what it reads of a message (RFC 8291, RFC 8188), calculated here from the texts of the standards. */
function browser(path: string) {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const auth = randomBytes(16);
  const derive = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, length));
  return {
    place: { endpoint: host + path, p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') },
    read: (body: Buffer): Record<string, string> => {
      const [salt, keyLength] = [body.subarray(0, 16), body[20] as number];
      const sender = body.subarray(21, 21 + keyLength);
      const sealed = body.subarray(21 + keyLength);
      const about = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
      const shared = derive(pair.computeSecret(sender), auth, about, 32);
      const key = derive(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = derive(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
      const cipher = createDecipheriv('aes-128-gcm', key, nonce);
      cipher.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as Record<string, string>;
    },
  };
}

const tell = (receipt: object, place: object, language = 'ru') =>
  work.problem('POST', '/api/application-status/browsers', { ...receipt, language, browser: place });

async function registered(surname: string, more: object = {}) {
  const person = await work.person({ ...SIDOROV, surname, snils: undefined, documents: [] });
  const draft = await work.begin('own', person);
  const { applicationId } = await work.write(draft, more);
  const { number, code } = await work.move(applicationId, 'register');
  return { applicationId, receipt: { number, code } };
}

test('a browser is notified as well as by letter, sealed for it alone and signed by the city; each message once', async () => {
  const { applicationId, receipt } = await registered('Первая', { contact: { phone: '+79161234567', language: 'ru' } });
  const [one, other] = [browser('/one'), browser('/other')];
  for (let again = 0; again < 2; again += 1) expect((await tell(receipt, one.place)).status).toBeLessThan(300);
  expect((await tell(receipt, other.place, 'en')).status).toBeLessThan(300);
  await work.move(applicationId, 'decide-positive');
  await expect.poll(() => heard.length).toBe(2);
  const [first, second] = heard.toSorted((a, b) => b.path.localeCompare(a.path)) as [Heard, Heard];
  expect(other.read(first.body)).toMatchObject({ title: 'Your papers are ready', language: 'en' });
  const said = one.read(second.body);
  expect(said).toMatchObject({ title: 'Документы готовы', language: 'ru' });
  expect(said['text']).toContain(receipt.number);
  expect(first.body.toString('latin1')).not.toContain('ready');

  // Signed with the key that browsers subscribe with (RFC 8292), for this service and no other.
  const { key } = await work.must<{ key: string }>('GET', '/api/push-key');
  const [, token = '', shown] = /^vapid t=([^,]+), ?k=(.+)$/.exec(String(first.headers.authorization)) ?? [];
  expect(shown).toBe(key);
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const [head, claims, signature = ''] = token.split('.');
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  expect(isSigned).toBe(true);
  expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())).toMatchObject({
    aud: host,
    sub: 'https://okno.example',
  });

  const { notices } = await work.read(applicationId);
  const ready = notices.filter(({ kind }) => kind === 'application-ready');
  expect(ready.map(({ way }) => way).toSorted()).toEqual(['push', 'push', 'sms']);
  const { rows } = await node.database.pool
    .query(`select address from notice_address where address like '%localhost%' and notice_id in
    (select notice_id from notice where state in ('sent', 'failed'))`);
  expect(rows).toEqual([]);
});

test('a browser alone is enough; one that is told no more is not, and one that is gone is not tried again', async () => {
  const { applicationId, receipt } = await registered('Вторая');
  const [kept, off, gone] = [browser('/kept'), browser('/off'), browser('/gone')];
  for (const { place } of [off, kept, gone]) await tell(receipt, place);
  await work.must('POST', '/api/application-status/browsers/forget', { ...receipt, endpoint: off.place.endpoint });
  await work.move(applicationId, 'decide-positive');
  const notices = async () =>
    (await work.read(applicationId)).notices
      .filter(({ kind }) => kind === 'application-ready')
      .map(({ way, state, fault }) => [way, state, fault])
      .toSorted();
  await expect.poll(notices).toEqual([
    ['push', 'failed', 'browser-gone'],
    ['push', 'sent', null],
  ]);
  expect(heard.filter(({ path }) => path === '/off')).toEqual([]);
  expect(heard.filter(({ path }) => path === '/gone')).toHaveLength(1);
});

test('three browsers at most; nobody without the receipt; no address within this network, and none without TLS', async () => {
  const { receipt } = await registered('Третья');
  const four = [1, 2, 3, 4].map((count) => browser(`/many-${count}`));
  for (const { place } of four) expect((await tell(receipt, place)).status).toBeLessThan(300);
  expect((await tell({ ...receipt, code: 'AAAAAAAA' }, browser('/x').place)).code).toBe('unknown-application');
  const { place } = browser('/x');
  for (const endpoint of ['http://push.example/x', 'https://192.168.0.1/x', 'https://user:p@push.example/x', 'push'])
    expect((await tell(receipt, { ...place, endpoint })).code).toBe('browser-not-told');
  expect((await tell(receipt, { ...place, p256dh: 'short' })).status).toBe(400);
  const { rows } = await node.database.pool.query<{ sealed: Buffer }>('select sealed from application');
  expect(rows.map(({ sealed }) => sealed.toString('latin1')).join('')).not.toContain('many-');
});
