import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { STANDARD_PACKAGES } from '../../demo/passports/packages.ts';
import { STANDARD_PASSPORTS } from '../../demo/passports/standard.ts';
import { type CivilDate, instantOf } from '../../core/time/civil.ts';
import { HOUR } from '../../core/time/instant.ts';
import { putAgency } from '../../server/modules/applications/index.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../../server/modules/packages/index.ts';
import { launchBrowser } from '../../bench/browser.ts';
import { caseWork, IVANOVA, PNG, SIDOROV, testPassport } from '../support/case-node.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode, ZONE } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
let staff: BrowserContext;
const problems: string[] = [];
const actor = { kind: 'program', id: 'okno' } as const;
const GROUPS = ['passports', 'benefits', 'property', 'extracts', 'vehicles', 'family'];
const BY_WIRE = ['sfr', 'foms', 'dtszn', 'zags'];

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1)]);
  const groups = GROUPS.map((groupId, place) => ({
    groupId,
    letter: 'ПСНВТР'[place] as string,
    name: { ru: `Группа ${place}`, en: `Group ${place}` },
    place,
  }));
  const day = '2026-02-19' as CivilDate;
  await importPassports(node.database, actor, { groups, passports: STANDARD_PASSPORTS }, day);
  await importPackageTemplates(node.database, actor, STANDARD_PACKAGES, node.now());
  for (const agencyId of BY_WIRE) {
    const name = { ru: agencyId, en: agencyId };
    const agency = { agencyId, name, adapter: 'mock', setting: { behaviour: 'instant' } } as const;
    await node.database.write((tx) => putAgency(tx, agency, null, node.now()));
  }
  await caseWork(node).person({ ...IVANOVA, birthPlace: 'Москва', address: 'Комсомольский проспект, 8' });
  browser = await launchBrowser();
  staff = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'ru' });
  staff.setDefaultTimeout(120_000);
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
  expect(problems).toEqual([]);
});

async function open(path: string, context = staff): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
  await page.goto(node.url + path);
  return page;
}

const onDay = (day: string) => node.ask('POST', '/api/clock/step', { to: instantOf(day, '10:00', ZONE) });
const button = (place: Page | Locator, name: string | RegExp) => place.getByRole('button', { name });

/** Finds the one who has come by the insurance number. */
async function find(page: Page): Promise<void> {
  await page.getByLabel('Зачем открываете данные').fill('проверка программы');
  await page.getByRole('textbox', { name: 'СНИЛС' }).fill('112-233-445 95');
  await button(page, 'Найти').click();
  await button(page, 'Выбрать').click();
  await page.getByRole('heading', { name: '2. Что нужно' }).waitFor();
}

/** Begins a service; fills in what is not known, and shows every document. Gives the number and the code of the receipt. */
async function register(page: Page, service: string, variant: string, answers: Readonly<Record<string, string>>) {
  const wish = page.getByRole('form', { name: 'Одна услуга' });
  await wish.getByRole('combobox').first().selectOption({ label: service });
  await wish.getByRole('combobox').nth(1).selectOption({ label: variant });
  await button(wish, 'Начать').click();
  return fill(page, answers);
}

async function fill(page: Page, answers: Readonly<Record<string, string>>, way = 'подлинник показан') {
  const draft = page.getByRole('form', { name: '3. Что известно и что принесли' });
  await draft.waitFor();
  for (const [label, value] of Object.entries(answers)) {
    const field = draft.getByLabel(label, { exact: true });
    if ((await field.evaluate(({ tagName }) => tagName)) === 'SELECT') await field.selectOption({ label: value });
    else await field.fill(value);
  }
  for (const seen of await draft.getByRole('combobox', { name: /: Как увидели$/ }).all())
    if ((await seen.inputValue()) === '') await seen.selectOption({ label: way });
  await button(draft, 'Зарегистрировать').click();
  const code = page.locator('.enquiry-code');
  await code.waitFor();
  const heading = await page.locator('#application').innerText();
  return { number: heading.split(' · ')[0] as string, code: await code.innerText() };
}

/** Scans every paper that waits into the manifest that is open. */
async function scanAll(page: Page, barcodes: readonly string[]): Promise<void> {
  for (const barcode of barcodes) {
    await page.getByRole('textbox', { name: 'Отсканируйте штрихкод' }).fill(barcode);
    await page.keyboard.press('Enter');
    await page.locator('.manifest-lines').getByText(barcode).waitFor();
  }
  await page.getByLabel('Номер пломбы').fill('П-17');
  await button(page, 'Опечатать и отдать курьеру').click();
  await page.getByText('опечатан, в пути').first().waitFor();
}

test.each([
  {
    name: 'a passport in five working days',
    service: 'Получить или заменить паспорт: 14, 20, 45 лет, утрата, новая фамилия',
    variant: 'В 20 и в 45 лет',
    answers: {},
    agency: 'mvd',
    from: '2026-02-19',
    lastDay: '27.02.2026',
  },
  {
    name: 'a driving licence in nine calendar days',
    service: 'Заменить права: истёк срок, потеряны, новая фамилия',
    variant: 'Замена',
    answers: { 'Почему меняете': 'утеряно' },
    agency: 'gibdd',
    from: '2026-04-23',
    lastDay: '04.05.2026',
  },
])('$name, with couriers both ways', async ({ service, variant, answers, agency, from, lastDay }) => {
  await onDay(from);
  const page = await open('/cases/1');
  await find(page);
  await expectAccessible(page);
  const { number, code } = await register(page, service, variant, answers);
  await page.getByText('принято', { exact: true }).first().waitFor();
  expect(await page.locator('.dates').innerText()).toContain(lastDay);
  await expectAccessible(page);
  await picture(page, `cases-${agency}`);
  // The agency decides what has been paid.
  const pay = button(page, 'Оплатить на терминале');
  await pay.first().waitFor();
  for (let left = await pay.count(); left > 0; left -= 1) {
    await pay.first().click();
    await expect.poll(() => pay.count()).toBe(left - 1);
  }

  await page.getByRole('tab', { name: 'Бумаги и курьеры' }).click();
  await button(page, 'Открыть реестр').click();
  await scanAll(page, await page.getByRole('region', { name: 'Ждут отправки' }).locator('code').allInnerTexts());
  await expectAccessible(page);

  const desk = await open(`/agency/${agency}`);
  await desk.getByRole('tab', { name: 'Реестры' }).click();
  await button(desk, new RegExp(`^A1-${agency}`)).click();
  await button(desk, 'Принять по описи').click();
  await desk.getByText('передан', { exact: false }).first().waitFor();
  await desk.getByRole('tab', { name: 'Заявления' }).click();
  await button(desk, number).click();
  await button(desk, 'Решить положительно').click();
  await desk.getByText('решение принято').first().waitFor();
  await expectAccessible(desk);
  await picture(desk, `agency-${agency}`);
  const result = await desk.getByRole('region', { name: 'Бумаги' }).getByText('результат').locator('code').innerText();
  await desk.getByRole('tab', { name: 'Реестры' }).click();
  await desk.getByLabel('Отправить результаты в центр №').fill('1');
  await button(desk, 'Открыть реестр').click();
  await scanAll(desk, [result]);

  await button(page, new RegExp(`^C1-${agency}`)).click();
  await button(page, 'Принять по описи').click();
  await page.getByText('передан', { exact: false }).first().waitFor();
  await page.getByRole('tab', { name: 'Заявления' }).click();
  await page.getByLabel('Номер заявления или штрихкод').fill(result);
  await button(page, 'Открыть').click();
  await page.getByText('готово к выдаче').first().waitFor();

  const visitor = await browser.newContext({ javaScriptEnabled: false, locale: 'ru' });
  const site = await open('/application', visitor);
  await site.getByLabel('Номер заявления').fill(number);
  await site.getByLabel('Код для справок').fill(code);
  await button(site, 'Открыть').click();
  await site.getByText('готово к выдаче').first().waitFor();
  expect(await site.locator('main').innerText()).toContain('Возьмите паспорт');
  await visitor.close();

  await button(page, 'Выдать').click();
  await page.getByRole('checkbox', { name: /Документ проверен/ }).check();
  await button(page, 'Сделать').click();
  await page.getByText('выдано').first().waitFor();
  await page.close();
  await desk.close();
});

test('a marriage: begun at home, finished at the window, signed by the other at home', async () => {
  await onDay('2026-05-15');
  await caseWork(node).person(SIDOROV);
  const visitor = await browser.newContext({ javaScriptEnabled: false, locale: 'ru' });
  const home = await open('/services/marriage', visitor);
  await home.getByRole('link', { name: 'Начать заявление дома' }).click();
  await button(home, 'Сохранить и получить код').click();
  await home.getByRole('alert').getByText('ФИО второго заявителя').waitFor();
  await home.getByLabel('ФИО второго заявителя').fill('Сидоров Пётр Ильич');
  await home.getByLabel('Желаемый день').fill('2026-06-20');
  await button(home, 'Сохранить и получить код').click();
  const homeCode = await home.locator('main strong').innerText();
  await picture(home, 'home-kept');

  const page = await open('/cases/1');
  await find(page);
  const begun = page.getByRole('form', { name: 'Начато дома' });
  await begun.getByLabel('Код заявителя').fill(homeCode);
  await button(begun, 'Продолжить').click();
  const draft = page.getByRole('form', { name: '3. Что известно и что принесли' });
  await draft.waitFor();
  expect(await draft.getByLabel('ФИО второго заявителя').inputValue()).toBe('Сидоров Пётр Ильич');
  await draft.getByRole('textbox', { name: 'Как сообщить о готовности' }).fill('maria@example.org');
  for (const seen of await draft.getByRole('combobox', { name: /: Как увидели$/ }).all())
    await seen.selectOption({ label: 'подлинник показан' });
  await button(draft, 'Зарегистрировать').click();
  await draft.getByRole('alert').getByText('Не хватает подписей: Второй заявитель').waitFor();

  const other = page.getByRole('form', { name: 'Второй заявитель' });
  await other.getByLabel('СНИЛС того, кто подписывает').fill(SIDOROV.snils);
  await other.locator('summary').click();
  await other.getByLabel('Телефон или почта для кода').fill('petr@example.org');
  await button(other, 'Выслать код: подпишет дома').click();
  await other.getByText('приглашён').waitFor();
  await expectAccessible(page);
  await picture(page, 'cases-signers');

  await home.goto(`${node.url}/co-sign`);
  await expect
    .poll(async () => {
      const posted = (await node.ask('GET', '/api/demo-post')).body as unknown as { address: string; text: string }[];
      return posted.find(({ address }) => address === 'petr@example.org')?.text ?? '';
    })
    .toContain('Код:');
  const posted = (await node.ask('GET', '/api/demo-post')).body as unknown as { address: string; text: string }[];
  const letter = posted.find(({ address }) => address === 'petr@example.org')?.text ?? '';
  await home.getByLabel('Код из сообщения').fill(/Код: ([A-Z2-9 ]+)\./.exec(letter)?.[1] ?? '');
  await home.getByLabel('Ваша дата рождения').fill(SIDOROV.birth);
  await button(home, 'Открыть').click();
  await home.getByText('20.06.2026').waitFor();
  await picture(home, 'co-sign');
  await button(home, 'Подписать').click();
  await home.getByText('Подписано. Больше ничего делать не нужно.').waitFor();
  await visitor.close();

  await button(draft, 'Зарегистрировать').click();
  await page.locator('.enquiry-code').waitFor();
  const [paper] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Заявление (PDF)' }).click(),
  ]);
  await paper.close();
  await page.close();
});

test('days away are counted at the window, and too few are refused with the ground from the list', async () => {
  const page = await open('/cases/1');
  await find(page);
  const wish = page.getByRole('form', { name: 'Одна услуга' });
  await wish
    .getByRole('combobox')
    .first()
    .selectOption({ label: 'Вернуть плату за коммунальные услуги, когда вас не было дома' });
  await button(wish, 'Начать').click();
  const draft = page.getByRole('form', { name: '3. Что известно и что принесли' });
  await draft.getByLabel('Когда уехали').fill('2026-05-01');
  await draft.getByLabel('Когда вернулись').fill('2026-05-15');
  await draft.getByText('Полных дней отсутствия: 13. Подать можно до 14.06.2026').waitFor();
  await draft.getByLabel('Когда вернулись').fill('2026-05-07');
  await draft.getByText('нужно больше 5').waitFor();
  await expectAccessible(page);
  await button(page, 'Отказать в приёме').click();
  await page.getByRole('combobox', { name: /Основание/ }).selectOption('not-away-long-enough');
  await button(page, 'Сделать').click();
  await page.getByText('не принято', { exact: true }).first().waitFor();
  await page.close();
});

test('a camera over the table, couriers by their timetable, a camera that reads barcodes, and the shelf', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'ru' });
  context.setDefaultTimeout(120_000);
  // The browser's own parts that this machine has not: a camera, and a reader of barcodes.
  await context.addInitScript(() => {
    const seen = { barcode: '' };
    Object.assign(globalThis, {
      seen,
      BarcodeDetector: class {
        detect() {
          return Promise.resolve(seen.barcode === '' ? [] : [{ rawValue: seen.barcode }]);
        }
      },
    });
    const canvas = document.createElement('canvas');
    const ink = canvas.getContext('2d');
    // A sheet with lines of text: a blank one would be refused.
    setInterval(() => {
      if (ink === null) return;
      ink.fillStyle = '#ffffff';
      ink.fillRect(0, 0, canvas.width, canvas.height);
      ink.fillStyle = '#000000';
      for (let y = 10; y < canvas.height; y += 12) ink.fillRect(10, y, 150 + Math.random() * 100, 5);
    }, 100);
    Object.defineProperty(navigator, 'mediaDevices', {
      value: { getUserMedia: () => Promise.resolve(canvas.captureStream(5)) },
    });
  });
  const page = await open('/cases/1', context);
  await find(page);
  const service = 'Получить или заменить паспорт: 14, 20, 45 лет, утрата, новая фамилия';
  const wish = page.getByRole('form', { name: 'Одна услуга' });
  await wish.getByRole('combobox').first().selectOption({ label: service });
  await wish.getByRole('combobox').nth(1).selectOption({ label: 'В 20 и в 45 лет' });
  await button(wish, 'Начать').click();
  const camera = page.getByRole('button', { name: /: Снять камерой$/ }).first();
  await camera.click();
  await page.getByLabel('Что видит камера').waitFor();
  for (const leaf of [1, 2]) {
    await button(page, 'Снять страницу').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: `${leaf}.jpg` })
      .waitFor();
  }
  await expectAccessible(page);
  await picture(page, 'cases-camera');
  await camera.click();
  await fill(page, {});
  await page.getByRole('link', { name: /открыть скан: .* 2\.jpg/ }).waitFor();

  await page.getByRole('tab', { name: 'Бумаги и курьеры' }).click();
  await page.getByText('Расписание курьеров').click();
  const departure = page.getByRole('form', { name: 'Добавить рейс' });
  await departure.getByLabel('Ведомство').selectOption({ label: 'МВД России' });
  await departure.getByLabel('Уезжает в').fill('16:00');
  await button(departure, 'Добавить рейс').click();
  await page.getByText('МВД России, 16:00: пн, вт, ср, чт, пт').waitFor();
  const waiting = page.getByRole('region', { name: 'Ждут отправки' });
  await waiting.getByText(/Ближайший курьер: .*16:00/).waitFor();
  const [barcode, second] = await waiting.locator('code').allInnerTexts();

  const shelf = page.getByRole('region', { name: 'Полка' });
  await shelf.getByLabel('Штрихкод документа').fill(barcode as string);
  await shelf.getByLabel('Ячейка').fill('А-12');
  await button(shelf, 'Положить на полку').click();
  await shelf.getByText('А-12').waitFor();

  await button(waiting, 'Открыть реестр').click();
  const filling = page.getByRole('form', { name: 'Отсканируйте штрихкод' });
  await button(filling, 'Сканировать камерой').click();
  await page.evaluate(
    (shown) => Object.assign((globalThis as { seen?: object }).seen ?? {}, { barcode: shown }),
    second,
  );
  await page
    .locator('.manifest-lines')
    .getByText(second as string)
    .waitFor();
  await expectAccessible(page);
  await picture(page, 'cases-papers');
  await context.close();
});

test('a newborn: one set of facts, one certificate, agencies that answer by themselves', async () => {
  await onDay('2026-05-18');
  const page = await open('/cases/1');
  await find(page);
  const wish = page.getByRole('form', { name: 'Пакет: несколько' });
  await wish.getByRole('combobox').selectOption({ label: 'Рождение ребёнка' });
  await button(wish, 'Начать').click();
  const graph = page.getByRole('region', { name: /Ход пакета/ });
  const step = (name: string) => graph.getByRole('button', { name: new RegExp(`^${name}`) });
  const choose = async (name: string) => {
    await step(name).click();
    await graph.getByRole('button', { name: new RegExp(`^${name}`), pressed: true }).waitFor();
  };
  await step('Регистрация рождения').waitFor();
  expect(await graph.getByText('ждёт другого документа').count()).toBe(6);
  await expectAccessible(page);
  await picture(page, 'cases-newborn');

  const facts = page.getByRole('form', { name: 'Сведения для всего пакета' });
  await facts.getByLabel('ФИО ребёнка').fill('Иванов Лев Петрович');
  await facts.getByLabel('Дата рождения ребёнка').fill('2026-05-10');
  await facts.getByLabel('Номер записи о рождении').fill('110269770001');
  await facts.getByLabel('Счёт для выплаты').fill('40817810000000000001');
  await facts.getByLabel('БИК банка').fill('044525225');
  const kept = page.waitForResponse((reply) => reply.url().endsWith('/facts') && reply.ok());
  await button(facts, 'Сохранить черновик').click();
  await kept;
  await choose('Регистрация рождения');
  await fill(page, { 'Пол ребёнка': 'мальчик', 'Место рождения ребёнка': 'Москва' });
  // The registry answers by wire: the certificate is there, and everything that waited for it opens.
  await expect.poll(() => step('СНИЛС ребёнка').innerText()).toContain('черновик');
  expect(await step('Полис ОМС').innerText()).toContain('ждёт: СНИЛС ребёнка');
  for (const name of ['СНИЛС ребёнка', 'Материнский капитал', 'Единовременное пособие', 'Городские выплаты и набор']) {
    await choose(name);
    // Nothing is typed any more: all of it is known.
    await fill(page, {});
  }
  await node.ask('POST', '/api/clock/step', { to: node.now() + HOUR });
  const { pool } = node.database;
  const ready = async () => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::integer as count from application where package_id is not null and state = 'ready'`,
    );
    return rows[0]?.count;
  };
  await expect.poll(ready).toBe(5);
  const policy = await pool.query<{ state: string }>(`select state from application where step_id = 'policy'`);
  expect(policy.rows).toEqual([{ state: 'draft' }]);
  await page.close();
});

test('a methodologist draws a package without code, and puts it in force', async () => {
  const page = await open('/office/packages/newborn');
  const graph = page.getByRole('region', { name: /Ход пакета/ });
  await graph.getByText('Полис ОМС').waitFor();
  await page.getByRole('heading', { name: 'Рождение ребёнка' }).waitFor();
  expect(await graph.innerText(), 'services by their names, not by their codes').not.toMatch(/[a-z]+-[a-z]+| \/ /);
  await expectAccessible(page);
  await picture(page, 'office-package');
  const form = page.getByRole('form', { name: /^Шаг/ });
  await form.getByLabel('Код шага').fill('tax');
  await form.getByLabel('Услуга', { exact: false }).first().selectOption({ label: 'ИНН: свидетельство' });
  await form.getByLabel('Название по-русски').fill('ИНН ребёнка');
  await form.getByLabel('Название по-английски').fill('The child’s tax number');
  await form.getByRole('checkbox', { name: 'Ждёт результата: Регистрация по месту жительства' }).check();
  await button(form, 'Добавить на схему').click();
  await graph.getByText('ИНН ребёнка').waitFor();
  await button(page.getByRole('form', { name: 'Записать черновик' }), 'Записать черновик').click();
  await page.getByText('версия 2: черновик', { exact: false }).or(page.getByText('2: черновик')).first().waitFor();
  await button(page, 'Опубликовать').click();
  await page.getByText('2: опубликована').waitFor();
  const templates = await node.ask('GET', '/api/package-templates');
  expect(JSON.stringify(templates.body)).toContain('ИНН ребёнка');
  await page.close();
});

test('what the scanner of the window has put down becomes the scan of a document; what was a mistake is thrown away', async () => {
  await onDay('2026-02-19');
  const names = ['лист-1.png', 'лист-2.png', 'чужое.png'];
  for (const name of names) {
    const asked = new URLSearchParams({ sentAs: randomUUID(), name, window: '3' });
    const arrived = await fetch(`${node.url}/api/centres/1/arrived-scans?${asked}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(PNG),
    });
    expect(arrived.status).toBeLessThan(300);
  }
  const page = await open('/cases/1?window=3');
  await find(page);
  const wish = page.getByRole('form', { name: 'Одна услуга' });
  await wish
    .getByRole('combobox')
    .first()
    .selectOption({ label: 'Заменить права: истёк срок, потеряны, новая фамилия' });
  const because = wish.getByLabel('Почему нужно ещё одно заявление');
  if (await because.isVisible()) await because.fill('проверка сканера');
  await button(wish, 'Начать').click();
  const scanner = page.getByRole('region', { name: 'Пришло со сканера' });
  await scanner.waitFor();
  await expectAccessible(page);
  await picture(page, 'cases-scanner');
  await button(scanner, /^Выбросить: чужое/).click();
  await expect.poll(() => scanner.getByRole('listitem').count()).toBe(2);
  for (const name of names.slice(0, 2)) {
    const choice = scanner.getByRole('combobox', { name: new RegExp(`^${name}`) });
    await choice.selectOption({ index: 1 });
  }
  await scanner.waitFor({ state: 'detached' });
  expect(await page.getByRole('group', { name: 'Паспорт', exact: true }).innerText()).toMatch(
    /лист-1.png\s+лист-2.png/,
  );
  const elsewhere = await open('/cases/1?window=4');
  await find(elsewhere);
  expect(await elsewhere.getByText('Пришло со сканера').count()).toBe(0);
});

test('a browser is asked to tell when the papers are ready, and shows the message when it comes', async () => {
  await onDay('2026-02-19');
  const work = caseWork(node);
  await work.publish('own', testPassport({ agency: null }));
  const personId = await work.person({ ...SIDOROV, surname: 'Браузеров', snils: undefined, documents: [] });
  const { number, code } = await work.registered('own', personId);
  const visitor = await browser.newContext({ locale: 'ru', permissions: ['notifications'] });
  // The maker's service is out in the world; everything on this side of it is real.
  await visitor.addInitScript(() => {
    const place = { endpoint: 'https://push.example/1', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
    PushManager.prototype.subscribe = async () => ({ toJSON: () => place }) as unknown as PushSubscription;
  });
  const page = await open('/application', visitor);
  await page.getByLabel('Номер заявления').fill(number ?? '');
  await page.getByLabel('Код для справок').fill(code ?? '');
  await button(page, 'Открыть').click();
  await button(page, 'Сообщать в этом браузере').click();
  await page.getByText('Сообщим здесь, когда что-то изменится').waitFor();
  await expectAccessible(page);
  await picture(page, 'application-browser');

  // The little window in which a system shows messages is not the browser's own, and a bare machine has none.
  const [teller] = visitor.serviceWorkers();
  await teller?.evaluate(() => {
    const shown: unknown[] = [];
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    registration.showNotification = async (title, options) => void shown.push([title, options?.body]);
    Object.assign(globalThis, { shown });
  });
  const tools = await visitor.newCDPSession(page);
  const worker = new Promise<string>((resolve) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.endsWith('/application'));
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  const data = JSON.stringify({ id: '1', title: 'Документы готовы', text: `Заявление ${number}`, language: 'ru' });
  await tools.send('ServiceWorker.deliverPushMessage', { origin: node.url, registrationId: await worker, data });
  const shown = () => teller?.evaluate(() => (globalThis as unknown as { shown: unknown }).shown);
  await expect.poll(shown).toEqual([['Документы готовы', `Заявление ${number}`]]);
  await visitor.close();
});

test('a methodologist writes a whole passport without code: a question, a document that depends on it, a term', async () => {
  const page = await open('/office/catalogue/driving-licence');
  const form = page.getByRole('form', { name: 'Записать черновик' });
  await form.waitFor();
  const variants = form.getByRole('region', { name: /^Варианты \(/ });
  await variants.getByText('Замена', { exact: true }).click();
  await button(variants, 'Добавить: Вопросы заявления').click();
  const questions = variants.getByRole('region', { name: /^Вопросы заявления/ });
  await questions.getByText('Новый пункт').click();
  const added = questions.locator('details[open]');
  await added
    .getByLabel('Название', { exact: true })
    .or(added.getByLabel('Код', { exact: true }))
    .first()
    .fill('glasses');
  await added.getByLabel('Подпись поля (по-русски)').fill('Нужны ли очки');
  await added.getByLabel('Подпись поля (in English)').fill('Glasses needed');
  await added.getByRole('combobox', { name: /^Вид/ }).selectOption({ label: 'да или нет' });
  await button(variants, 'Добавить: Документы').click();
  const documents = variants.getByRole('region', { name: /^Документы/ });
  await documents.getByText('Новый пункт').click();
  const paper = documents.locator('details[open]');
  await paper.getByRole('textbox', { name: 'Вид' }).fill('oculist-note');
  await paper.getByLabel('Название (по-русски)').fill('Справка окулиста');
  await paper.getByLabel('Название (in English)').fill('Note of the oculist');
  await paper.getByRole('checkbox', { name: 'Только если' }).check();
  await paper.getByLabel('Имя поля').fill('glassez');
  await button(paper, 'Добавить: Значения').click();
  await paper.getByRole('textbox', { name: 'Значения' }).fill('yes');
  await button(form, 'Записать черновик').click();
  // A field that the form has not: said in words, and nothing is lost.
  await form.getByRole('alert').getByText('glassez').waitFor();
  await paper.getByLabel('Имя поля').fill('glasses');
  await expectAccessible(page);
  await picture(page, 'office-passport');
  await button(form, 'Записать черновик').click();
  await form.getByRole('status').waitFor();
  const changed = page.getByRole('region', { name: 'Что меняет черновик' }).or(page.locator('.data-table').nth(1));
  await changed
    .getByText(/oculist-note/)
    .first()
    .waitFor();
  const { body } = await node.ask('GET', '/api/catalogue/driving-licence');
  const draft = (body['versions'] as { passport: { variants: { form: object[]; evidence: object[] }[] } }[])[0];
  const written = draft?.passport.variants.find(({ form: fields }) => JSON.stringify(fields).includes('glasses'));
  expect(written?.form.at(-1)).toEqual({
    name: 'glasses',
    label: { ru: 'Нужны ли очки', en: 'Glasses needed' },
    kind: 'yes-no',
  });
  expect(written?.evidence.at(-1)).toMatchObject({ kind: 'oculist-note', when: { field: 'glasses', is: ['yes'] } });
  await page.close();
});
