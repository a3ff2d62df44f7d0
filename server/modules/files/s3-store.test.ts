import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { s3Store } from './index.ts';

const SECRET = 'se/cret+with=signs';
const objects = new Map<string, Buffer>();
let server: Server;
let host: string;
let failures: number;

/**
 * The signature that a request has to bear, by the rules of signature version 4 (docs.aws.amazon.com, "Create a signed AWS API request"),
 * calculated here again from the request on the wire.
 */
function signatureOf(request: IncomingMessage, bytes: Buffer): string {
  const [, scope = '', signed = ''] =
    /Credential=KEY\/([^,]+), ?SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '') ?? [];
  const [date = '', region = '', service = ''] = scope.split('/');
  const hashed = request.headers['x-amz-content-sha256'];
  if (hashed !== createHash('sha256').update(bytes).digest('hex')) return 'the body is another';
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, request.url, '', headers.join(''), signed, hashed].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    `AWS4${SECRET}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex');
}

function answer(request: IncomingMessage, bytes: Buffer): { status: number; body?: Buffer | string } {
  if (failures > 0) {
    failures -= 1;
    return { status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
  }
  const path = request.url ?? '';
  const given = /Signature=([0-9a-f]{64})/.exec(request.headers.authorization ?? '')?.[1];
  if (given !== signatureOf(request, bytes))
    return { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
  if (!path.startsWith('/scans/moscow/')) return { status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' };
  if (request.method === 'PUT') objects.set(path, bytes);
  else if (request.method === 'DELETE') objects.delete(path);
  else if (!objects.has(path)) return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  return { status: request.method === 'DELETE' ? 204 : 200, body: objects.get(path) ?? '' };
}

beforeEach(async () => {
  failures = 0;
  server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { status, body } = answer(request, Buffer.concat(parts));
      reply.writeHead(status).end(request.method === 'GET' || status >= 400 ? body : undefined);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
});

const bucket = (secret = SECRET, path = 'scans/moscow') =>
  s3Store(`http://KEY:${encodeURIComponent(secret)}@${host}/${path}?region=ru-central1`);

test('a file is put into a bucket, given back as it was, and removed; what is not there is null', async () => {
  const store = bucket();
  const fileId = randomUUID();
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
  expect(await store.get(fileId)).toBeNull();
  await store.put(fileId, bytes);
  expect(objects.has(`/scans/moscow/${fileId.slice(0, 2)}/${fileId.slice(2, 4)}/${fileId}`)).toBe(true);
  expect((await store.get(fileId))?.equals(bytes)).toBe(true);
  await store.put(fileId, Buffer.from('resealed'));
  expect((await store.get(fileId))?.toString()).toBe('resealed');
  await store.remove(fileId);
  await store.remove(fileId);
  expect(await store.get(fileId)).toBeNull();
});

test('a store that is busy is asked again', async () => {
  failures = 2;
  const fileId = randomUUID();
  await bucket().put(fileId, Buffer.from('a'));
  expect((await bucket().get(fileId))?.toString()).toBe('a');
});

test('what is wrong with the store is said without its secret, and is never taken for a missing file', async () => {
  const fileId = randomUUID();
  const said = async (work: Promise<unknown>) => work.then(String, (error: Error) => error.message);
  expect(await said(bucket('wrong').put(fileId, Buffer.from('a')))).toBe(
    `the file store at http://${host} answered 403: SignatureDoesNotMatch`,
  );
  expect(await said(bucket(SECRET, 'other').get(fileId))).toMatch(/answered 404: NoSuchBucket$/);
  expect(await said(bucket(SECRET, 'other').remove(fileId))).toMatch(/answered 404: NoSuchBucket$/);
  server.close();
  const gone = await said(s3Store('http://KEY:hidden@127.0.0.1:1/b').put(fileId, Buffer.from('a')));
  expect(gone).toMatch(/^the file store at http:\/\/127\.0\.0\.1:1 does not answer/);
  expect(gone).not.toMatch(/hidden/);
});
