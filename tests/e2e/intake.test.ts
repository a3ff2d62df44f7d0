import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../bench/browser.ts';
import { buildScreens } from '../../scripts/build-screens.ts';
import { STANDARD_PACKAGES } from '../../demo/passports/packages.ts';
import { STANDARD_PASSPORTS } from '../../demo/passports/standard.ts';
import type { CivilDate } from '../../core/time/civil.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../../server/modules/packages/index.ts';
import { caseWork, IVANOVA } from '../support/case-node.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
let staff: BrowserContext;
const GROUPS = ['passports', 'benefits', 'property', 'extracts', 'vehicles', 'family'];
const actor = { kind: 'program', id: 'okno' } as const;

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
  await importPassports(node.database, actor, { groups, passports: STANDARD_PASSPORTS }, '2026-02-19' as CivilDate);
  await importPackageTemplates(node.database, actor, STANDARD_PACKAGES, node.now());
  await caseWork(node).person(IVANOVA);
  browser = await launchBrowser();
  staff = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'ru' });
  staff.setDefaultTimeout(120_000);
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
});

/** Finds the one who has come by the insurance number. */
async function find(page: Page): Promise<void> {
  await page.getByLabel('Зачем открываете данные').fill('проверка программы');
  await page.getByRole('textbox', { name: 'СНИЛС' }).fill('112-233-445 95');
  await page.getByRole('button', { name: 'Найти' }).click();
  await page.getByRole('button', { name: 'Выбрать' }).click();
  await page.getByRole('heading', { name: '2. Что нужно' }).waitFor();
}

test('a page that is loaded again has the person and what was typed; what another window changes is seen', async () => {
  const page = await staff.newPage();
  await page.goto(`${node.url}/cases/1`);
  // Until a person is found the reason stays, and no personal data does.
  await page.getByLabel('Зачем открываете данные').fill('пришла без талона');
  await page.getByRole('textbox', { name: 'СНИЛС' }).fill('112-233-445 95');
  await page.reload();
  expect(await page.getByLabel('Зачем открываете данные').inputValue()).toBe('пришла без талона');
  expect(await page.getByRole('textbox', { name: 'СНИЛС' }).inputValue()).toBe('');
  await page.getByText('после обновления страницы их нужно ввести снова').waitFor();
  expect(JSON.stringify(await page.evaluate(() => ({ ...sessionStorage, ...localStorage })))).not.toMatch(/112.?233/);
  await find(page);
  await page.reload();
  // The person stays; what was only chosen is chosen again.
  await page.getByRole('heading', { name: '2. Что нужно' }).waitFor();
  await page.getByText('Иванова').first().waitFor();
  const pack = page.getByRole('form', { name: 'Пакет: несколько' });
  await pack.getByRole('combobox').selectOption({ label: 'Смена фамилии' });
  await pack.getByRole('button', { name: 'Начать' }).click();
  const graph = page.getByRole('region', { name: /Ход пакета/ });
  await graph.getByRole('button').first().click();
  const draft = page.getByRole('form', { name: '3. Что известно и что принесли' });
  const field = draft.locator('input[type=text], textarea').first();
  await field.fill('набрано и не сохранено');
  const { pool } = node.database;
  const edition = async () => {
    const { rows } = await pool.query<{ sum: number }>('select sum(edition)::integer as sum from application');
    return rows[0]?.sum;
  };
  const before = await edition();
  await expect.poll(edition).toBeGreaterThan(before ?? 0);
  await page.reload();
  await graph.getByRole('button').first().click();
  await draft.waitFor();
  expect(await field.inputValue()).toBe('набрано и не сохранено');

  const name = (await field.getAttribute('id'))?.replace('answer-', '') ?? '';
  const { rows } = await pool.query<{ id: string }>(
    `select application_id as id from application where package_id is not null and state in ('draft', 'blocked')`,
  );
  const files = await Promise.all(rows.map(({ id }) => caseWork(node).read(id)));
  const file = files.find(({ answers }) => answers[name] === 'набрано и не сохранено');
  await caseWork(node).must('PUT', `/api/applications/${file?.applicationId}/draft`, {
    edition: file?.edition,
    answers: { ...file?.answers, [name]: 'написано за другим окном' },
    evidence: [],
  });
  await expect.poll(() => field.inputValue()).toBe('написано за другим окном');
  await page.close();
});

test('an applicant without a receipt is found by name and date of birth, and their application opens', async () => {
  const page = await staff.newPage();
  await page.goto(`${node.url}/cases/1`);
  await page.getByRole('tab', { name: 'Заявления' }).click();
  await page.getByText('Нет расписки: найти по человеку').click();
  await page.getByLabel('Зачем открываете данные').fill('забыла расписку, паспорт с собой');
  await page.getByText('ФИО и дате рождения').click();
  await page.getByLabel('Фамилия').fill('иванова');
  await page.getByRole('textbox', { name: 'Имя', exact: true }).fill('Мария');
  await page.getByLabel('Дата рождения').fill(IVANOVA.birth);
  await page.getByRole('button', { name: 'Найти' }).click();
  await page.getByRole('button', { name: 'Выбрать' }).click();
  const own = page.locator('.without-receipt');
  await own.getByText('Иванова Мария Петровна').last().waitFor();
  await own.getByRole('button', { name: '—' }).first().click();
  await page.getByRole('button', { name: 'К списку' }).waitFor();
  await page.close();
});

test('of a namesake the clerk is warned at the form: the known person opens, or another is added', async () => {
  const page = await staff.newPage();
  await page.goto(`${node.url}/cases/1`);
  const write = async (passport: string) => {
    await page.getByLabel('Зачем открываете данные').fill('проверка программы');
    await page.getByRole('textbox', { name: 'СНИЛС' }).fill('087-654-303 00');
    await page.getByRole('button', { name: 'Найти' }).click();
    const form = page.getByRole('form', { name: 'Новый человек' });
    await form.getByLabel('Фамилия').fill('иванова');
    await form.getByLabel('Имя', { exact: true }).fill('Мария');
    await form.getByLabel('Дата рождения').fill(IVANOVA.birth);
    await form.getByLabel('Паспорт: серия и номер').fill(passport);
    await form.getByLabel('Дата выдачи паспорта').fill('2021-05-05');
    await form.getByRole('button', { name: 'Записать' }).click();
    await form.getByRole('alert').filter({ hasText: 'уже записан' }).waitFor();
  };
  const alike = page.getByRole('region', { name: 'Такой человек уже записан' });
  await write('45 11 222333');
  await page.getByLabel('Отчество').fill('Павловна');
  expect(await alike.count(), 'a new entry is asked about again').toBe(0);
  await page.getByRole('button', { name: 'Записать' }).click();
  await alike.getByRole('button', { name: 'Показать, кто записан' }).click();
  await alike.getByText('Иванова Мария Петровна').waitFor();
  await alike.getByText('документ …3456').waitFor();
  await expectAccessible(page);
  await picture(page, 'intake-namesake');
  await alike.getByRole('button', { name: 'Выбрать' }).click();
  await page.getByText('Иванова Мария Петровна').waitFor();
  await page.getByRole('button', { name: 'Другой человек' }).click();
  await write('45 11 222333');
  await alike.getByRole('button', { name: 'Это полный тёзка: записать' }).click();
  await page.getByRole('heading', { name: '2. Что нужно' }).waitFor();
  await page.getByText('иванова Мария').waitFor();
  await page.close();
});

test('a part of a screen that breaks says so and shows a way on; the rest goes on', async () => {
  const page = await staff.newPage();
  // The server answers something of which the screen knows nothing.
  await page.route('**/case-tasks', (route) => route.fulfill({ json: { length: 1 } }));
  await page.goto(`${node.url}/cases/1`);
  await page.getByRole('tab', { name: /Задачи/ }).click();
  const broken = page.getByRole('alert');
  await broken.getByRole('heading', { name: 'Эту часть экрана не удалось показать' }).waitFor();
  expect(await page.getByRole('tab', { name: /Заявления/ }).isVisible()).toBe(true);
  await page.getByRole('tab', { name: /Заявления/ }).click();
  await page.getByLabel('Номер заявления или штрихкод').waitFor();
  await page.unroute('**/case-tasks');
  await page.getByRole('tab', { name: /Задачи/ }).click();
  await broken.getByRole('button').first().click();
  await page.getByRole('tab', { name: /Задачи/ }).click();
  await expect.poll(() => broken.count()).toBe(0);
  await page.close();
});

test('an answer is waited for, its problem is said in the language of the screen, and a change has it asked for again', async () => {
  const page = await browser.newPage({ locale: 'ru', viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(120_000);
  const held = Promise.withResolvers<void>();
  let asked = 0;
  let fault: 'refused' | 'away' | null = 'refused';
  await page.route('**/api/districts', async (route) => {
    const request = route.request();
    if (request.method() !== 'GET') return route.continue();
    asked += 1;
    await held.promise;
    if (fault === null) return route.continue();
    if (fault === 'away') return route.abort();
    const detail = request.headers()['accept-language'] === 'en' ? 'That did not work.' : 'Не вышло.';
    return route.fulfill({ status: 500, json: { code: 'internal', detail } });
  });
  await page.goto(`${node.url}/office/network?lang=ru`);
  await page.locator('.skeleton').waitFor();
  expect(await page.getByRole('table').count(), 'nothing that looks empty').toBe(0);
  held.resolve();
  await page.getByRole('alert').getByText('Не вышло.').waitFor();
  expect(asked).toBe(1);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('alert').getByText('That did not work.').waitFor();
  expect(asked).toBe(2);
  fault = 'away';
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').getByText('cannot be reached').waitFor();
  expect(asked, 'sent again by `call` alone').toBe(6);
  fault = null;
  await page.getByRole('button', { name: 'Try again' }).click();
  const districts = page.getByRole('region', { name: 'District' });
  await districts.waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  const form = page.getByRole('form', { name: 'New district' });
  const add = async (name: string) => {
    await form.getByLabel('Name in Russian').fill(name);
    await form.getByLabel('Name in English').fill(name);
    await form.getByRole('button').click();
    await form.getByRole('status').waitFor();
  };
  await add('Ясенево');
  await districts.getByText('Ясенево').waitFor();
  // What cannot be renewed stays, with the reason above it.
  fault = 'refused';
  await add('Куркино');
  await page.getByRole('alert').getByText('That did not work.').waitFor();
  expect(await districts.getByText('Ясенево').count()).toBe(1);
  await page.close();
});
