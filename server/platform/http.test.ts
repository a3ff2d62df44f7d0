import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { administrator, PASSWORD } from '../../tests/support/staff.ts';
import { projectRoot } from '../../tests/support/source-files.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../tests/support/test-node.ts';

let drop: () => Promise<void>;
let url: string;
const nodes: TestNode[] = [];

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop, url } = database);
});

afterAll(async () => {
  for (const node of nodes) await node.close();
  await drop();
});

async function start(behindProxy: string[], more = {}): Promise<TestNode> {
  const node = await startTestNode(url, [testCentre(1)], 0, {
    requireKeys: true,
    door: { tls: null, behindProxy },
    ...more,
  });
  nodes.push(node);
  return node;
}

/** Guesses from many addresses, as the proxy's header says; gives how many were looked at. */
async function guesses(node: TestNode): Promise<number> {
  let judged = 0;
  for (let index = 0; index < 90; index += 1) {
    const headers = { 'x-forwarded-for': `203.0.113.${index}`, 'x-forwarded-proto': 'https' };
    const answer = await node.ask(
      'POST',
      '/api/invitations/redeem',
      { login: 'nobody', code: 'x', newPassword: PASSWORD },
      headers,
    );
    if (answer.status !== 429) judged += 1;
  }
  return judged;
}

test('a proxy that was not named is not believed: its headers give a client no new address', async () => {
  expect(await guesses(await start([]))).toBeLessThan(80);
  expect(await guesses(await start(['198.51.100.0/24']))).toBeLessThan(80);
});

test('a proxy that was named is believed about the address and about TLS', async () => {
  const node = await start(['127.0.0.1/32']);
  expect(await guesses(node)).toBe(90);
  await administrator(node, 'behind');
  const secure = { 'x-forwarded-proto': 'https' };
  const signIn = await node.ask('POST', '/api/session', { login: 'behind', password: PASSWORD }, secure);
  expect(signIn.headers.get('set-cookie')).toMatch(/^__Host-okno-session=.*Secure/);
});

test('who has no right is answered before anything of a body is read, whatever it is', async () => {
  const node = await start([]);
  const uploads = node.routes.filter(
    ({ method, url: address }) => method === 'POST' && /(media|files|arrived-scans)$/.test(address),
  );
  expect(uploads.length).toBe(3);
  for (const { url: address } of uploads) {
    const { hostname, port } = new URL(node.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${address.replace(':centreId', '1')} HTTP/1.1\r\nHost: x\r\nContent-Type: text/odd\r\nContent-Length: 19000000\r\n\r\nabc`,
    );
    const [said] = (await once(socket, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  }
});

test('what programs are told is kept by no browser, and runs nothing in one', async () => {
  const node = await start([]);
  for (const path of ['/api/centres/1/hall', '/api/session', '/api/nosuch', '/api/files/x']) {
    const { headers } = await node.ask('GET', path);
    expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; frame-ancestors 'none'/);
  }
});

test('a browser is shown a page where there is nothing, in its language; a program is told a problem', async () => {
  const node = await start([]);
  const at = async (language: string, accept: string) => {
    const answer = await fetch(`${node.url}/zzz`, { headers: { accept, 'accept-language': language } });
    return `${answer.status} ${answer.headers.get('content-type')} ${await answer.text()}`;
  };
  expect(await at('ru', 'text/html,*/*;q=0.8')).toMatch(/^404 text\/html.*страниц/s);
  expect(await at('en', 'text/html')).toMatch(/^404 text\/html.*page/s);
  expect(await at('ru', '*/*')).toMatch(/^404 application\/problem\+json/);
});

test('what is no address at all is answered, and the node goes on', async () => {
  const node = await start([]);
  for (const accept of ['text/html', 'application/json'])
    for (const path of [
      `/centres/${'x'.repeat(300)}`,
      '/centres/%E0%A4%A',
      '/api/centres/%zz/hall',
      `/api/files/${'1'.repeat(9_000)}`,
    ]) {
      const answer = await fetch(node.url + path, { headers: { accept } });
      expect([path.slice(0, 30), answer.status >= 400 && answer.status < 500]).toEqual([path.slice(0, 30), true]);
    }
  expect((await node.ask('GET', '/healthz')).status).toBe(200);
});

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('figures are served apart from the API, by route and never by address', async () => {
  const port = await freePort();
  const node = await start([], { metrics: { host: '127.0.0.1', port } });
  await node.ask('GET', '/api/centres/1/hall');
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(text).toMatch(/okno_request_seconds_count\{route="GET \/api\/centres\/:centreId\/hall",status="200"\} 1/);
  expect(text).toMatch(/okno_ready 1[\s\S]*okno_backup_age_seconds -1/);
  expect(text).toMatch(/^okno_build_info\{version="\d[^"]*",node="\d[^"]*"\} 1$/m);
  // What only grows is a counter: its rate survives a start of the node.
  for (const name of text.match(/^okno_\w+_total(?= )/gm) ?? []) expect(text).toContain(`# TYPE ${name} counter`);
  expect(text).toMatch(/^okno_decisions_total \d+$/m);
  expect(text).not.toMatch(/127\.0\.0\.1/);
  // What the rules and the dashboard look at is there.
  for (const file of ['alerts.yml', 'grafana.json']) {
    const asked = readFileSync(join(projectRoot, 'deploy', file), 'utf8').match(/\bokno_[a-z_]+/g) ?? [];
    expect(asked.length).toBeGreaterThan(5);
    for (const name of asked) expect(text, `${file}: ${name}`).toMatch(new RegExp(`^${name}[ {]`, 'm'));
  }
  expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404);
});

test('whom to tell of a weakness, and an icon, are where programs look for them', async () => {
  const post = { mail: null, sms: null, site: 'https://okno.example', securityContact: 'mailto:security@okno.example' };
  const node = await start([], { post });
  const page = await fetch(`${node.url}/.well-known/security.txt`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const text = await page.text();
  expect(text).toContain('Contact: mailto:security@okno.example\n');
  expect(text).toContain('Canonical: https://okno.example/.well-known/security.txt\n');
  const [, expires = ''] = /^Expires: (.+)$/m.exec(text) ?? [];
  const days = (Date.parse(expires) - node.now()) / 86_400_000;
  expect([days > 90, days < 365]).toEqual([true, true]);
  const icon = await fetch(`${node.url}/favicon.ico`);
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/x-icon']);
  const bytes = Buffer.from(await icon.arrayBuffer());
  expect([bytes.readUInt16LE(2), bytes.readUInt32LE(14) + 22]).toEqual([1, bytes.length]);

  const quiet = await start([]);
  expect((await fetch(`${quiet.url}/.well-known/security.txt`)).status).toBe(404);
});
