import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { launchBrowser } from '../../bench/browser.ts';
import { picture } from '../support/page.ts';
import { busyCentre, furnish } from '../support/busy-centre.ts';
import { cloneDatabase, DAY, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
const problems: string[] = [];

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), busyCentre]);
  await furnish(node);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
});

/** A screen on a machine of its own. */
async function open(path: string, at = node.url, viewport = { width: 1280, height: 800 }): Promise<Page> {
  const page = await browser.newPage({ viewport, locale: 'ru' });
  page.setDefaultTimeout(120_000);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${path}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
  await page.goto(at + path);
  return page;
}

/** The visitor's own page, as the telephone opens it from the QR code of the ticket on a kiosk's screen. */
async function ownPage(kiosk: Page): Promise<Page> {
  const visitId = await kiosk.locator('[data-visit]').getAttribute('data-visit');
  const number = await kiosk.locator('.ticket .number').textContent();
  const { body } = await node.ask('GET', `/api/centres/2/numbers/${encodeURIComponent(number ?? '')}`);
  expect(body['visitId']).toBe(visitId);
  return open(`/t?lang=ru#${String(body['token'])}`, node.url, { width: 390, height: 844 });
}

test('a ticket in three touches, a call on board and in words, a transfer, a finish, a rating, public figures', async () => {
  const kiosk = await open('/kiosk/2', node.url, { width: 1080, height: 1920 });
  const board = await open('/board/2', node.url, { width: 1920, height: 1080 });
  const [one, two] = [await open('/window/2/1'), await open('/window/2/2')];
  await board.getByText('Сейчас никого не вызывают').waitFor();

  await kiosk.getByRole('button', { name: /Паспорта/ }).click();
  await kiosk.getByRole('button', { name: /Паспорт впервые/ }).click();
  await kiosk.getByRole('button', { name: 'Взять талон' }).click();
  await kiosk.locator('.ticket .number').getByText('П001').waitFor();
  await kiosk.getByRole('img', { name: /QR-код/ }).waitFor();
  await kiosk.getByText('Зона А').waitFor();
  await picture(kiosk, 'kiosk-ticket');
  const mine = await ownPage(kiosk);
  await mine.getByText('Вы следующий').waitFor();
  await picture(mine, 'visitor-waiting');

  await one.getByRole('button', { name: /Открыть окно/ }).click();
  await one.getByRole('button', { name: /Готов принять следующего/ }).click();
  await one.locator('.number').getByText('П001').waitFor();
  await board.locator('.call--lit').getByText('П001').waitFor();
  await board.getByRole('status').getByText('П001 окно 1').waitFor({ state: 'attached' });
  await picture(board, 'board-call');
  await mine.getByText('Вас вызывают').waitFor();
  await mine.getByText('Окно 1').waitFor();

  await one.getByRole('button', { name: /Посетитель пришёл/ }).click();
  await one.getByText('Идёт приём').waitFor();
  await picture(one, 'window-serving');
  await one.getByRole('button', { name: /Передать/ }).click();
  await one.getByLabel('Найти услугу').fill('недвиж');
  await one.getByRole('listbox', { name: 'Услуга' }).selectOption('property');
  await one.getByText('Впереди: 0').waitFor();
  await picture(one, 'window-transfer');
  await one.getByRole('dialog').getByRole('button', { name: 'Передать' }).click();
  await one.getByText('Готовы принять следующего?').waitFor();
  await mine.getByText('Вы в очереди').waitFor();

  await two.getByRole('button', { name: /Открыть окно/ }).click();
  await two.getByRole('button', { name: /Готов принять следующего/ }).click();
  await two.locator('.number').getByText('П001').waitFor();
  await two.getByRole('button', { name: /Посетитель пришёл/ }).click();
  await two.getByText('Уже сделано').waitFor();
  await two.getByRole('button', { name: /Завершить иначе/ }).click();
  await two.getByRole('radio', { name: 'консультация' }).check({ force: true });
  await two.getByRole('dialog').getByRole('button', { name: 'Завершить приём' }).click();
  await two.getByText('Готовы принять следующего?').waitFor();

  await mine.getByText('Как вас приняли?').waitFor();
  await mine.getByRole('button', { name: 'хорошо' }).click();
  await mine.getByText('Спасибо!').waitFor();
  const tablet = await open('/rate/2/2');
  await tablet.getByText('Талон П001: как вас приняли?').waitFor();
  await tablet.getByRole('button', { name: 'отлично' }).click();
  await tablet.getByText('Спасибо!').waitFor();
  const hallKiosk = await open('/kiosk/2');
  await hallKiosk.getByRole('button', { name: 'Оценить визит' }).click();
  for (const sign of ['П', '0', '0', '1']) await hallKiosk.getByRole('button', { name: sign, exact: true }).click();
  await hallKiosk.getByRole('button', { name: 'Дальше' }).click();
  await hallKiosk.getByRole('button', { name: 'нормально' }).click();
  await hallKiosk.getByText('Оценка записана').waitFor();
  const marks = async () => (await node.database.pool.query('select mark, given_at from rating')).rows;
  expect(await marks(), 'one rating a visit, which may be changed').toEqual([{ mark: 3, given_at: 'kiosk' }]);

  const figures = await open(`/promise?lang=ru&day=${DAY}&centre=2`);
  await figures.getByRole('row', { name: /Центр 2/ }).waitFor();
  await figures.getByText('меньше 30 оценок').waitFor();
  expect(problems).toEqual([]);
  for (const page of [kiosk, board, one, two, mine, tablet, figures]) await page.close();
});

test('the promise is broken: a drink on the ticket at once, given out once, seen by the hall and by the city', async () => {
  const kiosk = await open('/kiosk/2');
  await kiosk.getByRole('button', { name: /Пособия/ }).click();
  await kiosk.getByRole('button', { name: /Другой вопрос/ }).click();
  await kiosk.getByRole('button', { name: 'Взять талон' }).click();
  await kiosk.locator('.ticket .number').getByText('С001').waitFor();
  const mine = await ownPage(kiosk);
  await mine.getByText('Вы следующий').waitFor();
  const hall = await open('/hall/2', node.url, { width: 1366, height: 900 });
  await hall.getByRole('row', { name: /С001/ }).waitFor();
  await node.stepTo(16);
  await mine.getByText('Чай, кофе или какао за наш счёт').waitFor();
  await picture(mine, 'visitor-voucher');
  await hall.locator('.broken').getByRole('rowheader', { name: 'С001' }).waitFor();
  await hall.getByText(/Дольше всех ждут 16 мин/).waitFor();
  await hall.getByRole('button', { name: 'Вижу' }).first().click();
  await picture(hall, 'hall');
  const [bar, otherBar] = [await open('/bar/2'), await open('/bar/2')];
  await bar.getByRole('button', { name: 'С001: Какао' }).waitFor();
  await otherBar.getByRole('button', { name: 'С001: Чай' }).waitFor();
  await Promise.all([
    bar.getByRole('button', { name: 'С001: Какао' }).click(),
    otherBar.getByRole('button', { name: 'С001: Чай' }).click(),
  ]);
  await bar.getByText('Уже выданы: 1').waitFor();
  await mine.getByText('Напиток за долгое ожидание выдан').waitFor();
  const { rows } = await node.database.pool.query('select count(*)::integer as n from drink_given');
  expect(rows, 'two bars at once, one drink').toEqual([{ n: 1 }]);
  const figures = await open(`/promise?lang=ru&day=${DAY}&centre=2`);
  await figures.getByText('выдано 1 из 1').waitFor();
  await figures.getByText('Обещание нарушено чаще, чем допустимо').waitFor();

  await mine.getByRole('button', { name: 'Уйти из очереди' }).click();
  await mine.getByRole('button', { name: 'Да, уйти' }).click();
  await mine.getByText('Вы ушли из очереди').waitFor();
  await mine.getByRole('button', { name: 'Я передумал' }).click();
  await mine.getByText('Вы в очереди').waitFor();
  await mine.getByRole('button', { name: 'На 10 минут позже' }).click();
  await mine.getByText('Вы отложили очередь').waitFor();
  problems.splice(0, problems.length, ...problems.filter((text) => !text.includes('409')));
  expect(problems).toEqual([]);
  for (const page of [kiosk, mine, hall, bar, otherBar, figures]) await page.close();
});

test('a kiosk asks, counts, finds in plain words, calls a person, and goes back by itself', async () => {
  const kiosk = await open('/kiosk/2', node.url, { width: 1080, height: 1920 });
  await kiosk.getByRole('button', { name: 'Позвать сотрудника' }).click();
  await kiosk.getByText('Сотрудник сейчас подойдёт').waitFor();
  const { body: alerts } = await node.ask('GET', '/api/centres/2/alerts');
  expect(alerts).toContainEqual(expect.objectContaining({ kind: 'person-wanted', place: 'kiosk', clearedAt: null }));

  await kiosk.getByRole('button', { name: 'Найти услугу словами' }).click();
  for (const letter of 'паспорт') await kiosk.getByRole('button', { name: letter, exact: true }).click();
  await kiosk.getByRole('button', { name: /Паспорт впервые/ }).waitFor();
  await kiosk.getByRole('button', { name: 'Назад' }).click();

  await kiosk.getByRole('button', { name: 'Родился ребёнок' }).click();
  await kiosk.getByRole('button', { name: /Пособие на ребёнка/ }).click();
  await kiosk.getByText('Сколько детей?').waitFor();
  await kiosk.getByRole('button', { name: 'Двое' }).click();
  await kiosk.getByText('× 2').waitFor();
  await kiosk.getByRole('button', { name: /Увелич/ }).click();
  await kiosk.getByRole('button', { name: 'Ещё одна услуга' }).click();
  await kiosk.getByRole('button', { name: /Недвижимость/ }).click();
  await kiosk.getByRole('button', { name: /Другой вопрос/ }).click();
  await kiosk.getByRole('button', { name: 'Приём вне очереди по закону' }).click();
  await kiosk.getByRole('button', { name: 'Инвалиды' }).click();
  await kiosk.getByText('Вас вызовут в первую очередь').waitFor();
  await kiosk.getByRole('button', { name: 'Взять талон' }).click();
  const visitId = await kiosk.locator('[data-visit]').getAttribute('data-visit');
  const { body } = await node.ask('GET', `/api/centres/2/days/${DAY}/visits/${visitId}`);
  expect(body).toMatchObject({ persons: 2, classLetter: 'L' });
  expect(body['wishes']).toMatchObject([
    { serviceId: 'child-benefit', quantity: 2 },
    { serviceId: 'property', quantity: 1 },
  ]);
  await kiosk.reload();
  await kiosk.locator(`[data-visit="${visitId}"]`).waitFor();
  await kiosk.getByRole('button', { name: /Готово/ }).click();
  await kiosk.getByText('С каким вопросом вы пришли?').waitFor();

  await kiosk.getByRole('button', { name: 'Для сотрудников' }).click();
  for (const digit of '1234') await kiosk.getByRole('button', { name: digit, exact: true }).click();
  await kiosk.getByRole('button', { name: 'Дальше' }).click();
  await kiosk.getByText('Код неверный').waitFor();
  for (const digit of '2580') await kiosk.getByRole('button', { name: digit, exact: true }).click();
  await kiosk.getByRole('button', { name: 'Дальше' }).click();
  await kiosk.getByRole('button', { name: 'Проверить печать' }).waitFor();
  await kiosk.getByRole('button', { name: 'Назад' }).click();

  await kiosk.getByRole('button', { name: 'Oʻzbekcha' }).click();
  await kiosk.getByText('Qanday masala bilan keldingiz?').waitFor();
  await kiosk.getByRole('button', { name: /Паспорта/ }).click();
  // Fifteen seconds without a touch: it asks, and then it is as it was for the next one.
  await kiosk.getByRole('alertdialog').waitFor();
  await kiosk.getByText('С каким вопросом вы пришли?').waitFor();
  await kiosk.close();
});

test('the same in English: ticket, call, service', async () => {
  const kiosk = await open('/kiosk/1?lang=en');
  const board = await open('/board/1?lang=en');
  const window = await open('/window/1/1?lang=en');
  await kiosk.getByRole('button', { name: /Benefits/ }).click();
  await kiosk.getByRole('button', { name: /Another question/ }).click();
  await kiosk
    .getByText(/No wait|Wait|is not known now/)
    .first()
    .waitFor();
  await kiosk.getByRole('button', { name: 'Take a ticket' }).click();
  await kiosk.getByText('Your number', { exact: true }).waitFor();
  await kiosk.locator('.latin').getByText('S001').waitFor();
  await window.getByRole('button', { name: /Open the window/ }).click();
  await window.getByRole('button', { name: /Ready for the next/ }).click();
  await board.locator('.call--lit').getByText('window').first().waitFor();
  await window
    .getByRole('button', { name: /visitor/i })
    .first()
    .click();
  await window
    .getByRole('button', { name: /Finish/ })
    .first()
    .click();
  await window.getByRole('button', { name: /Ready for the next/ }).waitFor();
  for (const page of [kiosk, board, window]) await page.close();
});

test('two tabs at one window: the second says so, and takes over when the first is closed', async () => {
  const context = await browser.newContext({ locale: 'ru' });
  const first = await context.newPage();
  await first.goto(`${node.url}/window/1/3`);
  await first.getByRole('button', { name: /Открыть окно/ }).waitFor();
  const second = await context.newPage();
  await second.goto(`${node.url}/window/1/3`);
  await second.getByText('уже открыто в другой вкладке').waitFor();
  await first.close();
  await second.getByRole('button', { name: /Открыть окно/ }).waitFor();
  await context.close();
});

test('a window works with the keyboard alone', async () => {
  const window = await open('/window/1/2');
  await window.getByRole('button', { name: /Открыть окно/ }).waitFor();
  await window.keyboard.press('Enter');
  await window.getByText('Готовы принять следующего?').waitFor();
  await window.keyboard.press('F2');
  await window.getByText('Ждём посетителя').waitFor();
  await window.keyboard.press('F9');
  await window.getByRole('dialog').waitFor();
  await window.keyboard.press('Escape');
  await window.getByRole('dialog').waitFor({ state: 'detached' });
  await window.keyboard.press('Shift+F2');
  await window.getByText('Окно закрыто').waitFor();
  await window.close();
});

test('a board that lost its server says since when, and catches up by itself', async () => {
  const database = await cloneDatabase();
  const first = await startTestNode(database.url);
  const port = Number(new URL(first.url).port);
  const board = await open('/board/1', first.url);
  await board.locator('.board__panes').waitFor();
  await first.close();
  await board.getByText(/Нет связи с \d\d:\d\d/).waitFor();
  expect(await board.locator('.board__calls').count(), 'old numbers are not shown as if they were new').toBe(0);
  const second = await startTestNode(database.url, [], port);
  await board.locator('.board__panes').waitFor();
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
  await kiosk.getByRole('button', { name: /Другой вопрос/ }).click();
  await kiosk.getByRole('button', { name: 'Взять талон' }).click();
  await kiosk.locator('.ticket .number').getByText('Н001').waitFor();
  expect(lost).toBe(2);
  expect(await taken()).toBe(before + 1);
  await kiosk.close();
});

test('a centre that is not there is said so', async () => {
  const board = await open('/board/999');
  await board.getByRole('alert').getByText('Центра № 999 нет').waitFor();
  await board.close();
});
