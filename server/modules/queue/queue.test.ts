import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/problem-catalogue.ts';
import {
  type Answer,
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';

const SUNDAY_CLOSED = testCentre(2, {
  hours: [{ weekday: 7, validFrom: '2020-01-01', validTo: null, opens: '10:00', closes: '14:00' }],
});

let node: TestNode;
let drop: () => Promise<void>;
let nextCentre = 10;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const many = Array.from({ length: 40 }, (_, index) => testCentre(10 + index));
  node = await startTestNode(database.url, [testCentre(1), SUNDAY_CLOSED, ...many]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

/** A hall of its own for each test. */
function hall() {
  const centreId = nextCentre;
  nextCentre += 1;
  const base = `/api/centres/${centreId}/days/${DAY}`;
  const command = (body: object = {}) => ({ commandId: randomUUID(), ...body });
  return {
    centreId,
    base,
    take: (serviceId: string, extra: object = {}) =>
      node.ask('POST', `${base}/visits`, command({ ...wants(serviceId), ...extra })),
    open: (windowId: number, groupIds: string[], specialistId = `s-${centreId}-${windowId}`) =>
      node.ask('POST', `${base}/windows/${windowId}/open`, command({ specialistId, skills: skilled(...groupIds) })),
    at: (windowId: number, action: string, body: object = {}) =>
      node.ask('POST', `${base}/windows/${windowId}/${action}`, command(body)),
    visit: (visitId: unknown) => node.ask('GET', `${base}/visits/${String(visitId)}`),
    view: () => node.ask('GET', `/api/centres/${centreId}/hall`),
    eventKinds: async () =>
      (
        await node.database.pool.query('select kind from queue_event where centre_id = $1 order by seq', [centreId])
      ).rows.map((row) => row.kind as string),
  };
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status });
  expect(answer.body.detail?.length).toBeGreaterThan(10);
}

describe('a visit', () => {
  test('is taken, called, served and finished, and every row agrees', async () => {
    const { take, open, at, visit, view, eventKinds, centreId } = hall();
    const ticket = await take('passports');
    expect(ticket.body).toMatchObject({
      number: 'П001',
      groupId: 'passports',
      takenAt: TEN,
      due: TEN + 15 * 60_000,
      call: null,
    });
    const { visitId } = ticket.body;
    expect((await open(1, ['passports'])).body).toMatchObject({ state: 'not-ready', call: null });
    expect((await at(1, 'ready')).body).toMatchObject({
      state: 'calling',
      call: { visitId, number: 'П001', windowId: 1 },
    });
    expect((await view()).body['calls']).toEqual([{ number: 'П001', windowId: 1, at: TEN }]);
    expect((await at(1, 'start', { visitId })).body).toMatchObject({ state: 'serving' });
    expect((await at(1, 'finish', { visitId })).body).toMatchObject({ state: 'not-ready' });
    expect((await visit(visitId)).body).toMatchObject({
      state: 'finished',
      windowId: 1,
      steps: [{ windowId: 1, calledAt: TEN, startedAt: TEN, endedAt: TEN, outcome: 'done' }],
    });
    expect(await eventKinds()).toEqual([
      'day-opened',
      'visit-taken',
      'window-opened',
      'window-ready',
      'visit-called',
      'service-started',
      'service-finished',
    ]);
    const { rows } = await node.database.pool.query(
      'select v.number, v.state, s.window_id, s.outcome from visit v join visit_step s using (centre_id, day, visit_id) where centre_id = $1',
      [centreId],
    );
    expect(rows).toEqual([{ number: 'П001', state: 'finished', window_id: 1, outcome: 'done' }]);
  });

  test('is called at once when a window is free', async () => {
    const { take, open, at } = hall();
    await open(3, ['property']);
    await at(3, 'ready');
    expect((await take('property')).body).toMatchObject({ number: 'Н001', call: { windowId: 3 } });
    expect((await take('property')).body).toMatchObject({ number: 'Н002', call: null });
  });

  test('that did not come is a no-show, and the window goes on', async () => {
    const { take, open, at, visit } = hall();
    const { visitId } = (await take('benefits')).body;
    await open(2, ['benefits']);
    await at(2, 'ready');
    expect((await at(2, 'no-show', { visitId })).body).toMatchObject({ state: 'not-ready' });
    expect((await visit(visitId)).body).toMatchObject({ state: 'no-show' });
    expectProblem(await at(2, 'start', { visitId }), 409, 'window-state');
  });
});

describe('a command sent again', () => {
  test('gives the same answer and happens once', async () => {
    const { base, eventKinds } = hall();
    const body = { commandId: randomUUID(), ...wants('passports') };
    const answers = await Promise.all(Array.from({ length: 8 }, () => node.ask('POST', `${base}/visits`, body)));
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    expect(await eventKinds()).toEqual(['day-opened', 'visit-taken']);
  });

  test('with another body is a conflict', async () => {
    const { base } = hall();
    const commandId = randomUUID();
    await node.ask('POST', `${base}/visits`, { commandId, ...wants('passports') });
    expectProblem(
      await node.ask('POST', `${base}/visits`, { commandId, ...wants('benefits') }),
      409,
      'command-conflict',
    );
  });

  test('keeps its answer after the visit has gone on', async () => {
    const { base, open, at } = hall();
    const body = { commandId: randomUUID(), ...wants('passports') };
    const first = await node.ask('POST', `${base}/visits`, body);
    await open(1, ['passports']);
    await at(1, 'ready');
    expect((await node.ask('POST', `${base}/visits`, body)).body).toEqual(first.body);
  });
});

describe('what is refused writes nothing', () => {
  const id = () => randomUUID();
  const cases: [
    name: string,
    method: string,
    path: (base: string) => string,
    body: unknown,
    status: number,
    code: string,
  ][] = [
    [
      'an unknown centre',
      'POST',
      () => `/api/centres/9999/days/${DAY}/visits`,
      { commandId: id(), ...wants('passports') },
      404,
      'unknown-centre',
    ],
    [
      'a centre that is closed today',
      'POST',
      () => `/api/centres/2/days/${DAY}/visits`,
      { commandId: id(), ...wants('passports') },
      409,
      'centre-closed',
    ],
    [
      'another day',
      'POST',
      (base) => base.replace(DAY, '2026-02-20') + '/visits',
      { commandId: id(), ...wants('passports') },
      409,
      'not-this-day',
    ],
    [
      '29 February of a common year',
      'POST',
      (base) => base.replace(DAY, '2026-02-29') + '/visits',
      { commandId: id(), ...wants('passports') },
      400,
      'malformed-request',
    ],
    [
      'an unknown group',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('nonsense') },
      404,
      'unknown-service',
    ],
    [
      'Cyrillic in a key',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('паспорта') },
      400,
      'malformed-request',
    ],
    [
      'an emoji in a key',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('🦊') },
      400,
      'malformed-request',
    ],
    [
      'an id that is none',
      'POST',
      (base) => `${base}/visits`,
      { commandId: 'one', ...wants('passports') },
      400,
      'malformed-request',
    ],
    ['a missing field', 'POST', (base) => `${base}/visits`, { commandId: id() }, 400, 'malformed-request'],
    [
      'an unknown field',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('passports'), name: 'Иван' },
      400,
      'malformed-request',
    ],
    [
      'nine persons',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('passports'), persons: 9 },
      400,
      'malformed-request',
    ],
    [
      'half a person',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('passports'), persons: 1.5 },
      400,
      'malformed-request',
    ],
    ['broken JSON', 'POST', (base) => `${base}/visits`, '{"commandId":', 400, 'malformed-request'],
    ['a list for a body', 'POST', (base) => `${base}/visits`, '[]', 400, 'malformed-request'],
    ['no body', 'POST', (base) => `${base}/visits`, undefined, 400, 'malformed-request'],
    [
      'a body of a megabyte',
      'POST',
      (base) => `${base}/visits`,
      { commandId: id(), ...wants('x'.repeat(1_000_000)) },
      413,
      'body-too-large',
    ],
    [
      'a window that is not there',
      'POST',
      (base) => `${base}/windows/77/ready`,
      { commandId: id() },
      404,
      'unknown-window',
    ],
    [
      'a window number that is none',
      'POST',
      (base) => `${base}/windows/one/ready`,
      { commandId: id() },
      400,
      'malformed-request',
    ],
    ['ready at a closed window', 'POST', (base) => `${base}/windows/1/ready`, { commandId: id() }, 409, 'window-state'],
    [
      'finishing what never began',
      'POST',
      (base) => `${base}/windows/1/finish`,
      { commandId: id(), visitId: id() },
      404,
      'unknown-visit',
    ],
    [
      'a group that the window cannot serve',
      'POST',
      (base) => `${base}/windows/3/open`,
      { commandId: id(), specialistId: 's', skills: skilled('passports') },
      409,
      'window-not-equipped',
    ],
    [
      'a reason in free words',
      'POST',
      (base) => `${base}/windows/1/pause`,
      { commandId: id(), reason: 'болит голова' },
      400,
      'malformed-request',
    ],
    ['an unknown visit', 'GET', (base) => `${base}/visits/${id()}`, undefined, 404, 'unknown-visit'],
    ['an unknown route', 'GET', () => '/api/nonsense', undefined, 404, 'unknown-route'],
  ];
  test.each(cases)('%s', async (_name, method, path, body, status, code) => {
    const { base, view, eventKinds } = hall();
    await view();
    expectProblem(await node.ask(method, path(base), body), status, code);
    expect(await eventKinds()).toEqual(['day-opened']);
  });

  test('every illegal transition of a window', async () => {
    const { take, open, at, eventKinds } = hall();
    const { visitId } = (await take('passports')).body;
    const steps: [action: string, illegal: string[]][] = [
      ['open', ['ready', 'recall', 'start', 'add-service', 'finish', 'no-show', 'transfer', 'pause', 'close']],
      ['ready', ['open', 'recall', 'start', 'add-service', 'finish', 'no-show', 'transfer']],
      ['start', ['open', 'add-service', 'finish', 'transfer', 'pick']],
      ['finish', ['open', 'ready', 'recall', 'start', 'no-show', 'pick']],
    ];
    for (const [action, illegal] of steps) {
      for (const other of illegal) {
        const written = (await eventKinds()).length;
        const body =
          other === 'pause'
            ? { reason: 'break' }
            : other === 'open'
              ? { specialistId: 'x', skills: skilled('passports') }
              : other === 'pick'
                ? { visitId, reason: 'health' }
                : ['add-service', 'transfer'].includes(other)
                  ? { visitId, serviceId: 'passports' }
                  : ['recall', 'start', 'finish', 'no-show'].includes(other)
                    ? { visitId }
                    : {};
        expectProblem(await at(1, other, body), 409, 'window-state');
        expect((await eventKinds()).length).toBe(written);
      }
      if (action === 'open') await open(1, ['passports']);
      else await at(1, action, action === 'ready' ? {} : { visitId });
    }
  });

  test('a specialist at two windows, and another specialist’s visitor', async () => {
    const { take, open, at } = hall();
    await open(1, ['passports'], 'anna');
    expectProblem(await open(2, ['passports'], 'anna'), 409, 'specialist-elsewhere');
    await open(2, ['passports'], 'boris');
    const first = (await take('passports')).body['visitId'];
    const second = (await take('passports')).body['visitId'];
    await at(1, 'ready');
    await at(2, 'ready');
    expectProblem(await at(1, 'start', { visitId: second }), 409, 'visit-not-here');
    expect((await at(1, 'start', { visitId: first })).status).toBeLessThan(300);
  });

  test('a clock that goes backwards', async () => {
    expectProblem(await node.ask('POST', '/api/clock/step', { to: TEN - 1 }), 409, 'clock-backwards');
  });
});

describe('problems', () => {
  test('speak Russian, and English when asked to', async () => {
    const { base } = hall();
    const body = { commandId: randomUUID(), ...wants('nonsense') };
    expect((await node.ask('POST', `${base}/visits`, body)).body.detail).toMatch(/услуги здесь нет/);
    expect((await node.ask('POST', `${base}/visits`, body, { 'accept-language': 'en-GB,ru' })).body.detail).toMatch(
      /no such service/,
    );
  });

  test('of every kind are explained at their address', async () => {
    for (const code of Object.keys(catalogue))
      expect((await node.ask('GET', `/problems/${code}`)).body).toMatchObject({ code });
  });
});

describe('the live stream', () => {
  test('begins with the hall, goes on with each event, and resumes where the client was', async () => {
    const { centreId, take } = hall();
    const first = await listen(centreId, null);
    expect(await first.next()).toMatchObject({ event: 'hall', id: `${DAY}/1` });
    await take('passports');
    const taken = await first.next();
    expect(taken).toMatchObject({
      event: 'queue',
      id: `${DAY}/2`,
      data: { kind: 'visit-taken', seq: 2, command: null },
    });
    first.stop();
    await take('passports');
    await take('passports');
    const second = await listen(centreId, `${DAY}/2`);
    expect(await second.next()).toMatchObject({ event: 'queue', id: `${DAY}/3` });
    expect(await second.next()).toMatchObject({ event: 'queue', id: `${DAY}/4` });
    second.stop();
    const stranger = await listen(centreId, '2019-01-01/99');
    expect(await stranger.next()).toMatchObject({ event: 'hall', id: `${DAY}/4` });
    stranger.stop();
  });

  test('resumes over five hundred missed events and not over one more: then the hall is sent whole', async () => {
    const { centreId, take } = hall();
    // The first ticket opens the day, which is the first event.
    await take('passports');
    for (let sent = 0; sent < 500; sent += 100) await Promise.all(Array.from({ length: 100 }, () => take('passports')));
    const head = 502;
    const far = await listen(centreId, `${DAY}/${head - 501}`);
    expect(await far.next()).toMatchObject({ event: 'hall', id: `${DAY}/${head}`, data: { seq: head } });
    const near = await listen(centreId, `${DAY}/${head - 500}`);
    for (let seq = head - 499; seq <= head; seq += 1)
      expect(await near.next()).toMatchObject({ event: 'queue', id: `${DAY}/${seq}`, data: { seq } });
    await take('passports');
    // Neither of them misses or repeats what comes next.
    for (const stream of [far, near]) {
      expect(await stream.next()).toMatchObject({ event: 'queue', id: `${DAY}/${head + 1}` });
      stream.stop();
    }
  });

  test('names no specialist', async () => {
    const { centreId, open } = hall();
    const stream = await listen(centreId, null);
    await stream.next();
    await open(1, ['passports'], 'secret-anna');
    expect(JSON.stringify(await stream.next())).not.toContain('secret-anna');
    stream.stop();
  });
});

interface Message {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** Reads a live stream message by message. */
async function listen(
  centreId: number,
  lastEventId: string | null,
): Promise<{ next: () => Promise<Message>; stop: () => void }> {
  const stopping = new AbortController();
  const headers = lastEventId === null ? {} : { 'last-event-id': lastEventId };
  const response = await fetch(`${node.url}/api/centres/${centreId}/live`, { headers, signal: stopping.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Message> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const message = text.slice(0, end);
        text = text.slice(end + 2);
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1];
        const data = field('data');
        if (data !== undefined) return { event: field('event'), id: field('id'), data: JSON.parse(data) };
      } else {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        text += value;
      }
    }
  };
  return { next, stop: () => stopping.abort() };
}
