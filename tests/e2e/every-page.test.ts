import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../bench/browser.ts';
import { buildScreens } from '../../scripts/build-screens.ts';
import { STANDARD_PACKAGES } from '../../demo/passports/packages.ts';
import { STANDARD_PASSPORTS } from '../../demo/passports/standard.ts';
import type { CivilDate } from '../../core/time/civil.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../../server/modules/packages/index.ts';
import type { Route } from '../../contract/contract.ts';
import { contract } from '../../contract/index.ts';
import { ru as office } from '../../web/office/messages/ru.ts';
import { ru as shared } from '../../web/shared/messages/ru.ts';
import { busyCentre, enrol, furnish } from '../support/busy-centre.ts';
import { caseWork, IVANOVA, SIDOROV, testPassport } from '../support/case-node.ts';
import { cloneDatabase, DAY, skilled, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let browser: Browser;
let page: Page;
let faults: string[] = [];
const actor = { kind: 'program', id: 'okno' } as const;
const GROUPS = ['passports', 'benefits', 'property', 'extracts', 'vehicles', 'family'];

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), busyCentre]);
  await furnish(node);
  await enrol(node);
  const groups = GROUPS.map((groupId, place) => ({
    groupId,
    letter: 'ПСНВТР'[place] as string,
    name: { ru: `Группа ${place}`, en: `Group ${place}` },
    place,
  }));
  await importPassports(node.database, actor, { groups, passports: STANDARD_PASSPORTS }, '2026-02-19' as CivilDate);
  await importPackageTemplates(node.database, actor, STANDARD_PACKAGES, node.now());
  await halls();
  await cases();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'ru' });
  page.setDefaultTimeout(120_000);
  // The clock of a screen runs between two answers, and shows parts of a millisecond; the one of tests is frozen.
  await page.route('**/api/clock', (route) => route.fulfill({ json: { kind: 'demo', now: node.now(), rate: 1 } }));
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left takes its open requests with it.
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') faults.push(`request failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
});

afterAll(async () => {
  await browser?.close();
  await node?.close();
  await drop?.();
});

/** One visitor waits, one is served, one has booked for tomorrow. */
async function halls(): Promise<void> {
  const at = (path: string) => `/api/centres/2/days/${DAY}${path}`;
  const said = async (method: string, path: string, body: object) => {
    const answer = await node.ask(method, path, { commandId: randomUUID(), ...body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  for (const serviceId of ['passport-14', 'child-benefit', 'passport-14'])
    await said('POST', at('/visits'), { services: [{ serviceId }] });
  await said('POST', at('/windows/1/open'), { specialistId: 'busy-1', skills: skilled('passports', 'benefits') });
  await said('POST', at('/windows/1/ready'), {});
}

/** Applications in several states, with a paper that waits, a task, and a package. */
async function cases(): Promise<void> {
  const work = caseWork(node);
  const both = (text: string) => ({ ru: text, en: text });
  await work.publish('on-paper', testPassport());
  await work.publish('own-work', testPassport({ agency: null }));
  await work.publish('with-question', testPassport({ agency: { code: 'mock', name: both('Ведомство') } }));
  const personId = await work.person(IVANOVA);
  const other = await work.person(SIDOROV);
  await work.begin('on-paper', other);
  await work.registered('on-paper', personId);
  await work.registered('with-question', personId);
  const own = await work.registered('own-work', personId);
  await work.move(own.applicationId, 'decide-positive');
  await work.must('POST', '/api/packages', {
    commandId: randomUUID(),
    templateId: 'newborn',
    centreId: 1,
    personId: other,
    facts: {},
  });
}

/** What stands for the parameters of an address; a page with another one has to be given something here. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  '/window/:centreId/:windowId': ['/window/2/1'],
  '/rate/:centreId/:windowId': ['/rate/2/1'],
  '/cases/:centreId': ['/cases/1'],
  '/agency/:agencyId': ['/agency/mvd'],
  '/office/:page': Object.keys(office.pages).map((name) => `/office/${name}`),
  '/office/:page/:id': ['/office/network/1', '/office/catalogue/on-paper', '/office/packages/newborn'],
  '/services/:id': ['/services/on-paper'],
  '/services/:id/begin': ['/services/on-paper/begin'],
  '/situations/:id': ['/situations/child'],
  '/centres/:id': ['/centres/2'],
};
/** Reached only from where one has signed in at the city's own server: other tests go there. */
const ELSEWHERE = new Set(['/login', '/login/back', '/cabinet']);
/** No pages for people. */
const MACHINES = /\.(xml|txt|js|json|ics|svg)$|^\/api\/|:file/;

/** Every address at which something is shown: of the screens, and of the pages that the server draws. */
function addresses(): string[] {
  const routes = Object.entries(contract as Record<string, Route>);
  const pages = routes.filter(([name, { gives }]) => name.startsWith('GET ') && gives?.[0] === 'text/html');
  const patterns = pages
    .map(([name]) => name.slice('GET '.length))
    .filter((pattern) => !MACHINES.test(pattern) && !ELSEWHERE.has(pattern));
  return patterns.flatMap((pattern) => {
    const named = NAMED[pattern];
    if (named !== undefined) return named;
    const usual = pattern.replace(':centreId', '2');
    if (usual.includes(':')) throw new Error(`say in NAMED what is to be opened at ${pattern}`);
    return [usual];
  });
}

/** What no person reads: an id, a day as programs write it, a service by its code. */
const CODES = STANDARD_PASSPORTS.map(({ serviceId }) => serviceId).filter((serviceId) => serviceId.includes('-'));
const BARE = new RegExp(`[\\da-f]{8}-[\\da-f]{4}-|\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b(${CODES.join('|')})\\b`);

test.each(addresses())('%s shows what there is, and nothing goes wrong', async (path) => {
  faults = [];
  await page.goto(`${node.url}${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(300);
  const shown = [await page.locator('body').innerText()];
  // Pages within a page are opened, too.
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.waitForTimeout(200);
    shown.push(await page.locator('body').innerText());
  }
  expect(shown.join('\n')).not.toMatch(BARE);
  expect(await page.getByText(shared.brokenTitle).count()).toBe(0);
  expect(faults).toEqual([]);
});
