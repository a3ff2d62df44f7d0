import { RIGHTS } from '../../core/access/roles.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { inviteAdministrator } from '../../server/modules/people/index.ts';
import { launchBrowser } from '../../bench/browser.ts';
import { expectAccessible, picture } from '../support/page.ts';
import { digits, PASSWORD } from '../support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
let office: BrowserContext;
const problems: string[] = [];

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true });
  browser = await launchBrowser();
  office = await browser.newContext({ acceptDownloads: true, locale: 'ru', viewport: { width: 1280, height: 900 } });
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
});

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
  await page.goto(node.url + path);
  return page;
}

test('an administrator enters with a code, sets a second factor up, and is in the office', async () => {
  const { code } = await inviteAdministrator(node.database, 'root', 'Первый администратор');
  const page = await open(office, '/sign-in');
  await page.getByRole('button', { name: 'У меня есть код' }).click();
  await page.getByLabel('Имя для входа').fill('root');
  await page.getByLabel('Код, который вам дали').fill(code.toLowerCase());
  await page.getByLabel('Новый пароль').fill('короткий');
  await page.getByRole('button', { name: 'Запомнить пароль' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Новый пароль').fill(PASSWORD);
  await page.getByRole('button', { name: 'Запомнить пароль' }).click();
  await page.getByRole('heading', { name: 'Подключение второго фактора' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'sign-in-authenticator');
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Шесть цифр').fill(digits(secret));
  await page.getByRole('button', { name: 'Подтвердить' }).click();
  await page.getByRole('heading', { name: 'Запасные коды' }).waitFor();
  expect(await page.locator('.codes li').count()).toBe(10);
  await page.getByRole('link', { name: 'Записано' }).click();
  await page.getByRole('link', { name: 'Хамовники' }).or(page.getByText('Центр 1')).first().waitFor();
  await expectAccessible(page);
  await picture(page, 'office-network');
});

test('the log of actions is read in words and names, without ids', async () => {
  const page = await open(office, '/office/audit?lang=ru');
  await page.getByText('Подключён второй фактор').first().waitFor();
  await page.getByText('Приглашён администратор').first().waitFor();
  const log = await page.locator('main table').innerText();
  expect(log).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|[{}"]|signed-in|authenticator-set/);
  expect(log, 'whose account it is, and who did it').toMatch(
    /Первый администратор\s+Подключён второй фактор\s+учётная запись Первый администратор/,
  );
  await page.close();
});

test('the screen of intake asks a stranger to sign in, and shows no form', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await open(context, '/cases/1');
  await page.getByText('Sign in to take applications.').waitFor();
  expect(await page.locator('form').count()).toBe(0);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.waitForURL(/\/sign-in\?to=%2Fcases%2F1$/);
  await context.close();
});

test('a key of the device is a second factor, too', async () => {
  const { code } = await inviteAdministrator(node.database, 'keys', 'Второй администратор');
  const context = await browser.newContext({ locale: 'ru' });
  const page = await context.newPage();
  const debuggerOf = await context.newCDPSession(page);
  await debuggerOf.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasUserVerification: true,
    isUserVerified: true,
  } as const;
  await debuggerOf.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, automaticPresenceSimulation: true },
  });
  // Keys belong to a name, not to a number.
  await page.goto(`${node.url.replace('127.0.0.1', 'localhost')}/sign-in`);
  await page.getByRole('button', { name: 'У меня есть код' }).click();
  await page.getByLabel('Имя для входа').fill('keys');
  await page.getByLabel('Код, который вам дали').fill(code);
  await page.getByLabel('Новый пароль').fill(PASSWORD);
  await page.getByRole('button', { name: 'Запомнить пароль' }).click();
  await page.getByRole('button', { name: 'Ключом доступа' }).click();
  await page.getByRole('heading', { name: 'Запасные коды' }).waitFor();
  await page.goto(`${node.url.replace('127.0.0.1', 'localhost')}/sign-in`);
  await page.getByRole('button', { name: 'Выйти' }).click();
  await page.getByLabel('Имя для входа').fill('keys');
  await page.getByLabel('Пароль').fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('heading', { name: 'Второй фактор' }).waitFor();
  await expectAccessible(page);
  // A stranger's key signs nothing here.
  const foreign = await page.evaluate(async () => {
    const answer = await fetch('/api/session/second-factor/passkey', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response: { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: {} } }),
    });
    return ((await answer.json()) as { code: string }).code;
  });
  expect(foreign).toBe('wrong-sign-in-code');
  await page.getByRole('button', { name: 'Ключом доступа' }).click();
  await page.getByText('Вы вошли: Второй администратор').waitFor();
  await context.close();
});

test('every page of the office opens, in both languages, and axe finds nothing', async () => {
  for (const name of [
    'network',
    'network/1',
    'catalogue',
    'staff',
    'roles',
    'devices',
    'pilots',
    'applications',
    'history',
    'audit',
    'account',
  ]) {
    for (const language of ['ru', 'en']) {
      const page = await open(office, `/office/${name}?lang=${language}`);
      await page.locator('nav [aria-current="page"]').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('.problem').count(), name).toBe(0);
      await expectAccessible(page);
      if (language === 'ru') await picture(page, `office-${name.replace('/', '-')}`);
      await page.close();
    }
  }
});

test('a chosen role is shown in the form with all its rights; a new one takes nobody’s code', async () => {
  const page = await open(office, '/office/roles?lang=ru');
  await page.getByRole('link', { name: 'Аудитор', exact: true }).click();
  const form = page.getByRole('form', { name: 'Роль «Аудитор»' });
  expect(await form.getByLabel('Название по-русски').inputValue()).toBe('Аудитор');
  expect(await form.getByRole('checkbox', { name: RIGHTS['read-audit'].ru }).isChecked()).toBe(true);
  expect(await form.getByRole('checkbox', { name: RIGHTS['manage-staff'].ru }).isChecked()).toBe(false);
  expect(await form.getByRole('checkbox', { name: 'Включает роль «Аналитик»' }).isChecked()).toBe(true);
  await picture(page, 'office-role');
  const inDatabase = async () => {
    const { rows } = await node.database.pool.query(
      `select name_ru, name_en, rights, included_id, second_factor, two_people from role join role_include using (role_id) where role_id = 'auditor'`,
    );
    return rows as unknown[];
  };
  const before = await inDatabase();
  await form.getByRole('button', { name: 'Записать' }).click();
  await form.getByRole('status').waitFor();
  expect(await inDatabase(), 'what was there stays').toEqual(before);
  await page.getByRole('link', { name: 'Новая роль' }).click();
  const another = page.getByRole('form', { name: 'Новая роль' });
  await another.getByLabel('Код роли').fill('auditor');
  await another.getByLabel('Название по-русски').fill('Другая');
  await another.getByLabel('Название по-английски').fill('Another');
  await another.getByRole('button', { name: 'Записать' }).click();
  await another.getByText('Роль с таким кодом уже есть').waitFor();
  await page.close();
});

test('a table is searched, and taken away as CSV and XLSX', async () => {
  const page = await open(office, '/office/roles');
  await page.getByLabel('Найти').fill('аудит');
  await page.getByText(/Найдено \d из/).waitFor();
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  expect(csv.suggestedFilename()).toBe('Роли.csv');
  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'XLSX' }).click(),
  ]);
  expect(sheet.suggestedFilename()).toBe('Роли.xlsx');
  await page.close();
});

test('a list of a centre’s file is written whole, or refused in words', async () => {
  const page = await open(office, '/office/network/1');
  const zones = page.getByRole('form', { name: 'Зоны зала' });
  await zones.getByRole('button', { name: 'Добавить строку' }).click();
  await zones.getByLabel('Номер, 1').fill('1');
  await zones.getByLabel('Название по-русски, 1').fill('Зал А');
  await zones.getByLabel('Название по-английски, 1').fill('Hall A');
  await zones.getByRole('button', { name: 'Записать всё' }).click();
  await zones.getByText('Записано.').waitFor();
  const windows = page.getByRole('form', { name: 'Окна' });
  await windows.getByLabel('Номер зоны, 1').fill('7');
  await windows.getByRole('button', { name: 'Записать всё' }).click();
  await windows.getByText('к зоне, которой в зале нет').waitFor();
  await windows.getByLabel('Номер зоны, 1').fill('1');
  await windows.getByRole('button', { name: 'Записать всё' }).click();
  await windows.getByText('Записано.').waitFor();
  await page.close();
});

test('a specialist is hired, a kiosk is paired by its code, and the ticket it gives is served', async () => {
  const staff = await open(office, '/office/staff');
  await staff.getByRole('heading', { name: 'Новая учётная запись' }).waitFor();
  const form = staff.getByRole('form', { name: 'Новая учётная запись' });
  await form.getByLabel('Имя для входа').fill('anna');
  await form.getByLabel('Имя и фамилия').fill('Анна Петрова');
  await form.getByLabel('Место').selectOption('centre:1');
  await form.getByLabel('Роль').selectOption('specialist');
  await form.getByRole('button', { name: 'Записать' }).click();
  const said = await staff.getByText('Код для anna').innerText();
  const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said)?.[0] ?? '';
  await picture(staff, 'office-hired');

  const hall = await browser.newContext({ viewport: { width: 1080, height: 1400 }, locale: 'ru' });
  const kiosk = await open(hall, '/kiosk/1');
  const takeTicket = async () => {
    await kiosk.getByRole('button', { name: /Паспорта/ }).click();
    await kiosk.getByRole('button', { name: /Другой вопрос/ }).click();
    await kiosk.getByRole('button', { name: 'Взять талон' }).click();
  };
  await takeTicket();
  await kiosk.getByRole('alert').waitFor();
  await kiosk.goto(`${node.url}/pair`);
  await expectAccessible(kiosk);
  await kiosk.getByRole('button', { name: 'Киоск' }).click();
  const shown = await kiosk.locator('.code').innerText();
  await picture(kiosk, 'pair-code');
  const devices = await open(office, '/office/devices');
  await devices.getByLabel('Код на экране').fill(shown);
  await devices.getByLabel('Центр').selectOption('1');
  await devices.getByLabel('Как назвать').fill('У входа');
  await devices.getByRole('button', { name: 'Подключить устройство' }).click();
  await devices.getByText('Подключено: киоск').waitFor();
  await kiosk.waitForURL(/\/kiosk\/1/);
  await takeTicket();
  await kiosk.getByText('П001').waitFor();

  const desk = await browser.newContext({ locale: 'ru' });
  const signIn = await open(desk, '/sign-in');
  await signIn.getByRole('button', { name: 'У меня есть код' }).click();
  await signIn.getByLabel('Имя для входа').fill('anna');
  await signIn.getByLabel('Код, который вам дали').fill(code);
  await signIn.getByLabel('Новый пароль').fill(PASSWORD);
  await signIn.getByRole('button', { name: 'Запомнить пароль' }).click();
  await signIn.getByText('Вы вошли: Анна Петрова').waitFor();
  const window = await open(desk, '/window/1/1');
  await window.getByRole('button', { name: 'Открыть окно' }).click();
  await window.getByRole('button', { name: 'Готов' }).click();
  await window.getByText('П001').waitFor();
  await picture(window, 'window-signed-in');
  await hall.close();
  await desk.close();
  expect(problems).toEqual([]);
});
