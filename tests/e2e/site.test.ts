import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { STANDARD_PASSPORTS } from '../../demo/passports/standard.ts';
import { launchBrowser } from '../../bench/browser.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { USUAL_BOOKING } from '../../core/booking/setting.ts';
import { addNews } from '../../server/modules/site/index.ts';
import { addDays, type CivilDate } from '../../core/time/civil.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { cloneDatabase, DAY, skilled, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
const problems: string[] = [];
const TOMORROW = addDays(DAY as CivilDate, 1);

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  const at = (latitude: number) => ({ position: { latitude, longitude: 37.6 } });
  const named = (ru: string, en: string) => ({
    name: { ru: `Центр госуслуг района ${ru}`, en: `${en} district service centre` },
  });
  node = await startTestNode(database.url, [
    testCentre(1, { ...at(55.73), ...named('Хамовники', 'Khamovniki') }),
    testCentre(2, { ...at(55.75), ...named('Арбат', 'Arbat') }),
    testCentre(3, { ...at(55.8), ...named('Сокол', 'Sokol') }),
  ]);
  const groups = ['passports', 'benefits', 'property', 'extracts', 'vehicles', 'family'].map((groupId, place) => ({
    groupId,
    letter: 'ПСНВТР'[place] as string,
    name: { ru: `Группа ${place}`, en: `Group ${place}` },
    place,
  }));
  const actor = { kind: 'program', id: 'okno' } as const;
  await importPassports(node.database, actor, { groups, passports: STANDARD_PASSPORTS }, DAY as CivilDate);
  await node.database.write((tx) =>
    addNews(tx, DAY as CivilDate, { ru: 'Новость <дня>', en: 'News' }, { ru: 'Текст & ещё', en: 'Text' }),
  );
  // What centres give now is written into the ledger when something of theirs changes.
  await node.ask('POST', '/api/centres/3/closures/2026-03-09', { hours: null, reason: 'holiday' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
  expect(problems).toEqual([]);
});

async function visitor(javaScriptEnabled: boolean, viewport = { width: 1024, height: 900 }): Promise<BrowserContext> {
  const context = await browser.newContext({ javaScriptEnabled, viewport });
  context.setDefaultTimeout(120_000);
  return context;
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4'))
      problems.push(`${path}: ${message.text()}`);
  });
  await page.goto(node.url + path);
  return page;
}

/** The six digits that went to an address last. */
async function codeFor(address: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const { body } = await node.ask('GET', '/api/demo-post');
      const letters = body as unknown as { address: string; text: string }[];
      const last = letters.find((letter) => letter.address === address);
      return (code = /\b(\d{6})\b/.exec(last?.text ?? '')?.[1] ?? '');
    })
    .not.toBe('');
  return code;
}

const PAGES = [
  '/',
  '/services',
  '/services?q=машина',
  '/services/driving-licence',
  '/situations',
  '/situations/child',
  '/centres',
  '/centres?from=1',
  '/centres/1',
  '/book?service=passport',
  '/book/when?service=passport&centre=1',
  '/my-booking',
  '/news',
  '/demo-post',
];

describe.each(['ru', 'en'])('every page in %s', (language) => {
  test.each(PAGES)('%s is whole without a script, and axe finds nothing in it', async (path) => {
    const address = `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
    const plain = await visitor(false);
    const page = await open(plain, address);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    if (language === 'en') expect(await page.locator('h1').textContent()).not.toMatch(/[а-яё]/i);
    await plain.close();
    const scripted = await visitor(true);
    const lively = await open(scripted, address);
    await lively.locator('[data-comfort]:not([data-waiting])').first().waitFor();
    await expectAccessible(lively);
    await picture(lively, `site${path.replaceAll(/[^a-z]+/g, '-')}${language}`);
    await scripted.close();
  });
});

test('without any script: found, booked, moved, called in the hall', async () => {
  const context = await visitor(false);
  const page = await open(context, '/?lang=ru');
  await page.getByLabel('Что вам нужно?').fill('абракадабра');
  await page.getByRole('button', { name: 'Найти' }).click();
  await page.getByText('Ничего не нашлось').waitFor();
  await page.getByLabel('Что вам нужно?').fill('паспорт');
  await page.getByRole('button', { name: 'Найти' }).click();
  await page.getByRole('link', { name: /заменить паспорт/ }).click();
  await page.getByText('5 раб. дн.').first().waitFor();
  await page.getByRole('link', { name: 'Записаться' }).click();

  await page.getByLabel('Район').selectOption({ label: 'Арбат' });
  await page.getByRole('button', { name: 'Показать ближайшие' }).click();
  expect(await page.getByRole('radio').first().getAttribute('value')).toBe('2');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByRole('button', { name: '11:20', exact: true }).click();

  await page.getByText('Мы держим это время для вас до 10:10').waitFor();
  await page.getByLabel('Телефон или электронная почта').fill('кто-то');
  await page.getByRole('button', { name: 'Прислать код' }).click();
  await page.getByRole('alert').getByText('не похоже').waitFor();
  await page.getByLabel('Телефон или электронная почта').fill('anna@example.org');
  await page.getByRole('button', { name: 'Прислать код' }).click();

  // Back, and another time: the hold moves with the visitor.
  await page.getByRole('link', { name: 'Изменить' }).click();
  await page.getByRole('button', { name: '11:50', exact: true }).click();
  await page.goto(`${node.url}/book/check`);
  await page.getByLabel('Код из сообщения').fill('12');
  await page.getByRole('button', { name: 'Подтвердить запись' }).click();
  await page.getByRole('alert').getByText('В коде шесть цифр').waitFor();
  expect(await page.getByLabel('Код из сообщения').inputValue()).toBe('12');
  const right = await codeFor('anna@example.org');
  const wrong = `${(Number(right[0]) + 1) % 10}${right.slice(1, 3)} ${right.slice(3)}`;
  await page.getByLabel('Код из сообщения').fill(wrong);
  await page.getByRole('button', { name: 'Подтвердить запись' }).click();
  await page.getByRole('alert').getByText('Код неверный').waitFor();
  expect(await page.getByLabel('Код из сообщения').inputValue()).toBe(wrong);
  // Four of five tries are left: six times too short costs none.
  for (let sent = 0; sent < 6; sent += 1) {
    await page.getByLabel('Код из сообщения').fill('12');
    await page.getByRole('button', { name: 'Подтвердить запись' }).click();
    await page.getByRole('alert').getByText('В коде шесть цифр').waitFor();
  }
  await page.getByLabel('Код из сообщения').fill(await codeFor('anna@example.org'));
  await page.getByRole('button', { name: 'Подтвердить запись' }).click();
  await page.getByRole('heading', { name: 'Вы записаны' }).waitFor();
  const code = (await page.locator('.window').textContent()) ?? '';
  // Back says what became of the booking, and never asks for a code once more.
  for (let back = 0; back < 3; back += 1) {
    await page.goBack();
    await page.getByRole('heading', { name: 'Вы записаны' }).waitFor();
  }
  await page.goto(`${node.url}/my-booking`);
  await page.getByRole('link', { name: /Открыть запись этого браузера: четверг, 19 февраля/ }).waitFor();
  await page.goto(`${node.url}/book/done`);

  const calendar = await context.request.get(`${node.url}/my-booking/appointment.ics`);
  expect(await calendar.text()).toContain('DTSTART:20260219T085000Z');
  await page.getByRole('link', { name: 'Перенести или отменить' }).click();
  await page.getByRole('link', { name: 'Перенести' }).click();
  await page.getByRole('button', { name: '14:20', exact: true }).click();
  await page.getByText('четверг, 19 февраля в 14:20').waitFor();
  await page.getByRole('button', { name: 'Закрыть (не мой компьютер)' }).click();

  await page.goto(`${node.url}/my-booking`);
  await page.getByLabel('Код записи').fill(code.toLowerCase());
  await page.getByLabel('Телефон или электронная почта').fill('boris@example.org');
  await page.getByRole('button', { name: 'Открыть' }).click();
  await page.getByRole('alert').getByText('Такой записи нет').waitFor();
  await page.getByLabel('Телефон или электронная почта').fill('anna@example.org');
  await page.getByRole('button', { name: 'Открыть' }).click();
  await page.getByRole('link', { name: 'Отменить запись' }).click();
  await page.getByRole('button', { name: 'Отменить запись' }).click();
  await page.getByText('Состояние: отменена').waitFor();
  await context.close();
});

test('with scripts, in English, on a telephone; then the kiosk, the queue, and a window', async () => {
  const context = await visitor(true, { width: 390, height: 844 });
  const page = await open(context, '/services/snils?lang=en');
  await page.getByRole('link', { name: 'Book a time' }).click();
  await page.getByRole('radio', { name: /Khamovniki/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: '11:00', exact: true }).click();
  await page.getByLabel('Telephone or e-mail').fill('8 916 000 00 09');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('Code from the message').fill(await codeFor('+79160000009'));
  await page.getByRole('button', { name: 'Confirm the booking' }).click();
  await page.getByRole('heading', { name: 'You are booked' }).waitFor();
  await picture(page, 'site-booked');
  const code = ((await page.locator('.window').textContent()) ?? '').replace(' ', '');

  const kiosk = await open(context, '/kiosk/1?lang=ru');
  await kiosk.getByRole('button', { name: 'Я по записи' }).click();
  await kiosk.getByRole('textbox', { name: 'Код вашей записи' }).fill(code);
  await expectAccessible(kiosk);
  await kiosk.getByRole('button', { name: 'Дальше' }).click();
  await kiosk.locator('.ticket .number').waitFor();

  const centre = `/api/centres/1/days/${DAY}`;
  const commandId = () => crypto.randomUUID();
  const skills = skilled('passports', 'benefits', 'property', 'extracts', 'vehicles');
  await node.ask('POST', `${centre}/windows/1/open`, { commandId: commandId(), specialistId: 'anna', skills });
  const { body } = await node.ask('POST', `${centre}/windows/1/ready`, { commandId: commandId() });
  expect((body['call'] as { number: string }).number).toBe(await kiosk.locator('.ticket .number').textContent());
  await page.goto(`${node.url}/my-booking/show`);
  await page.getByText('State: checked in').waitFor();
  // The call was missed: one press on the page of the booking, and the visit goes on.
  const { visitId } = body['call'] as { visitId: string };
  await node.ask('POST', `${centre}/windows/1/no-show`, { commandId: commandId(), visitId });
  await page.getByRole('button', { name: 'I am at the centre: join the queue' }).click();
  await page.waitForURL(/\/t\?/);
  expect((await node.ask('GET', `${centre}/visits/${visitId}`)).body['state']).toBe('waiting');
  await context.close();
});

test('reception books for a visitor without a telephone, and moves everybody when the centre closes', async () => {
  const context = await visitor(true, { width: 1366, height: 900 });
  const page = await open(context, '/hall/3?lang=ru');
  await page.getByRole('tab', { name: 'Записи' }).click();
  await page.getByLabel('День').fill(TOMORROW);
  await page.getByLabel('Услуга').selectOption('passports');
  await page.getByRole('button', { name: '09:00', exact: true }).click();
  await page.getByText(/Записан на 09:00. Код: /).waitFor();
  await page.getByRole('row', { name: /09:00/ }).waitFor();
  await expectAccessible(page);
  await picture(page, 'hall-bookings');
  await page.getByRole('button', { name: /^Перенести/ }).click();
  await page.getByRole('button', { name: '10:00', exact: true }).click();
  await page.getByRole('row', { name: /10:00/ }).waitFor();
  await node.ask('POST', `/api/centres/3/closures/${TOMORROW}`, { hours: null, reason: 'repair' });
  await page.reload();
  await page.getByRole('tab', { name: 'Записи' }).click();
  await page.getByText(/центр в это время закрыт/).waitFor();
  await page.getByRole('button', { name: 'Перенести все и сообщить' }).click();
  await page.getByText('Перенесено: 1, осталось: 0').waitFor();
  await context.close();
});

test('a home visit: the address is asked for, and is in the route of the crew', async () => {
  const crew = { kind: 'home-crew', unit: 1, name: { ru: 'Бригада', en: 'Crew' }, hours: null, equipmentId: null };
  const rule = { moreMinutes: 0, bufferMinutes: 45, resources: [], atHome: true };
  await node.ask('PUT', '/api/booking-rules/home-visit', rule);
  await node.ask('PUT', '/api/centres/2/booking-setting', { ...USUAL_BOOKING, resources: [crew] });
  const context = await visitor(false);
  const page = await open(context, '/services/home-visit?lang=ru');
  await page.getByRole('link', { name: 'Записаться' }).click();
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByRole('button', { name: '15:00', exact: true }).click();
  await page.getByLabel('Телефон или электронная почта').fill('vera@example.org');
  await page.getByRole('button', { name: 'Прислать код' }).click();
  await page.getByRole('alert').getByText('Напишите адрес').waitFor();
  await page.getByLabel('Адрес').fill('Арбат, дом 1, квартира 2');
  await page.getByLabel('Район').selectOption({ label: 'Сокол' });
  await page.getByRole('button', { name: 'Прислать код' }).click();
  await page.getByLabel('Код из сообщения').fill(await codeFor('vera@example.org'));
  await page.getByRole('button', { name: 'Подтвердить запись' }).click();
  await page.getByRole('heading', { name: 'Вы записаны' }).waitFor();
  await context.close();
  const staff = await visitor(true, { width: 1366, height: 900 });
  const hall = await open(staff, '/hall/2?lang=ru');
  await hall.getByRole('tab', { name: 'Записи' }).click();
  await hall.getByText('Арбат, дом 1, квартира 2').waitFor();
  await hall.getByText(/выехать в 14:\d\d/).waitFor();
  await expectAccessible(hall);
  await hall.getByRole('button', { name: /Приняли/ }).click();
  await hall.getByText('принят', { exact: true }).first().waitFor();
  await staff.close();
});

test('a form of another site cannot act with what this browser keeps', async () => {
  const answer = await fetch(`${node.url}/my-booking/cancel`, {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
  });
  expect(answer.status).toBe(403);
});

test('what programs read: the list of pages, news, structured data, unknown pages', async () => {
  const text = async (path: string) => (await fetch(node.url + path)).text();
  expect(await text('/sitemap.xml')).toContain(`<loc>${node.url}/services/passport</loc>`);
  expect(await text('/news.xml')).toContain('<title>Новость &lt;дня&gt;</title>');
  expect(await text('/robots.txt')).toContain('Sitemap:');
  const page = await text('/services/driving-licence');
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? '{}') as Record<
    string,
    unknown
  >;
  expect(data['@type']).toEqual(['GovernmentService', 'cpsv:PublicService']);
  for (const path of ['/services/nothing', '/centres/99', '/situations/nothing', '/centres/x']) {
    const answer = await fetch(node.url + path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
  }
  expect((await fetch(`${node.url}/book/when`, { redirect: 'manual' })).status).toBe(303);
});

test('large print is kept without a script', async () => {
  const context = await visitor(false);
  const page = await open(context, '/services?lang=ru');
  await page.getByRole('link', { name: 'Крупный шрифт' }).click();
  await page.goto(`${node.url}/centres`);
  expect(await page.locator('html').getAttribute('data-print')).toBe('large');
  await page.getByRole('link', { name: 'Обычный размер' }).click();
  expect(await page.locator('html').getAttribute('data-print')).toBeNull();
  await context.close();
});
