import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { encode } from 'uqr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../bench/browser.ts';
import { buildScreens } from '../../scripts/build-screens.ts';
import { BUSY_SCREENS, busyCentre } from '../support/busy-centre.ts';
import { PNG } from '../support/case-node.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { projectRoot } from '../support/source-files.ts';
import { administrator, type Person } from '../support/staff.ts';
import { cloneDatabase, DAY, startTestNode, type TestNode } from '../support/test-node.ts';

let browser: Browser;

beforeAll(async () => {
  await buildScreens(() => undefined);
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

/** The program that runs in a centre, as a process of its own. */
function startAgent(url: string, folder: string) {
  const args = ['agent', '--url', url, '--folder', folder, '--screens', '127.0.0.1:0'];
  const agent: ChildProcess = spawn(process.execPath, [join(projectRoot, 'cli/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  agent.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const said = async (words: RegExp) => {
    await expect.poll(() => text).toMatch(words);
    return words.exec(text)?.[1] ?? '';
  };
  return {
    said,
    stop: async () => {
      if (agent.exitCode !== null || agent.signalCode !== null) return;
      agent.kill('SIGKILL');
      await once(agent, 'exit');
    },
  };
}

const SITE = 'https://okno.example';

function qrPath(text: string): string {
  const { data } = encode(text, { border: 4 });
  return data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
}

async function letIn(root: Person, code: string, name: string): Promise<void> {
  const paired = await root.ask('POST', '/api/devices', { code, centreId: 2, windowId: null, name });
  expect(paired.status).toBeLessThan(300);
}

async function furnish(node: TestNode, root: Person): Promise<void> {
  const board = { ...BUSY_SCREENS.board, mediaAfterSeconds: 10 };
  expect((await root.ask('PUT', '/api/centres/2/screens', { ...BUSY_SCREENS, board })).status).toBeLessThan(300);
  const picturePut = await fetch(`${node.url}/api/centres/2/media?name=picture&seconds=600`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', cookie: root.cookie, origin: node.url },
    body: new Uint8Array(PNG),
  });
  expect(picturePut.status).toBeLessThan(300);
}

/** The picture that a board shows has really come. */
const seesPicture = (page: Page) =>
  expect
    .poll(() => page.locator('.media img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);

test('a kiosk and a board behind the agent of their centre: the kiosk’s own key, live calls, and a start without the server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'okno-hall-agent-'));
  const database = await cloneDatabase();
  const more = { requireKeys: true, post: { mail: null, sms: null, site: SITE } };
  let node = await startTestNode(database.url, [busyCentre], 0, more);
  const { url } = node;
  const root = await administrator(node);
  await furnish(node, root);
  let agent = startAgent(url, folder);
  // Nothing but the agent keeps anything.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'ru',
    serviceWorkers: 'block',
  });
  try {
    await letIn(root, await agent.said(/Code (....-....)/), 'Agent');
    const hall = await agent.said(/(http:\S+?)\/board/);

    const kiosk = await context.newPage();
    await kiosk.goto(`${hall}/pair`);
    await kiosk.getByRole('button', { name: 'Киоск' }).click();
    await letIn(root, await kiosk.locator('.code').innerText(), 'У входа');
    await kiosk.waitForURL(/\/kiosk\/2/);
    await kiosk.getByRole('button', { name: /Паспорта/ }).click();
    await kiosk.getByRole('button', { name: /Паспорт впервые/ }).click();
    const given = kiosk.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().endsWith('visits'),
    );
    await kiosk.getByRole('button', { name: 'Взять талон' }).click();
    await kiosk.getByText('П001').waitFor();
    const { token } = (await (await given).json()) as { token: string };
    // A telephone finds the site under the city's name for it, not under the one that only the hall knows.
    expect(await kiosk.locator('svg.qr path').getAttribute('d')).toBe(qrPath(`${SITE}/t#${token}`));

    const boards = await Promise.all([1, 2].map(() => context.newPage()));
    for (const board of boards) {
      await board.goto(`${hall}/board/2`);
      await board.getByText('Добро пожаловать').waitFor();
    }
    const me = (await root.ask('GET', '/api/session')).body['specialistId'];
    const at = `/api/centres/2/days/${DAY}/windows/1`;
    const skills = [{ groupId: 'passports', level: 3 }];
    await root.ask('POST', `${at}/open`, { commandId: crypto.randomUUID(), specialistId: me, skills });
    await root.ask('POST', `${at}/ready`, { commandId: crypto.randomUUID() });
    for (const board of boards) {
      await board.bringToFront();
      await board.locator('.board__calls').getByText('П001').waitFor();
    }

    const [board] = boards as [Page];
    await board.bringToFront();
    await node.close();
    await board.getByText(/Нет связи с \d\d:\d\d/).waitFor();
    await seesPicture(board);
    await agent.stop();
    agent = startAgent(url, folder);
    const after = await agent.said(/(http:\S+?)\/board/);
    await board.goto(`${after}/board/2`);
    await board.getByText(/Нет связи с \d\d:\d\d/).waitFor();
    await seesPicture(board);
    await board.getByText('Добро пожаловать').waitFor();
    expect(await board.locator('.board__calls').count(), 'an old number is never shown as a new one').toBe(0);
    await expectAccessible(board);
    await picture(board, 'board-without-server');
    await kiosk.goto(`${after}/kiosk/2`);
    await kiosk.getByText(/Нет связи с \d\d:\d\d/).waitFor();
    await picture(kiosk, 'kiosk-without-server');

    node = await startTestNode(database.url, [], Number(new URL(url).port), more);
    await board.bringToFront();
    await board.locator('.board__calls').getByText('П001').waitFor({ timeout: 60_000 });
  } finally {
    await context.close();
    await agent.stop();
    await node.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
