import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../bench/browser.ts';
import { startProgram } from '../bench/program.ts';
import { projectRoot } from './support/source-files.ts';

/** Pictures of every screen for docs/screens, from a demo of its own: `npm run pictures`. About two minutes. */
const HALF = 0.5;
const SHOWN = 84;
const TRAINING = 134;

const folder = await mkdtemp(join(tmpdir(), 'okno-pictures-'));
const demo = await startProgram(['start', '--port', '0', '--data', folder]);
const browser = await launchBrowser();

async function open(path: string, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: HALF, locale: 'ru-RU' });
  const page = await context.newPage();
  await page.goto(demo.url + path);
  await page.locator('h1').first().waitFor();
  return page;
}

async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(projectRoot, 'docs/screens', `${name}.png`) });
  console.log(name);
}

async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(demo.url + path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return (await answer.json()) as Record<string, unknown>;
}

async function takePictures(opened: Browser): Promise<void> {
  for (const [name, path, width, height] of [
    ['site', '/', 1280, 1100],
    ['site-service', '/services/driving-licence', 1280, 1100],
    ['site-centres', `/centres?from=${SHOWN}`, 1280, 1100],
    ['site-when', `/book/when?service=passport&centre=${SHOWN}`, 1280, 1000],
    ['start', '/start', 1280, 1000],
    ['kiosk', `/kiosk/${SHOWN}`, 1080, 1920],
    ['kiosk-landscape-contrast', `/kiosk/${SHOWN}?theme=contrast&size=large`, 1280, 800],
    ['board', `/board/${SHOWN}`, 1920, 1080],
    ['hall', `/hall/${SHOWN}`, 1366, 900],
    ['network', '/network', 1600, 1100],
    ['planning', `/planning/${SHOWN}`, 1400, 1100],
    ['promise', '/promise', 1280, 1100],
    ['office', '/office', 1280, 900],
    ['design', '/_design', 1280, 1400],
  ] as const) {
    const page = await open(path, width, height);
    await keep(page, name);
    await page.close();
  }
  const planning = await open(`/planning/${SHOWN}`, 1400, 1800);
  await planning.getByRole('button', { name: 'Подобрать смены' }).click();
  await planning.getByText('План закрывает потребность.').waitFor();
  await planning.locator('.tiles-of-figures').waitFor();
  await keep(planning, 'planning-shifts');
  await planning.close();
  const week = await open(`/planning/${SHOWN}/week`, 1400, 1800);
  await week.getByRole('button', { name: 'Неделей позже' }).click();
  await week.getByRole('button', { name: 'Подобрать график' }).click();
  await week.getByText('График подобран.').waitFor({ timeout: 60_000 });
  await week.locator('.tiles-of-figures').waitFor();
  await keep(week, 'planning-week');
  await week.close();
  const day = await open(`/hall/${SHOWN}`, 1366, 1100);
  await day.getByRole('tab', { name: 'Ход дня' }).click();
  await keep(day, 'hall-day');

  const kiosk = await open(`/kiosk/${TRAINING}`, 1080, 1920);
  await kiosk.getByRole('button', { name: /Паспорта/ }).click();
  await keep(kiosk, 'kiosk-services');
  await kiosk.getByRole('button', { name: /впервые/ }).click();
  await keep(kiosk, 'kiosk-confirm');
  await kiosk.getByRole('button', { name: 'Взять талон' }).click();
  const number = (await kiosk.locator('.ticket .number').textContent()) ?? '';
  await keep(kiosk, 'kiosk-ticket');
  const { token } = await call('GET', `/api/centres/${TRAINING}/numbers/${encodeURIComponent(number)}`);
  const mine = await open(`/t#${String(token)}`, 390, 844);
  await mine.getByText('Вы следующий').waitFor();
  await keep(mine, 'visitor');
  const board = await open(`/board/${TRAINING}`, 1920, 1080);
  const window = await open(`/window/${TRAINING}/1`, 1366, 900);
  await window.getByRole('button', { name: /Открыть окно/ }).click();
  await window.getByRole('button', { name: /Готов принять/ }).click();
  await board.locator('.call--lit').waitFor();
  await keep(board, 'board-call');
  await window.getByRole('button', { name: /Посетитель пришёл/ }).click();
  await keep(window, 'window');
  await window.getByRole('button', { name: /Завершить приём/ }).click();
  const tablet = await open(`/rate/${TRAINING}/1`, 1024, 768);
  await tablet.getByText('как вас приняли').waitFor();
  await keep(tablet, 'tablet');
  await window.keyboard.press('Shift+F2');

  const { today } = await call('GET', `/api/centres/${TRAINING}`);
  const { token: late } = await call('POST', `/api/centres/${TRAINING}/days/${String(today)}/visits`, {
    commandId: randomUUID(),
    services: [{ serviceId: 'property' }],
  });
  const waiting = await open(`/t#${String(late)}`, 390, 844);
  await call('POST', '/api/clock/hurry', { minutes: 16 });
  await waiting.getByText('за наш счёт').waitFor();
  await keep(waiting, 'visitor-voucher');
  await keep(await open(`/bar/${TRAINING}`, 1024, 768), 'bar');
  await keep(await open(`/hall/${TRAINING}`, 1366, 900), 'hall-broken-promise');
  await opened.close();
}

try {
  await takePictures(browser);
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
}
