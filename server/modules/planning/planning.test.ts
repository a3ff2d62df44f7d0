import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';
import { addDays, type CivilDate, weekdayOf } from '../../../core/time/civil.ts';
import { importHistory, inThread, keepArrivals } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
const TODAY = DAY as CivilDate;
const TOMORROW = addDays(TODAY, 1);

const at = (latitude: number) => ({ position: { latitude, longitude: 37.6 } });
const promising = {
  rules: {
    answerSeconds: null,
    calls: { recallsMax: 3, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 2 },
    promise: { waitSeconds: 900, servedSeconds: 60 },
    closingGraceMinutes: null,
  },
};

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const centres = [
    testCentre(1, { ...promising, ...at(55.7) }),
    testCentre(2, { ...promising, ...at(55.705) }),
    testCentre(3),
    testCentre(4, { hours: [{ weekday: 4, validFrom: '2020-01-01', validTo: null, opens: '10:00', closes: '12:00' }] }),
  ];
  node = await startTestNode(database.url, centres);
  await keepArrivals(node.database, [...eightWeeks(1), ...eightWeeks(4)]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

/** Forty-eight working days: Mondays are busier, and the middle of the day is. */
function eightWeeks(centreId: number) {
  const counts = [];
  for (let back = 56; back > 0; back -= 1) {
    const day = addDays(TODAY, -back);
    if (weekdayOf(day) === 7) continue;
    for (let halfHour = 16; halfHour < 40; halfHour += 1) {
      const busy = (halfHour > 20 && halfHour < 32 ? 6 : 4) * (weekdayOf(day) === 1 ? 1.5 : 1);
      counts.push({ centreId, day, groupId: 'passports', halfHour, visitors: Math.round(busy) });
      if (halfHour % 2 === 0) counts.push({ centreId, day, groupId: 'property', halfHour, visitors: 2 });
    }
  }
  return counts;
}

const ask = (method: string, path: string, body?: object) => node.ask(method, path, body);
const problemOf = async (method: string, path: string, body?: object) => (await ask(method, path, body)).body.code;

describe('what is expected', () => {
  test('tomorrow by half hours, with reasons, the load and the windows to plan', async () => {
    const { body } = await ask('GET', `/api/centres/1/outlook?day=${TOMORROW}`);
    expect(body).toMatchObject({
      day: TOMORROW,
      timeZone: 'Europe/Moscow',
      historyDays: 48,
      windows: 3,
      serviceMinutes: 12,
    });
    const halfHours = body['halfHours'] as {
      startsMinute: number;
      mean: number;
      low: number;
      high: number;
      load: number;
      need: number;
    }[];
    expect(halfHours).toHaveLength(24);
    expect(halfHours[0]?.startsMinute).toBe(480);
    expect(halfHours[10]?.mean).toBeCloseTo(7.6, 0);
    for (const { mean, low, high, need } of halfHours) {
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
      expect(need).toBeGreaterThanOrEqual(1);
      expect(need).toBeLessThanOrEqual(3);
    }
    const [first] = body['groups'] as {
      groupId: string;
      letter: string;
      visitors: number;
      halfHours: { mean: number }[];
    }[];
    expect(first).toMatchObject({ groupId: 'passports', letter: 'П' });
    expect(first?.halfHours.reduce((sum, { mean }) => sum + mean, 0)).toBeCloseTo(first?.visitors ?? 0, 6);
    const monday = (await ask('GET', `/api/centres/1/outlook?day=${addDays(TODAY, 4)}`)).body;
    expect((monday['reasons'] as { weekday: number }).weekday).toBeGreaterThan(1.15);
    expect(monday['visitors'] as number).toBeGreaterThan((body['visitors'] as number) * 1.2);
  });

  test('a centre without history, a closed day and an unknown centre are said so', async () => {
    expect(await problemOf('GET', `/api/centres/3/outlook?day=${TOMORROW}`)).toBe('no-history');
    expect(await problemOf('GET', `/api/centres/1/outlook?day=${addDays(TODAY, 3)}`)).toBe('centre-closed');
    expect(await problemOf('GET', `/api/centres/77/outlook?day=${TOMORROW}`)).toBe('unknown-centre');
    expect(await problemOf('GET', '/api/centres/1/outlook?day=2026-02-30')).toBe('malformed-request');
  });
});

describe('a plan of a day', () => {
  test('more windows: shorter waits for more hours; the reserve makes few windows do', async () => {
    const rehearse = async (windows: number, reserve: boolean) => {
      const plan = Array.from({ length: 24 }, () => windows);
      return (await ask('POST', '/api/centres/1/rehearsals', { day: TOMORROW, windows: plan, reserve }))
        .body as unknown as {
        meanWaitMinutes: { value: number };
        expectedBreaches: number;
        plannedHours: number;
        reserveHours: number;
      };
    };
    const two = await rehearse(2, false);
    const three = await rehearse(3, false);
    const withReserve = await rehearse(2, true);
    expect(two.plannedHours).toBe(24);
    expect(three.plannedHours).toBe(36);
    expect(three.meanWaitMinutes.value).toBeLessThan(two.meanWaitMinutes.value);
    expect(withReserve.expectedBreaches).toBeLessThan(two.expectedBreaches);
    expect(withReserve.reserveHours).toBeGreaterThan(0);
  });

  test('shifts that give it, with breaks, at the least hours', async () => {
    const windows = Array.from({ length: 24 }, (_, half) => (half > 4 && half < 16 ? 3 : 2));
    const { body } = await ask('POST', '/api/centres/1/shifts', { windows });
    const shifts = body['shifts'] as { start: number; hours: number; slots: number[] }[];
    const cover = Array.from({ length: 24 }, (_, slot) => shifts.filter(({ slots }) => slots.includes(slot)).length);
    windows.forEach((need, slot) => expect(cover[slot]).toBeGreaterThanOrEqual(need));
    expect(body['hours'] as number).toBeGreaterThanOrEqual(body['needHours'] as number);
    for (const { hours, slots } of shifts) if (hours > 4) expect(slots.length).toBeLessThan(2 * hours);
    expect(await problemOf('POST', '/api/centres/1/shifts', { windows: [1, 1] })).toBe('no-shift-fits');
  });

  test('is kept for the day alone, is what the day then goes by, and may be taken back', async () => {
    const planned = async (day: string) =>
      ((await ask('GET', `/api/centres/1/outlook?day=${day}`)).body['halfHours'] as { planned: number | null }[])[0]
        ?.planned;
    const later = addDays(TODAY, 5);
    const windows = Array.from({ length: 24 }, () => 2);
    expect((await ask('PUT', '/api/centres/1/day-plan', { day: later, windows })).status).toBeLessThan(300);
    expect(await planned(later)).toBe(2);
    expect(await planned(addDays(TODAY, 6))).toBe(null);
    expect(await problemOf('PUT', '/api/centres/1/day-plan', { day: later, windows: [1, 2] })).toBe('plan-length');
    expect(await problemOf('PUT', '/api/centres/1/day-plan', { day: addDays(TODAY, -1), windows })).toBe('plan-past');
    expect(await problemOf('PUT', '/api/centres/1/day-plan', { day: addDays(TODAY, 3), windows })).toBe(
      'centre-closed',
    );
    expect((await ask('PUT', '/api/centres/1/day-plan', { day: later, windows: null })).status).toBeLessThan(300);
    expect(await planned(later), 'what is kept of the day is not its plan').toBe(null);
    const { rows } = await node.database.pool.query(`select action from audit_entry where action = 'day-planned'`);
    expect(rows).toHaveLength(2);
  });

  test('a long calculation can be cancelled, and a fault in it is reported', async () => {
    const gone = new AbortController();
    const problem = { need: Array.from({ length: 200 }, () => 3), shifts: [{ slots: [0], cost: 1 }] };
    const asked = inThread('rosters', [problem], { signal: gone.signal });
    gone.abort(new Error('nobody waits any more'));
    await expect(asked).rejects.toThrow('nobody waits any more');
    await expect(inThread('city', { policyId: 'none', seed: 1, days: [0], staff: null })).rejects.toThrow(
      'there is no policy “none”',
    );
  });
});

describe('advice to a running hall', () => {
  const advice = async () =>
    (await ask('GET', '/api/centres/2/advice')).body as unknown as {
      enabled: boolean;
      risks: { number: string; pBreach: number }[];
      advice: { kind: string; windows?: number; why?: { atRisk: number }; effect?: { atRisk: number } }[];
    };
  const base = `/api/centres/2/days/${DAY}`;

  test('off until the head of the centre wants it; then risks, windows, and what they change; an answer is kept', async () => {
    await ask('POST', `${base}/windows/1/open`, {
      commandId: randomUUID(),
      specialistId: 's',
      skills: skilled('passports'),
    });
    await ask('POST', `${base}/windows/1/ready`, { commandId: randomUUID() });
    for (let visit = 0; visit < 5; visit += 1)
      await ask('POST', `${base}/visits`, { commandId: randomUUID(), ...wants('passports') });
    expect(await advice()).toEqual({ enabled: false, risks: [], advice: [] });
    await ask('PUT', '/api/centres/2/advice-setting', { enabled: true });
    const first = await advice();
    expect(first.risks).toHaveLength(4);
    expect(first.risks[0]?.pBreach).toBeGreaterThan(0.8);
    const [open] = first.advice;
    expect(open).toMatchObject({ kind: 'open-windows', windows: 2, why: { waiting: 4, open: 1, workMinutes: 48 } });
    expect(open?.effect?.atRisk).toBeLessThan(open?.why?.atRisk ?? 0);
    const answer = { kind: 'open-windows', windows: 2, toCentreId: null, refusal: 'nobody-free' };
    expect((await ask('POST', '/api/centres/2/advice/answers', answer)).status).toBeLessThan(300);
    expect((await advice()).advice.some(({ kind }) => kind === 'open-windows')).toBe(false);
    expect((await ask('GET', `/api/centres/2/advice/answers?day=${DAY}`)).body).toMatchObject([
      { kind: 'open-windows', windows: 2, accepted: false, refusal: 'nobody-free', at: TEN },
    ]);
  });

  test('a visitor is sent on when travel and wait together are ten minutes shorter', async () => {
    const near = `/api/centres/1/days/${DAY}`;
    for (const windowId of [1, 2]) {
      await ask('POST', `${near}/windows/${windowId}/open`, {
        commandId: randomUUID(),
        specialistId: `n${windowId}`,
        skills: skilled('passports', 'benefits'),
      });
      await ask('POST', `${near}/windows/${windowId}/ready`, { commandId: randomUUID() });
    }
    const sent = (await advice()).advice.find(({ kind }) => kind === 'send-on');
    expect(sent).toMatchObject({ toCentreId: 1, wayMinutes: 3 });
  });
});

describe('a city’s own history', () => {
  const file = join(tmpdir(), `okno-history-${randomUUID()}.csv`);
  const head = 'date,office,queue,ticket,issue_min,call_min';
  const said: string[] = [];
  const read = async (lines: readonly string[], ...names: string[]) => {
    await writeFile(file, [head, ...lines, ''].join('\n'));
    return importHistory(node.database, file, names, (line) => said.push(line));
  };
  afterAll(() => rm(file, { force: true }));

  test('tickets become counts by half hours; read again they replace themselves', async () => {
    const lines = [
      '2026-02-16,centre-3,passports,1,490,500',
      '2026-02-16,centre-3,passports,2,495,510',
      '2026-02-16,Hall,property,1,600,601',
    ];
    expect(await read(lines, 'Hall=3')).toBe('3 visitors of 1 days in 1 centres.');
    expect(await read(lines, 'Hall=centre-3')).toBe('3 visitors of 1 days in 1 centres.');
    const { rows } = await node.database.pool.query(
      'select group_id, half_hour, visitors from arrival_history where centre_id = 3 order by group_id',
    );
    expect(rows).toEqual([
      { group_id: 'passports', half_hour: 16, visitors: 2 },
      { group_id: 'property', half_hour: 20, visitors: 1 },
    ]);
    expect((await ask('GET', `/api/centres/3/outlook?day=${TOMORROW}`)).status).toBe(200);
  });

  test('faulty lines are named with their field, unknown offices by their name; nothing is written then', async () => {
    await expect(
      read(['2026-02-17,centre-3,passports,1,-5,500', '2026-13-17,centre-3,passports,1,5,500']),
    ).rejects.toThrow(/line 2: issue_min is not a minute of the day\nline 3: date “2026-13-17” is not a date/);
    expect(await read(['2026-02-17,Elsewhere,passports,1,490,500'])).toBeNull();
    expect(said.join('\n')).toContain('No centre has the code Elsewhere');
    expect(await read([])).toBeNull();
    const { rows } = await node.database.pool.query(
      `select from arrival_history where day = '2026-02-17' and centre_id = 3`,
    );
    expect(rows).toEqual([]);
  });
});
