import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../cli/build-screens.ts';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
const problems: string[] = [];

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
});

/** A screen on a machine of its own. */
async function open(path: string, at = node.url): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${path}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
  await page.goto(at + path);
  return page;
}

test('a ticket is taken, called, seen on the board, served and finished', async () => {
  const kiosk = await open('/kiosk/1');
  const board = await open('/board/1');
  const window = await open('/window/1/1');
  await board.getByText('Пока никого не вызвали').waitFor();

  await kiosk.getByRole('button', { name: /Паспорта/ }).click();
  const number = kiosk.locator('.number');
  await number.waitFor();
  expect(await number.textContent()).toBe('П001');
  await kiosk.getByText('Следите за табло').waitFor();
  await picture(kiosk, 'kiosk-ticket');

  await window.getByRole('button', { name: 'Открыть окно' }).click();
  await window.getByText('Ждут в зале: 1').waitFor();
  await window.getByRole('button', { name: 'Готов принять следующего' }).click();
  await window.locator('.number').getByText('П001').waitFor();

  const call = board.getByRole('row', { name: 'П001 1' });
  await call.waitFor();
  await picture(board, 'board-call');
  await picture(window, 'window-calling');

  await window.getByRole('button', { name: 'Посетитель пришёл' }).click();
  await window.getByText('Идёт приём').waitFor();
  await window.getByRole('button', { name: 'Завершить приём' }).click();
  await window.getByText('Готовы принять следующего?').waitFor();
  expect(await board.getByText('готовится').count()).toBe(1);

  const { body } = await node.ask('GET', '/api/centres/1/hall');
  expect(body['waiting']).toContainEqual({ groupId: 'passports', visits: 0 });
  expect(problems).toEqual([]);
});

test('a window works with the keyboard alone', async () => {
  const window = await open('/window/1/2');
  const press = async (name: string) => {
    await window.getByRole('button', { name }).waitFor();
    for (let tab = 0; tab < 10; tab += 1) {
      if ((await window.evaluate(() => document.activeElement?.textContent)) === name) break;
      await window.keyboard.press('Tab');
    }
    await window.keyboard.press('Enter');
  };
  await press('Открыть окно');
  await press('Готов принять следующего');
  await window.getByText('Ждём посетителя').waitFor();
  await press('Закрыть окно');
  await window.getByText('Окно закрыто').waitFor();
});

test('every screen says that the clock is not real, in both languages', async () => {
  for (const path of ['/', '/kiosk/1', '/board/1', '/window/1/1']) {
    const russian = await open(path);
    await russian.getByText('Проигрывание записанного дня').waitFor();
    const english = await open(`${path}?lang=en`);
    await english.getByText('Replay of a recorded day').waitFor();
    expect(await english.evaluate(() => document.documentElement.lang)).toBe('en');
    await russian.close();
    await english.close();
  }
});

test.each(['/', '/kiosk/1', '/board/1', '/window/1/1', '/kiosk/1?lang=en', '/board/1?lang=en'])(
  'axe finds nothing on %s',
  async (path) => {
    const page = await open(path);
    await page.locator('h1').waitFor();
    await page.waitForTimeout(600);
    await expectAccessible(page);
    await picture(page, `screen${path.replaceAll(/\W/g, '-')}`);
    await page.close();
  },
);

test('a board that lost its server says since when, and catches up by itself', async () => {
  const database = await cloneDatabase();
  const first = await startTestNode(database.url);
  const port = Number(new URL(first.url).port);
  const board = await open('/board/1', first.url);
  await board.locator('.windows').waitFor();
  await first.close();
  await board.getByText(/Нет связи с \d\d:\d\d/).waitFor();
  expect(await board.locator('.calls').count(), 'old numbers are not shown as if they were new').toBe(0);
  const second = await startTestNode(database.url, [], port);
  await board.locator('.windows').waitFor();
  await board.close();
  await second.close();
  await database.drop();
});

test('a ticket whose answer got lost on the way is the same ticket when it is asked for again', async () => {
  const taken = async () =>
    (await node.database.pool.query(`select 1 from queue_event where kind = 'visit-taken'`)).rowCount;
  const before = (await taken()) ?? 0;
  const kiosk = await open('/kiosk/1');
  let lost = 0;
  await kiosk.route('**/visits', async (route) => {
    if (lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await kiosk.getByRole('button', { name: /Недвижимость/ }).click();
  await kiosk.locator('.number').getByText('Н001').waitFor();
  expect(lost).toBe(2);
  expect(await taken()).toBe(before + 1);
  await kiosk.close();
});

test('a centre that is not there is said so', async () => {
  const board = await open('/board/999');
  await board.getByRole('alert').getByText('Центра № 999 нет').waitFor();
  await board.close();
});
