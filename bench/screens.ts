import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { buildScreens } from '../scripts/build-screens.ts';
import { pagesFolder } from '../server/main.ts';
import { type Bench, type Figure, figure, percentile } from './bench.ts';
import { launchBrowser } from './browser.ts';
import { type Seat, sitDown, visitAt } from './city-load.ts';
import { CITY_CENTRES, DAY, makeCity, NOON } from './city-network.ts';
import { openLeanClient } from './lean-client.ts';
import { serviceNumbers, startProgram } from './program.ts';
import { scriptKilobytes } from './screen-sizes.ts';

/** JavaScript at the first load, gzip, in kilobytes at most. */
const SIZES: readonly (readonly [name: string, source: string, most: number])[] = [
  ['visitor’s page', 'public/ticket.ts', 15],
  ['promise', 'public/promise.ts', 15],
  ['board', 'board/index.html', 80],
  ['kiosk', 'kiosk/index.html', 140],
  ['window', 'window/index.html', 220],
  ['hall', 'hall/index.html', 220],
  ['network', 'network/index.html', 220],
];
const VISIBLE_MS = 300;
const TOUCH_MS = 100;
/** The city's peak is ten events a second; this is several times as much. */
const EVENTS_A_SECOND = 60;
const EVENTS_A_VISIT = 5;
/** A board that keeps anything of each call would grow by more than this over ten thousand of them. */
const HEAP_GROWTH_MB = 2;
const DEBUGGING_PORT = 9_333;
const MEGABYTE = 1_048_576;

/** In the page: when each number was first in the list of calls, on the clock of this machine. */
const NOTE_NUMBERS = `
  globalThis.seen = new Map();
  new MutationObserver(() => {
    for (const cell of document.querySelectorAll('.call__row > span:first-child')) {
      const number = cell.textContent;
      if (!seen.has(number)) seen.set(number, performance.timeOrigin + performance.now());
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });`;

/** In the page: how long each touch took until its picture (Event Timing). */
const NOTE_TOUCHES = `
  globalThis.taps = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'click') taps.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16 });`;

/** What screens weigh, how soon a called number is seen, how soon a touch is answered, what Lighthouse says of pages. */
export const benchScreens: Bench = async ({ quick, folder, say }) => {
  await buildScreens(say);
  const pages = pagesFolder();
  const figures = SIZES.map(([name, source, atMost]) =>
    figure(`${name}: JavaScript at the first load, gzip`, 'kB', [scriptKilobytes(pages, source)], { atMost }),
  );
  await makeCity(folder, 2);
  const node = await startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);
  const browser = await launchBrowser(`--remote-debugging-port=${DEBUGGING_PORT}`);
  try {
    const seats = await Promise.all(
      serviceNumbers(CITY_CENTRES).map(async (centreId) => {
        return { centreId, windowId: 1, client: await openLeanClient(node.url) };
      }),
    );
    await Promise.all(seats.map(sitDown));
    const [first, ...others] = seats as [Seat, ...Seat[]];
    const load = cityAtWork(others);
    say('calls are made while a board is watched…');
    figures.push(...(await callToBoard(browser, node.url, first, quick ? 30 : 400)));
    figures.push(...(await touches(browser, node.url, quick ? 3 : 20)));
    await load.stop();
    say('ten thousand calls before one board…');
    figures.push(await heapOfBoard(browser, node.url, first, quick ? 500 : 10_000));
    for (const { client } of seats) client.close();
    say('Lighthouse looks at the pages…');
    figures.push(...(await lighthouse(node.url, quick)));
  } finally {
    await browser.close();
    await node.stop();
  }
  return figures;
};

/** All other centres go on with their day meanwhile. */
function cityAtWork(seats: readonly Seat[]): { stop: () => Promise<void> } {
  let going = true;
  const work = (async () => {
    const every = (1_000 * EVENTS_A_VISIT) / EVENTS_A_SECOND;
    const visits: Promise<unknown>[] = [];
    for (let turn = 0; going; turn += 1) {
      const seat = seats[turn % seats.length] as Seat;
      visits.push(visitAt(seat, turn).catch(() => undefined));
      await pause(every);
    }
    await Promise.all(visits);
  })();
  return {
    stop: () => {
      going = false;
      return work;
    },
  };
}

/** From the answer of the command that calls, which comes after the commit, to the number on the board. */
async function callToBoard(browser: Browser, url: string, seat: Seat, calls: number): Promise<Figure[]> {
  const page = await openPage(browser, `${url}/board/${seat.centreId}`, 1_920, 1_080);
  await page.locator('.windows').waitFor();
  await page.evaluate(NOTE_NUMBERS);
  const delays: number[] = [];
  const { client, centreId, windowId } = seat;
  const params = { centreId, day: DAY, windowId };
  const command = () => ({ commandId: randomUUID() });
  for (let turn = 0; turn < calls; turn += 1) {
    await client.call('POST /api/centres/:centreId/days/:day/visits', {
      params,
      body: { ...command(), services: [{ serviceId: `group-${turn % 4}` }] },
    });
    const { call } = await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
      params,
      body: command(),
    });
    const committed = performance.timeOrigin + performance.now();
    if (call === null) continue;
    const shown = await page
      .waitForFunction(
        (number) => (globalThis as unknown as { seen: Map<string, number> }).seen.get(number),
        call.number,
      )
      .then((handle) => handle.jsonValue());
    delays.push(Math.max(0, (shown ?? 0) - committed));
    const body = { ...command(), visitId: call.visitId };
    await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/start', { params, body });
    await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', {
      params,
      body: { ...command(), visitId: call.visitId },
    });
  }
  await page.close();
  return [
    figure('commit to number on the board in Chromium, 129 centres at work, p50', 'ms', [percentile(delays, 0.5)]),
    figure('commit to number on the board in Chromium, 129 centres at work, p99', 'ms', [percentile(delays, 0.99)], {
      atMost: VISIBLE_MS,
    }),
  ];
}

/** From the touch to the next picture, as the browser itself measures it (Event Timing). */
async function touches(browser: Browser, url: string, rounds: number): Promise<Figure[]> {
  const page = await openPage(browser, `${url}/kiosk/2`, 1_080, 1_920);
  await page.evaluate(NOTE_TOUCHES);
  for (let round = 0; round < rounds; round += 1) {
    await page.locator('.tiles button').first().click();
    await page.locator('.list button').first().click();
    await page.locator('.take').first().click();
    await page.locator('.ticket .main-action').click();
  }
  await pause(500);
  const taps = await page.evaluate(() => (globalThis as unknown as { taps: number[] }).taps);
  await page.close();
  // A touch that was answered within 16 ms is not even listed.
  const all = [...taps, ...Array.from({ length: Math.max(0, rounds * 4 - taps.length) }, () => 16)];
  return [
    figure('kiosk: touch to picture, p50', 'ms', [percentile(all, 0.5)]),
    figure('kiosk: touch to picture, p99', 'ms', [percentile(all, 0.99)], { atMost: TOUCH_MS }),
  ];
}

/** What a board's page keeps after many calls that it did not keep after few. */
async function heapOfBoard(browser: Browser, url: string, seat: Seat, calls: number): Promise<Figure> {
  const page = await openPage(browser, `${url}/board/${seat.centreId}`, 1_920, 1_080);
  await page.locator('.windows').waitFor();
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await pause(2_000);
    for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / MEGABYTE;
  };
  const warm = Math.min(500, calls / 2);
  for (let turn = 0; turn < warm; turn += 1) await visitAt(seat, turn);
  const before = await heap();
  for (let turn = 0; turn < calls - warm; turn += 1) await visitAt(seat, turn);
  const after = await heap();
  await page.close();
  return figure(`board: heap gained over ${calls} calls (${before.toFixed(1)} MB before)`, 'MB', [after - before], {
    atMost: HEAP_GROWTH_MB,
  });
}

/** Accessibility everywhere; performance where visitors and residents are. */
async function lighthouse(url: string, quick: boolean): Promise<Figure[]> {
  const { default: look, desktopConfig } = await import('lighthouse');
  const PAGES: readonly (readonly [name: string, path: string, performance: boolean])[] = [
    ['kiosk', '/kiosk/2', true],
    ['visitor’s page', '/t', true],
    ['promise', '/promise', true],
    ['board', '/board/2', false],
    ['window', '/window/2/2', false],
    ['hall', '/hall/2', false],
    ['network', '/network', false],
    ['bar', '/bar/2', false],
    ['tablet', '/rate/2/2', false],
    ['start', '/start', false],
  ];
  const figures: Figure[] = [];
  for (const [name, path, performanceToo] of quick ? PAGES.slice(0, 1) : PAGES) {
    const categories = performanceToo ? ['performance', 'accessibility'] : ['accessibility'];
    const flags = { port: DEBUGGING_PORT, onlyCategories: categories, logLevel: 'error' as const };
    const result = await look(url + path, flags, desktopConfig);
    const score = (category: string) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
    if (performanceToo)
      figures.push(figure(`${name}: Lighthouse performance`, 'of 100', [score('performance')], { atLeast: 95 }));
    figures.push(figure(`${name}: Lighthouse accessibility`, 'of 100', [score('accessibility')], { atLeast: 100 }));
  }
  return figures;
}

async function openPage(browser: Browser, url: string, width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(url);
  return page;
}
