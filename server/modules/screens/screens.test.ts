import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUSY_SCREENS, busyCentre } from '../../../tests/support/busy-centre.ts';
import { administrator, hired } from '../../../tests/support/staff.ts';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  testCentre,
  type TestNode,
} from '../../../tests/support/test-node.ts';
import { createKey } from '../people/index.ts';
import { waitsOn } from '../queue/index.ts';
import { joinWaves } from './waves.ts';

let node: TestNode;
let drop: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okno-speech-'));
  const database = await cloneDatabase();
  ({ drop } = database);
  node = await startTestNode(database.url, [testCentre(1), busyCentre], 0, {
    speech: { recordings: folder, program: fakeSpeaker() },
  });
});

afterAll(async () => {
  await node.close();
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

const command = (more: object = {}) => ({ commandId: randomUUID(), ...more });
const base = `/api/centres/2/days/${DAY}`;
const take = async (serviceId: string, more: object = {}) =>
  (await node.ask('POST', `${base}/visits`, command({ services: [{ serviceId }], ...more }))).body;
const at = (windowId: number, action: string, more: object = {}) =>
  node.ask('POST', `${base}/windows/${windowId}/${action}`, command(more));

/** A program that speaks as espeak-ng does: it writes a WAV of what it hears. */
function fakeSpeaker(): string {
  const program = join(folder, 'speaker');
  writeFileSync(program, `#!/bin/sh\ntext=$(cat)\nprintf 'RIFF%s' "$2 $text"\n`);
  chmodSync(program, 0o755);
  return program;
}

/** One second of nothing, as eight bits at so many hertz. */
function silence(hertz: number, samples: number): Buffer {
  const file = Buffer.alloc(44 + samples);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(hertz, 24);
  file.writeUInt32LE(hertz, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples, 40);
  return file;
}

test('the server speaks with the centre’s recordings, else with the program, else not at all', async () => {
  const ask = (number: string, windowId: string, language = 'ru') =>
    fetch(`${node.url}/api/speech?${new URLSearchParams({ language, number, windowId })}`);
  expect(await (await ask('В142', '7')).text()).toBe('RIFFru вэ сто сорок два, окно семь');
  mkdirSync(join(folder, 'ru'));
  for (const word of ['вэ', 'пять', 'окно', 'семь'])
    writeFileSync(join(folder, 'ru', `${word}.wav`), silence(8_000, 100));
  const spoken = Buffer.from(await (await ask('В005', '7')).arrayBuffer());
  expect(spoken.length, 'four words in one file').toBe(44 + 400);
  expect(await (await ask('В005', '7', 'en')).text()).toBe('RIFFen V five, window seven');
  for (const [number, windowId, language] of [
    ['$(reboot)', '7', 'ru'],
    ['В005', '0', 'ru'],
    ['В005', '7', 'fr'],
  ] as const)
    expect((await ask(number, windowId, language)).status).toBe(204);
});

test('recordings of different formats are not mixed', () => {
  expect(() => joinWaves([silence(8_000, 10), silence(16_000, 10)])).toThrow('one format');
  expect(() => joinWaves([Buffer.from('ID3')])).toThrow('no WAV');
});

test('settings are taken whole or not at all; the staff code is guarded against guessing', async () => {
  const put = (settings: object) => node.ask('PUT', '/api/centres/2/screens', settings);
  expect((await put(BUSY_SCREENS)).status).toBeLessThan(300);
  const unknown = { ...BUSY_SCREENS.kiosk, situations: [{ name: { ru: 'х', en: 'x' }, serviceIds: ['nonsense'] }] };
  expect((await put({ ...BUSY_SCREENS, kiosk: unknown })).body.code).toBe('unknown-service');
  expect((await put({ ...BUSY_SCREENS, kiosk: { ...BUSY_SCREENS.kiosk, idleSeconds: 1 } })).status).toBe(400);
  const passport = { ...BUSY_SCREENS.kiosk.questions[0], typed: true };
  const asksDocument = { ...BUSY_SCREENS.kiosk, questions: [passport] };
  expect((await put({ ...BUSY_SCREENS, kiosk: asksDocument })).status, 'no question is answered by typing').toBe(400);
  expect((await node.ask('GET', '/api/centres/2/screens')).body).toEqual(BUSY_SCREENS);

  await node.ask('PUT', '/api/centres/2/screens/staff-code', { code: '2580' });
  const exit = (code: string) => node.ask('POST', '/api/centres/2/screens/staff-exit', { code });
  expect((await exit('2580')).status).toBe(204);
  const answers = [];
  for (let guess = 0; guess < 8; guess += 1) answers.push((await exit(`000${guess}`)).body.code);
  expect(answers.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'wrong-staff-code'));
  expect(answers.at(-1)).toBe('too-many-requests');
  expect((await exit('2580')).body.code, 'the right one has to wait, too').toBe('too-many-requests');
});

test('an alert is one until it is over; who saw it first stays; norms clear by themselves', async () => {
  const alerts = async () =>
    (await node.ask('GET', '/api/centres/2/alerts')).body as unknown as Record<string, unknown>[];
  const raise = () => node.ask('POST', '/api/centres/2/windows/1/alerts', { kind: 'senior-wanted' });
  await Promise.all([raise(), raise(), raise()]);
  const [one, ...others] = (await alerts()).filter(({ kind }) => kind === 'senior-wanted');
  expect(others).toEqual([]);
  const path = `/api/centres/2/alerts/${String(one?.['alertId'])}`;
  expect((await node.ask('POST', `${path}/seen`)).status).toBeLessThan(300);
  expect((await node.ask('GET', '/api/centres/2/windows/1/alerts')).body).toMatchObject([{ kind: 'senior-wanted' }]);
  expect((await node.ask('POST', `${path}/clear`)).status).toBeLessThan(300);
  expect((await alerts()).find(({ alertId }) => alertId === one?.['alertId'])).toMatchObject({ clearedAt: TEN });
  expect((await node.ask('POST', '/api/centres/1/alerts/999999/seen')).body.code).toBe('unknown-alert');
  expect((await node.ask('POST', '/api/centres/99/alerts', { kind: 'paper-out', place: 'kiosk' })).status).toBe(404);

  await take('passports');
  await expect.poll(async () => (await alerts()).map(({ kind }) => kind)).toContain('no-window');
  const norm = (await alerts()).find(({ kind }) => kind === 'no-window');
  expect((await node.ask('POST', `/api/centres/2/alerts/${String(norm?.['alertId'])}/clear`)).body.code).toBe(
    'alert-clears-itself',
  );
  await at(1, 'open', { specialistId: 'anna', skills: skilled('passports') });
  const isOver = async () =>
    (await alerts()).find(({ alertId }) => alertId === norm?.['alertId'])?.['clearedAt'] !== null;
  await expect.poll(isOver).toBe(true);
});

test('a printer that cannot print is an alert until it prints', async () => {
  const print = async (fault: string | null) => {
    const jobId = randomUUID();
    const paper = { lines: [{ text: 'П001', size: 'huge', centred: true }], qr: null };
    await node.ask('POST', '/api/centres/1/print-jobs', { jobId, paper });
    await node.ask('POST', '/api/centres/1/print-jobs/take');
    await node.ask('POST', `/api/centres/1/print-jobs/${jobId}/end`, { fault });
    const { body } = await node.ask('GET', '/api/centres/1/alerts');
    return (body as unknown as { kind: string; clearedAt: number | null }[]).filter(
      ({ clearedAt }) => clearedAt === null,
    );
  };
  expect(await print('paper-out')).toMatchObject([{ kind: 'paper-out', place: 'printer' }]);
  expect(await print('paper-out')).toHaveLength(1);
  expect(await print(null)).toEqual([]);
});

test('a rating: after the service only, once for a visit, changed within a day', async () => {
  const { visitId, token, number } = await take('child-benefit');
  const rate = (mark: number) =>
    node.ask('POST', `${base}/visits/${String(visitId)}/rating`, { mark, at: 'tablet' }).then(({ body }) => body);
  expect((await rate(5)).code).toBe('not-served-yet');
  await at(2, 'open', { specialistId: 'boris', skills: skilled('property') });
  const moved = await node.ask('GET', `${base}/visits/${String(visitId)}/place?serviceId=property`);
  expect(moved.body).toMatchObject({ ahead: 0, here: false });
  await node.ask('POST', `${base}/windows/1/pick`, command({ visitId, reason: 'child' }));
  expect((await at(1, 'pick', { visitId, reason: 'child' })).body.code).toBe('window-cannot-serve');
  await node.ask('POST', `${base}/windows/1/close`, command());
  await at(1, 'open', { specialistId: 'anna', skills: skilled('benefits') });
  await at(1, 'ready');
  expect((await node.ask('GET', `/api/centres/2/numbers/S100`)).body.code).toBe('unknown-number');
  expect((await node.ask('GET', `/api/centres/2/numbers/${encodeURIComponent(String(number))}`)).body).toMatchObject({
    visitId,
    token,
  });
  await at(1, 'start', { visitId });
  expect((await node.ask('GET', `${base}/windows/1/desk`)).body).toMatchObject({
    visit: { number },
    window: { specialistId: 'anna', served: 0 },
  });
  await at(1, 'finish', { visitId });
  expect((await node.ask('GET', '/api/centres/2/windows/1/last-visit')).body).toMatchObject({ visit: { visitId } });
  expect((await node.ask('GET', `${base}/windows/1/desk`)).body).toMatchObject({ figures: { served: 1 } });
  expect(await rate(2)).toEqual({});
  const own = (mark?: number) => node.ask('POST', '/api/own-visit/rating', { token, ...(mark ? { mark } : {}) });
  expect((await own()).body).toEqual({ mark: 2, mayChange: true });
  expect((await own(5)).body).toEqual({ mark: 5, mayChange: true });
  await node.database.pool.query(`update rating set rated_at = rated_at - interval '25 hours'`);
  expect((await rate(1)).code).toBe('rating-final');
  expect((await own()).body).toEqual({ mark: 5, mayChange: false });
});

test('public figures: what the events say, nobody guessed from few ratings, no data said as none', async () => {
  const figures = async (day = DAY) => (await node.ask('GET', `/api/promise?day=${day}`)).body as Record<string, never>;
  expect((await figures('2026-03-01' as typeof DAY))['code']).toBe('moment-ahead');
  expect(await figures('2026-02-01' as typeof DAY)).toMatchObject({
    network: { waits: { n: 0, meanMs: null }, satisfied: { n: 0, share: null } },
  });
  const waits = await node.database.read((tx) => waitsOn(tx, DAY));
  expect(waits.get(null)).toMatchObject({ n: 1, over: 0 });
  expect(waits.get(2)).toEqual(waits.get(null));
  expect((await figures())['network']).toMatchObject({ waits: { n: 1 }, satisfied: { n: 1, share: null } });
  const insert = `insert into rating (centre_id, day, visit_id, mark, given_at, rated_at, changed_at)
    select 2, $1, gen_random_uuid(), case when n <= 28 then 5 else 2 end, 'tablet', now(), now() from generate_series(1, 29) as n`;
  await node.database.pool.query(insert, [DAY]);
  await expect
    .poll(async () => ((await figures())['network'] as unknown as { satisfied: object }).satisfied)
    .toMatchObject({ n: 30, share: 29 / 30 });
  const csv = await (await fetch(`${node.url}/promise.csv?day=${DAY}`)).text();
  expect(csv.split('\r\n')[0]).toContain('over_15_min');
  expect(csv.split('\r\n')).toHaveLength(5);
  expect((await node.ask('GET', '/api/promise/days')).body).toMatchObject([{ day: DAY }]);
});

test('the network at a past moment is what it was then', async () => {
  await node.stepTo(30);
  await take('property');
  await node.stepTo(40);
  const waitingAt = async (path: string) => {
    const { body } = await node.ask('GET', path);
    const centres = body['centres'] as unknown as { centreId: number; waiting: number }[];
    return centres.find(({ centreId }) => centreId === 2)?.waiting;
  };
  const before = await waitingAt(`/api/network/at?at=${TEN + 29 * 60_000}`);
  const after = await waitingAt(`/api/network/at?at=${TEN + 31 * 60_000}`);
  expect((after ?? 0) - (before ?? 0)).toBe(1);
  await expect.poll(() => waitingAt('/api/network/now')).toBe(after);
  expect((await node.ask('GET', `/api/network/at?at=${TEN + 90 * 60_000}`)).body.code).toBe('moment-ahead');
  // A screen that runs through a day asks for many moments at once: each is answered, one after another.
  const moments = Array.from({ length: 30 }, (_, minute) => `/api/network/at?at=${TEN + minute * 60_000}`);
  const answers = await Promise.all(moments.map((path) => node.ask('GET', path)));
  expect(answers.map(({ status }) => status)).toEqual(moments.map(() => 200));
  const { body } = await node.ask('GET', `${base}/course`);
  expect((body['parts'] as { arrivals: number }[]).at(-1)).toMatchObject({ arrivals: 1 });
});

test('a drink: only for a visitor who waited too long, and the bar sees nothing else of them', async () => {
  const { visitId } = await take('property');
  await node.stepTo(70);
  const bar = await createKey(node.database, { name: 'bar', role: 'bar', centreId: 2 });
  const ask = (path: string) => node.ask('GET', path, undefined, { authorization: `Bearer ${bar}` });
  const mine = async () => {
    const vouchers = (await ask('/api/centres/2/vouchers')).body as unknown as { visitId: string; number: string }[];
    return vouchers.find((one) => one.visitId === visitId);
  };
  await expect.poll(mine).toEqual({ visitId, number: 'Н002', state: 'waiting', drink: null });
  await node.ask('PUT', '/api/drinks/cocoa/price', { from: '2026-01-01', kopecks: 9_000 });
  await node.ask('POST', `${base}/visits/${String(visitId)}/redeem`, command({ drink: 'cocoa' }));
  const cost = async () => {
    const { body } = await node.ask('GET', `/api/promise?day=${DAY}`);
    return (body['network'] as { drinks: object }).drinks;
  };
  await expect.poll(cost).toMatchObject({ redeemed: 1, costKopecks: 9_000 });
});

test('the page of a ticket ends with its day; a visitor who was not served has one claim on the next', async () => {
  const { token } = await take('passports');
  const look = () => node.ask('POST', '/api/own-visit/look', { token });
  expect((await look()).body).toMatchObject({ centreId: 2, day: DAY, timeZone: 'Europe/Moscow' });
  await node.stepTo(24 * 60);
  expect((await look()).body.code).toBe('ticket-over');
  const comeBack = () => node.ask('POST', '/api/own-visit/return', { token });
  await expect.poll(async () => (await comeBack()).status).toBeLessThan(300);
  const { body } = await comeBack();
  // As an appointment: five minutes after who comes after opening.
  expect(body['due']).toBe(TEN + 24 * 3_600_000 + 5 * 60_000);
  expect((await comeBack()).body['visitId']).toBe(body['visitId']);
  expect((await node.ask('POST', '/api/own-visit/look', { token: body['token'] })).body).toMatchObject({
    state: 'waiting',
    number: body['number'],
  });
});

test('nobody presses a neighbour’s buttons', async () => {
  const database = await cloneDatabase();
  const real = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true });
  const root = await administrator(real);
  const centre = { kind: 'centre', id: '1' };
  const [anna, boris] = [
    await hired(real, root, 'anna', 'specialist', centre),
    await hired(real, root, 'boris', 'specialist', centre),
  ];
  const day = `/api/centres/1/days/${DAY}/windows/1`;
  const { body } = await anna.ask('GET', '/api/session');
  const open = { commandId: randomUUID(), specialistId: body['specialistId'], skills: skilled('passports') };
  expect((await anna.ask('POST', `${day}/open`, open)).status).toBeLessThan(300);
  expect((await boris.ask('POST', `${day}/close`, command())).body.code).toBe('not-your-window');
  const senior = await hired(real, root, 'vera', 'hall-administrator', centre);
  expect((await senior.ask('POST', `${day}/pause`, command({ reason: 'other', agreed: true }))).status).toBeLessThan(
    300,
  );
  expect((await anna.ask('POST', `${day}/close`, command())).status).toBeLessThan(300);
  await real.close();
  await database.drop();
});
