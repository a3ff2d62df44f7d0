import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { byteRange } from '../../../core/byte-range.ts';
import type { Repeater } from './repeater.ts';
import type { Kept, Cache } from './cache.ts';

interface ScreensSetting {
  /** The server, without a slash at the end. */
  readonly url: string;
  readonly centreId: number;
  /** Where screens of the hall ask; port 0 takes any. */
  readonly host: string;
  readonly port: number;
  readonly cache: Cache;
  readonly repeater: Repeater;
}

/** How an address is answered. */
type Way =
  /** From the cache; the server is asked once. */
  | 'never-changes'
  /** By the server; without it, as it was last. */
  | 'fresh-first'
  /** The same, a page: it is told who the server is, to which its proofs are addressed. */
  | 'page'
  /** Whatever the server says now. */
  | 'passed-on';

/** What screens ask for. The first line that fits counts; what fits none is not for them. */
const WAYS: readonly (readonly [method: RegExp, path: RegExp, way: Way])[] = [
  [/^GET$/, /^\/(assets|media)\/[\w.-]+$/, 'never-changes'],
  [/^GET$/, /^\/((board|kiosk|bar)\/\d+|rate\/\d+\/\d+|pair)$/, 'page'],
  [/^GET$/, /^\/shell\.js$/, 'fresh-first'],
  [/^GET$/, /^\/api\/centres\/\d+(\/(screens|media|zones))?$/, 'fresh-first'],
  [/^GET$/, /^\/api\/speech$/, 'fresh-first'],
  [/^(GET|POST|PUT|DELETE)$/, /^\/api\//, 'passed-on'],
];

const ANSWER_MS = 4_000;
/** A line that was cut says nothing: longer than between two heartbeats of a stream nobody is silent. */
const SILENCE_MS = 20_000;
/** What is asked for and what is kept may be so large. */
const BYTES_MAX = 32 * 1024 * 1024;
/** No cookie: behind the agent stand devices, not people who are signed in. */
const PASSED_UP = 'accept accept-language authorization content-length content-type dpop last-event-id range'.split(
  ' ',
);
const NOT_PASSED_DOWN = new Set(
  'connection content-length keep-alive set-cookie strict-transport-security transfer-encoding'.split(' '),
);
const KEPT_HEADERS = [
  'cache-control',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-content-type-options',
];

const AWAY =
  '<!doctype html><html lang="ru"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Окно</title>' +
  '<p>Нет связи с сервером. Страница откроется сама, когда связь вернётся.' +
  '<p lang="en">The server cannot be reached. The page opens by itself when it can.';

/**
 * Serves boards and kiosks of a hall from the agent: files and films come over the centre's line once, the hall in one stream,
 * and screens that are switched on without the server start all the same. What a kiosk does goes to the server as it is,
 * under the kiosk's own key.
 */
export async function openScreens(setting: ScreensSetting): Promise<{ readonly port: number; close(): Promise<void> }> {
  const upstream = setting.url.startsWith('https:') ? https : http;
  const agent = new upstream.Agent({ keepAlive: true });
  const server = http.createServer((request, reply) => {
    answer(
      {
        ...setting,
        ask: (method, target, headers) => openRequest(upstream, agent, setting.url + target, method, headers),
      },
      request,
      reply,
    ).catch(() => {
      if (reply.headersSent) reply.destroy();
      else send(reply, 503, { 'content-type': 'text/html; charset=utf-8' }, Buffer.from(AWAY));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(setting.port, setting.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      setting.repeater.close();
      setting.cache.close();
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

type Ask = (method: string, target: string, headers: http.OutgoingHttpHeaders) => http.ClientRequest;

function openRequest(
  { request }: typeof http | typeof https,
  agent: http.Agent,
  address: string,
  method: string,
  headers: http.OutgoingHttpHeaders,
): http.ClientRequest {
  const up = request(address, { agent, method, headers });
  return up.setTimeout(SILENCE_MS, () => up.destroy(new Error('The server does not answer.')));
}

async function answer(
  { ask, url, centreId, cache, repeater }: ScreensSetting & { readonly ask: Ask },
  request: IncomingMessage,
  reply: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: target = '/', headers } = request;
  const [path = '/'] = target.split('?');
  if (path === `/api/centres/${centreId}/live` && repeater.follow(reply)) return;
  const way = WAYS.find(([methods, paths]) => methods.test(method) && paths.test(path))?.[2];
  if (way === undefined) {
    const sentence = `Здесь только экраны зала. Everything else is at ${url}${path}`;
    return send(reply, 404, { 'content-type': 'text/plain; charset=utf-8' }, Buffer.from(sentence));
  }
  if (way === 'passed-on') return passOn(ask(method, target, passedUp(headers)), request, reply);
  const known = way === 'never-changes' ? await cache.take(target) : null;
  if (known !== null) return sendKept(reply, known, headers);
  const fresh = await askWhole(ask, target, headers).catch(() => null);
  if (fresh === null || fresh.status >= 500) {
    const kept = await cache.take(target);
    if (kept === null) throw new Error('The server is away, and nothing is kept.');
    return sendKept(reply, kept, headers);
  }
  const answered = way === 'page' ? { ...fresh, body: withServer(fresh.body, url) } : fresh;
  if (answered.status !== 200) return send(reply, answered.status, answered.headers, answered.body);
  const kept = KEPT_HEADERS.flatMap((name) => (name in answered.headers ? [[name, answered.headers[name]]] : []));
  await cache.keep(target, { ...answered, headers: Object.fromEntries(kept) }).catch(() => undefined);
  return sendKept(reply, answered, headers);
}

/** Throws an Error when the server is away. */
async function passOn(up: http.ClientRequest, request: IncomingMessage, reply: ServerResponse): Promise<void> {
  reply.on('close', () => up.destroy());
  const handDown = async () => {
    const response = await responseOf(up);
    reply.writeHead(response.statusCode ?? 502, passedDown(response.headers));
    await pipeline(response, reply);
  };
  await Promise.all([pipeline(request, up), handDown()]);
}

/** The whole answer to a question without a body. Throws an Error when the server is away, or says too much. */
async function askWhole(
  ask: Ask,
  target: string,
  headers: IncomingHttpHeaders,
): Promise<Kept & { readonly status: number }> {
  const { range: _, ...asked } = passedUp(headers);
  const up = ask('GET', target, asked);
  up.setTimeout(ANSWER_MS);
  up.end();
  const response = await responseOf(up);
  if (Number(response.headers['content-length'] ?? 0) > BYTES_MAX) up.destroy();
  const body = await buffer(response);
  return { status: response.statusCode ?? 502, headers: passedDown(response.headers), body };
}

function responseOf(up: http.ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => void up.once('response', resolve).once('error', reject));
}

function passedUp(headers: IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(PASSED_UP.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

function passedDown(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !NOT_PASSED_DOWN.has(name) ? [[name, value]] : [],
    ),
  );
}

function withServer(page: Buffer, url: string): Buffer {
  const content = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return Buffer.from(
    page.toString('utf8').replace('<head>', () => `<head><meta name="okno-server" content="${content}">`),
  );
}

/** A film is asked for in parts. */
function sendKept(reply: ServerResponse, { headers, body }: Kept, asked: IncomingHttpHeaders): void {
  const range = byteRange(asked.range, body.length);
  if (range === 'whole') return send(reply, 200, headers, body);
  if (range === 'unsatisfiable')
    return send(reply, 416, { 'content-range': `bytes */${body.length}` }, Buffer.alloc(0));
  const [from, to] = range;
  const part = { ...headers, 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${to}/${body.length}` };
  return send(reply, 206, part, body.subarray(from, to + 1));
}

function send(reply: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: Buffer): void {
  reply.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}
