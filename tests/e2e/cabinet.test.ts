import { type AddressInfo, createServer } from 'node:net';
import type { Server } from 'node:http';
import { Provider } from 'oidc-provider';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { launchBrowser } from '../../bench/browser.ts';
import { expectAccessible } from '../support/page.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
let login: Server;

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  // The way back has to be known before the provider begins, and the provider before the node does.
  const port = await freePort();
  const client = {
    client_id: 'okno',
    client_secret: 'a secret of this test',
    redirect_uris: [`http://127.0.0.1:${port}/login/back`],
  };
  login = await startProvider(client);
  const issuer = `http://127.0.0.1:${(login.address() as AddressInfo).port}`;
  node = await startTestNode(database.url, [testCentre(1)], port, {
    visitorOidc: { issuer, clientId: client.client_id, clientSecret: client.client_secret },
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  login?.closeAllConnections();
  login?.close();
  await drop?.();
});

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A real OpenID provider, which lets everyone in under the name that they type. */
async function startProvider(client: {
  client_id: string;
  client_secret: string;
  redirect_uris: string[];
}): Promise<Server> {
  const placeholder = new Provider('http://127.0.0.1', { clients: [client] });
  const server = placeholder.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [client],
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({
      accountId: sub,
      // Two people tell the same address: they stay two people.
      claims: async () => ({ sub, email: 'shared@example.org' }),
    }),
  });
  server.removeAllListeners('request');
  server.on('request', provider.callback());
  return server;
}

async function signedIn(name: string) {
  const context = await browser.newContext();
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(`${node.url}/cabinet?lang=ru`);
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: 'Мой кабинет' }).waitFor();
  return { context, page };
}

test('a visitor who signs in at another server finds their own bookings without codes, and nobody else does', async () => {
  const { context, page } = await signedIn('anna');
  await page.getByText('Здесь будут записи').waitFor();
  await page.goto(`${node.url}/book/when?service=passports&centre=1`);
  await page.getByRole('button', { name: '11:00', exact: true }).click();
  await page.goto(`${node.url}/cabinet`);
  await page.getByText(/19 февраля в 11:00/).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Открыть' }).click();
  await page.getByText('Состояние: не подтверждена').waitFor();
  const other = await signedIn('boris');
  await other.page.getByText('Здесь будут записи').waitFor();
  const bookingId = (await node.database.pool.query('select booking_id from booking')).rows[0]?.booking_id as string;
  await other.context.request.post(`${node.url}/cabinet/open`, { form: { booking: bookingId } });
  await other.page.goto(`${node.url}/my-booking/show`);
  await other.page.getByLabel('Код записи').waitFor();
  await page.goto(`${node.url}/cabinet`);
  await page.getByRole('button', { name: 'Выйти', exact: true }).click();
  expect((await context.cookies()).some(({ name }) => name === 'okno-visitor')).toBe(false);
  await context.close();
  await other.context.close();
});

test('a way back that nobody began leads nowhere', async () => {
  const answer = await fetch(`${node.url}/login/back?code=x&state=y`, { headers: { cookie: 'okno-login={' } });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.headers.get('set-cookie') ?? '').not.toContain('okno-visitor');
});
