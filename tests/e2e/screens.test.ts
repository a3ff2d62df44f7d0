import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { BUSY_SCREENS, busyCentre, enrol, furnish } from '../support/busy-centre.ts';
import { launchBrowser } from '../../bench/browser.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { cloneDatabase, DAY, startTestNode, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [busyCentre]);
  await furnish(node);
  await enrol(node);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
});

const SCREENS: readonly (readonly [path: string, width: number, height: number])[] = [
  ['/start', 1280, 800],
  ['/kiosk/2', 1080, 1920],
  ['/kiosk/2', 1280, 800],
  ['/board/2', 1920, 1080],
  ['/window/2/1', 1366, 768],
  ['/hall/2', 1024, 768],
  ['/network', 1366, 900],
  ['/planning/2', 1366, 900],
  ['/planning/2/week', 1366, 900],
  ['/bar/2', 1024, 768],
  ['/rate/2/1', 1024, 768],
  ['/promise', 390, 844],
  ['/t', 390, 844],
  ['/_design', 1280, 800],
];

async function open(path: string, width: number, height: number, at = node.url): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'ru' });
  page.setDefaultTimeout(120_000);
  await page.goto(at + path);
  await page.locator('h1').first().waitFor();
  return page;
}

const take = (serviceId: string) =>
  node.ask('POST', `/api/centres/2/days/${DAY}/visits`, { commandId: randomUUID(), services: [{ serviceId }] });

test.each(SCREENS)(
  'axe finds nothing on %s at %i × %i, in every theme, size and language',
  async (path, width, height) => {
    await take('passport-14');
    for (const look of ['lang=ru', 'lang=en', 'lang=ru&theme=contrast&size=large']) {
      const page = await open(`${path}?${look}`, width, height);
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.waitForTimeout(700);
      await expectAccessible(page);
      await picture(page, `screen${`${path}-${width}-${look}`.replaceAll(/\W+/g, '-')}`);
      const lang = await page.evaluate(() => document.documentElement.lang);
      expect(lang).toBe(look.includes('lang=en') ? 'en' : 'ru');
      expect(await page.locator('.ribbon').count(), 'a clock that is not real is said so').toBe(1);
      expect(problems).toEqual([]);
      await page.close();
    }
  },
);

test.each(SCREENS)('%s of %i × %i can be used when it is zoomed twice', async (path, width, height) => {
  // Twice as large is half as many pixels of CSS.
  const page = await open(path, Math.round(width / 2), Math.round(height / 2));
  await page.waitForTimeout(500);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'nobody has to scroll in two directions').toBeLessThanOrEqual(1);
  await page.close();
});

test('tomorrow is seen, shifts are found, one is moved by the keyboard, and what changes is said; the plan is kept', async () => {
  const page = await open('/planning/2?lang=en', 1366, 900);
  await page.getByText('Expected visitors').or(page.getByText('Why this many')).first().waitFor();
  const hours = page.locator('.tiles-of-figures div', { hasText: 'Hours planned' }).locator('dd');
  await expect.poll(() => hours.textContent()).toBe('0');
  await page.getByRole('button', { name: 'Find shifts' }).click();
  const shifts = page.getByRole('slider');
  await expect.poll(() => shifts.count()).toBeGreaterThan(1);
  await expect.poll(() => hours.textContent()).not.toBe('0');
  await page.getByText('The plan meets the need.').waitFor();
  await page.getByRole('button', { name: '+ shift of 4 h' }).click();
  const added = shifts.last();
  await expect.poll(() => added.getAttribute('aria-valuetext')).toBe('Shift of 4 h, 08:00 to 12:00');
  await added.press('ArrowRight');
  await added.press('ArrowRight');
  await expect.poll(() => added.getAttribute('aria-valuetext')).toBe('Shift of 4 h, 09:00 to 13:00');
  const count = await shifts.count();
  await added.press('Delete');
  await expect.poll(() => shifts.count()).toBe(count - 1);
  await page.getByRole('button', { name: 'Save the plan of the day' }).click();
  await page.getByText('The plan of the day is saved.').waitFor();
  await page.close();
});

test('a week of people is found, changed by hand, refused while it breaks a rule, and kept; its day has that plan', async () => {
  const page = await open('/planning/2/week?lang=en', 1366, 900);
  await page.getByRole('button', { name: 'A week later' }).click();
  await page.getByText('Half hours with too few people').waitFor();
  await page.getByRole('button', { name: 'Find a roster' }).click();
  await page.getByText('A roster has been found. Check it and save it.').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Save the roster' }).click();
  await page.getByText('The roster is saved; the plans of the days follow it.').waitFor();

  // A specialist who works on Tuesday wants that day off: the roster breaks a rule until the shift is gone.
  const tuesday = (text: RegExp) => page.getByRole('button', { name: text }).first();
  const works = tuesday(/Tuesday 24 February: \d/);
  const name = ((await works.getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
  await works.click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: 'day off' }).click({ force: true });
  await dialog.getByRole('radio', { name: '4 h' }).click({ force: true });
  await dialog.getByLabel('Begins').selectOption('10:30');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Rules broken: 1.').waitFor();
  await expectAccessible(page);
  await picture(page, 'planning-week-broken');
  await page.getByRole('button', { name: 'Save the roster' }).click();
  await page.getByText('The roster breaks rules: 1.').waitFor();
  await page.getByRole('button', { name: `${name}, Tuesday 24 February: 10:30–14:30` }).click();
  await dialog.getByRole('radio', { name: 'Does not work' }).click({ force: true });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `${name}, Tuesday 24 February: day off` }).waitFor();
  await page.getByRole('button', { name: 'Save the roster' }).click();
  await page.getByText('The roster is saved; the plans of the days follow it.').waitFor();

  await page.getByRole('button', { name, exact: true }).click();
  await dialog.getByLabel('Hours a week by the contract').fill('20');
  await dialog.getByRole('checkbox', { name: '12 h' }).check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect.poll(() => page.getByRole('row', { name }).innerText()).toContain('of 20');

  // A specialist who is no longer rostered loses their future shifts; they are back when the specialist is.
  const worker =
    (await page
      .getByRole('button', { name: /Wednesday 25 February: \d/ })
      .first()
      .getAttribute('aria-label')) ?? '';
  const [other = ''] = worker.split(',');
  const hoursOf = async (hours: string) => {
    await page.getByRole('button', { name: other, exact: true }).click();
    await dialog.getByLabel('Hours a week by the contract').fill(hours);
    await dialog.getByRole('button', { name: 'Done' }).click();
  };
  await hoursOf('0');
  await page.getByText('Changes are not saved yet.').waitFor();
  await expect.poll(() => page.getByRole('row', { name: other }).innerText()).toContain('not rostered');
  await hoursOf('40');
  await page.getByRole('button', { name: worker }).waitFor();

  const { body } = await node.ask('GET', '/api/centres/2/roster?day=2026-02-24');
  const kept = (body['shifts'] as { day: string; slots: number[] }[]).filter(({ day }) => day === '2026-02-24');
  const outlook = (await node.ask('GET', '/api/centres/2/outlook?day=2026-02-24')).body;
  const planned = (outlook['halfHours'] as { planned: number }[]).map((half) => half.planned);
  expect(planned).toEqual(planned.map((_, half) => kept.filter(({ slots }) => slots.includes(half)).length));
  await page.close();
});

test('a hall that is short of windows is advised, and says why it does not follow', async () => {
  for (let visit = 0; visit < 12; visit += 1) await take('property');
  const page = await open('/hall/2?lang=en', 1366, 900);
  await page.getByRole('listitem').filter({ hasText: 'within 8 min' }).waitFor();
  await page.getByRole('columnheader', { name: 'Risk' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Not now' }).first().click();
  await page.getByRole('radio', { name: 'nobody to seat' }).click({ force: true });
  await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('listitem').filter({ hasText: 'within 8 min' }).waitFor({ state: 'detached' });
  const { body } = await node.ask('GET', `/api/centres/2/advice/answers?day=${DAY}`);
  expect(body).toMatchObject([{ kind: 'open-windows', accepted: false, refusal: 'nobody-free' }]);
  await page.close();
});

test('the hall administrator changes a ticket that waits, and what a specialist may do today', async () => {
  const { body: ticket } = await take('passport-14');
  const window = `/api/centres/2/days/${DAY}/windows/2`;
  const opened = { commandId: randomUUID(), specialistId: 'nina', skills: [{ groupId: 'property', level: 1 }] };
  expect((await node.ask('POST', `${window}/open`, opened)).status).toBeLessThan(300);
  const page = await open('/hall/2?lang=en', 1366, 900);
  const row = page.getByRole('row').filter({ hasText: String(ticket['number']) });
  await row.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog', { name: `Change the ticket ${String(ticket['number'])}` });
  const names = await dialog.getByLabel('Service').locator('option').allInnerTexts();
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  const wider = await dialog.getByLabel('Service').evaluate((list: HTMLSelectElement) => {
    list.add(new Option('A service of a very long name, '.repeat(9)));
    const around = list.closest('.dialog') as HTMLElement;
    return list.getBoundingClientRect().right - around.getBoundingClientRect().right;
  });
  expect(wider, 'the form stays in its dialog').toBeLessThan(0);
  await dialog.getByLabel('Service').selectOption({ label: 'Child benefit' });
  await dialog.getByRole('button', { name: 'Increase' }).click();
  await dialog.getByLabel('Class').selectOption({ label: 'First by law' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await row.filter({ hasText: 'Child benefit' }).filter({ hasText: 'by law' }).filter({ hasText: '×2' }).waitFor();
  await page.getByRole('button', { name: /^2/ }).click();
  await page.getByRole('dialog').getByLabel('Property').selectOption({ label: 'expert' });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Change the skills' }).click();
  await page.getByText('The skills have been changed.').waitFor();
  const { body } = await node.ask('GET', `${window}/desk`);
  expect(body['window']).toMatchObject({ skills: [{ groupId: 'property', level: 3 }] });
  expect((await node.ask('POST', `${window}/close`, { commandId: randomUUID() })).status).toBeLessThan(300);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'Tickets' }).click();
  await page.getByLabel('Number').fill(String(ticket['number']));
  await page.getByRole('button', { name: 'Find the ticket' }).click();
  await dialog.getByLabel('Service').waitFor();
  expect(await dialog.getByLabel('Service').inputValue()).toBe('child-benefit');
  await page.close();
});

test('the wait before choosing is shown at a kiosk in the colour of text: forty minutes are no good news', async () => {
  await take('passport-14');
  for (const theme of ['light', 'contrast']) {
    const kiosk = await open(`/kiosk/2?lang=en&theme=${theme}`, 1080, 1920);
    await kiosk.getByRole('button', { name: /Passports/ }).click();
    const wait = kiosk.locator('.wait').first();
    await wait.waitFor();
    const [shown, around] = await wait.evaluate((element) =>
      [element, element.parentElement as Element].map((one) => getComputedStyle(one).color),
    );
    expect(shown).toBe(around);
    await kiosk.close();
  }
});

test('script in names, in the running text and in media stays text', async () => {
  const evil = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
  const board = { ...BUSY_SCREENS.board, runningText: { ru: evil, en: evil }, mediaAfterSeconds: 10 };
  const settings = { ...BUSY_SCREENS, board };
  expect((await node.ask('PUT', '/api/centres/2/screens', settings)).status).toBeLessThan(300);
  const upload = (type: string, body: string | Buffer, name = 'реклама') =>
    fetch(`${node.url}/api/centres/2/media?${new URLSearchParams({ name, seconds: '3' })}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: body as BodyInit,
    });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>top.document.title='broken'</script></svg>`;
  const html = `<!doctype html><title>x</title><h1>Акция</h1><script>top.document.title='broken';fetch('/api/centres')</script>`;
  const kept: number[] = [];
  for (const [type, body] of [
    ['image/svg+xml', svg],
    ['text/html', html],
  ] as const) {
    const answer = await upload(type, body, evil);
    expect(answer.status).toBeLessThan(300);
    kept.push(((await answer.json()) as { mediumId: number }).mediumId);
  }
  for (const [type, body, code] of [
    ['image/png', svg, 'medium-faulty'],
    ['text/javascript', 'alert(1)', 'unsupported-media-type'],
    ['video/mp4', Buffer.alloc(21 * 1024 * 1024), 'body-too-large'],
  ] as const) {
    const answer = await upload(type, body);
    expect((await answer.json()) as object, type).toMatchObject({ code });
  }
  const medium = await fetch(`${node.url}/media/${kept[1]}`);
  expect(medium.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect(medium.headers.get('x-content-type-options')).toBe('nosniff');

  const shown = await open('/board/2', 1920, 1080);
  const asked: string[] = [];
  shown.on('request', (request) => asked.push(request.url()));
  await shown.locator('.media').waitFor();
  await shown.locator('iframe').waitFor();
  await shown.waitForTimeout(1_000);
  expect(await shown.title()).toBe('Табло · Окно');
  expect(await shown.locator('.board__running').textContent()).toContain('<script>');
  expect(
    asked.filter((url) => url.endsWith('/api/centres')),
    'a page among the media asks nobody',
  ).toEqual([]);
  await shown.close();
  for (const mediumId of kept) await node.ask('DELETE', `/api/centres/2/media/${mediumId}`);
  await furnish(node);
});

test('a ticket is printed by the agent of the centre; a printer without paper is said, and the hall knows', async () => {
  const kiosk = { ...BUSY_SCREENS.kiosk, printing: 'agent' };
  await node.ask('PUT', '/api/centres/2/screens', { ...BUSY_SCREENS, kiosk });
  const page = await open('/kiosk/2', 1080, 1920);
  const giveTicket = async (fault: string | null) => {
    await page.getByRole('button', { name: /Паспорта/ }).click();
    await page.getByRole('button', { name: /Паспорт впервые/ }).click();
    await page.getByRole('button', { name: 'Взять талон' }).click();
    const taken = async () =>
      (await node.ask('POST', '/api/centres/2/print-jobs/take')).body as unknown as { jobId: string; paper: object }[];
    let jobs: Awaited<ReturnType<typeof taken>> = [];
    await expect.poll(async () => (jobs = await taken()).length).toBe(1);
    await node.ask('POST', `/api/centres/2/print-jobs/${jobs[0]?.jobId}/end`, { fault });
    return JSON.stringify(jobs[0]?.paper);
  };
  const number = /"text":"П\d{3}","size":"huge"/;
  expect(await giveTicket(null)).toMatch(number);
  await page.getByText('Возьмите талон').waitFor();
  await page.getByRole('button', { name: /Готово/ }).click();
  expect(await giveTicket('paper-out')).toMatch(/\/t#[\w-]{40,}/);
  await page.getByText('Принтер не напечатал талон').waitFor();
  await picture(page, 'kiosk-paper-out');
  const { body } = await node.ask('GET', '/api/centres/2/alerts');
  expect(body).toContainEqual(expect.objectContaining({ kind: 'paper-out', place: 'printer', clearedAt: null }));
  await page.close();
  await furnish(node);
});

test('a screen that is switched on without its server says so itself, and goes on when it is back', async () => {
  const database = await cloneDatabase();
  const first = await startTestNode(database.url, [busyCentre]);
  const port = Number(new URL(first.url).port);
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, locale: 'ru' });
  const pages = new Map<string, Page>();
  for (const path of ['/kiosk/2', '/board/2', '/window/2/1', '/hall/2']) {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(first.url + path);
    await page.locator('h1').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    // What the page is made of is kept at the next visit.
    await page.reload();
    await page.locator('h1').waitFor();
    pages.set(path, page);
  }
  await first.close();
  for (const [path, page] of pages) {
    await page.bringToFront();
    await page.reload();
    await page.getByText(/Нет связи с \d\d:\d\d/).waitFor();
    expect(await page.locator('.board__calls, .number').count(), `${path} shows no old numbers`).toBe(0);
  }
  const second = await startTestNode(database.url, [], port);
  const kiosk = pages.get('/kiosk/2') as Page;
  await kiosk.bringToFront();
  await kiosk.getByRole('button', { name: /Паспорта/ }).waitFor();
  await context.close();
  await second.close();
  await database.drop();
});

test('a language chosen on one screen holds on all of them; a browser has its own until then; a kiosk is everybody’s', async () => {
  const languageOn = async (page: Page, path: string) => {
    await page.goto(node.url + path);
    await page.locator('h1').first().waitFor();
    return page.evaluate(() => document.documentElement.lang);
  };
  const russian = await browser.newContext({ locale: 'ru-RU' });
  const page = await russian.newPage();
  expect(await languageOn(page, '/hall/2?lang=ru')).toBe('ru');
  await page.getByRole('button', { name: 'English' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'English', pressed: true }).waitFor();
  for (const path of ['/planning/2', '/office/network', '/window/2/1', '/cases/2', '/start'])
    expect(await languageOn(page, path), path).toBe('en');
  for (const path of ['/kiosk/2', '/board/2']) expect(await languageOn(page, path), path).toBe('ru');
  await russian.close();
  for (const [locale, expected] of [
    ['en-GB', 'en'],
    ['uz-UZ', 'ru'],
  ] as const) {
    const other = await browser.newContext({ locale });
    const first = await other.newPage();
    expect(await languageOn(first, '/hall/2')).toBe(expected);
    expect(await languageOn(first, '/kiosk/2')).toBe('ru');
    await other.close();
  }
});

test.each([
  ['/window/2/x', 'Окна «x» нет'],
  ['/board/x', 'Центра «x» нет'],
  ['/board/99999?lang=en', 'There is no centre “99999”'],
])('an address that names nothing is told so in words: %s', async (path, sentence) => {
  const page = await open(path, 1366, 900);
  await expect.poll(() => page.locator('h1').textContent()).toBe(sentence);
  expect(await page.locator('body').textContent()).not.toMatch(/NaN|params/);
  await page.close();
});

test('how many wait over fifteen minutes is said of those who wait, and of the day apart', async () => {
  const { body: ticket } = await take('passport-14');
  await node.stepTo(40);
  await take('passport-14');
  const page = await open('/hall/2?lang=en', 1366, 900);
  const figures = async () => {
    const parts = await page
      .locator('.tiles-of-figures > div')
      .evaluateAll((tiles) =>
        tiles.map(({ children }) => Array.from(children, ({ textContent }) => textContent ?? '')),
      );
    const of = (name: string) => parts.find(([title]) => title === name)?.slice(1) ?? [];
    const [late, inDay] = of('Of these over 15 minutes');
    return { waiting: Number(of('Waiting')[0]), late: Number(late), inDay };
  };
  await page.locator('.tiles-of-figures').waitFor();
  await page.getByText(/^The longest wait is \d+ min, alert since \d\d:\d\d$/).waitFor();
  const first = await figures();
  // Everybody came forty minutes ago, but one.
  expect(first.late).toBe(first.waiting - 1);
  expect(first.inDay).toMatch(/^\d+ in the day$/);
  const path = `/api/centres/2/days/${DAY}/visits/${String(ticket['visitId'])}/leave`;
  expect((await node.ask('POST', path, { commandId: randomUUID() })).status).toBeLessThan(300);
  await expect.poll(figures).toEqual({ waiting: first.waiting - 1, late: first.late - 1, inDay: first.inDay });
  await page.close();
});
