import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyDay } from '../../server/modules/queue/index.ts';
import { eventsAfter } from '../../server/modules/queue/queries.ts';
import { cloneDatabase, DAY, skilled, startTestNode, testCentre, type TestNode, wants } from '../support/test-node.ts';

const CENTRES = [1, 2, 3];
const CLIENTS = 12;
const VISITS = 25;

let nodes: TestNode[];
let drop: () => Promise<void>;

/** The `index`th client's node. */
const nodeOf = (index: number) => nodes[index % nodes.length] as TestNode;

describe.each([
  { alone: true, name: 'each deciding for itself' },
  { alone: false, name: 'with an owner for each centre' },
])('two nodes, $name', ({ alone }) => {
  beforeAll(async () => {
    const database = await cloneDatabase();
    drop = database.drop;
    const windows = Array.from({ length: CLIENTS }, (_, index) => ({
      windowId: index + 1,
      groupIds: ['passports', 'benefits', 'property'],
    }));
    const centres = CENTRES.map((centreId) => testCentre(centreId, { windows }));
    const first = await startTestNode(database.url, centres, 0, { alone });
    nodes = [first, await startTestNode(database.url, centres, 0, { alone })];
  });

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await drop();
  });

  test('the nodes know of each other, unless they work alone', async () => {
    const known = async () => (await nodeOf(0).ask('GET', '/api/node')).body['nodes'];
    await expect.poll(known).toBe(alone ? 1 : 2);
  });

  test('two nodes that fight for the same halls lose nothing and double nothing', async () => {
    const acknowledged = new Map<string, unknown>();
    const command = async (node: TestNode, path: string, body: Record<string, unknown>) => {
      const commandId = randomUUID();
      const answer = await node.ask('POST', path, { commandId, ...body });
      if (answer.status < 300) acknowledged.set(commandId, answer.body);
      return answer;
    };
    const client = async (centreId: number, windowId: number) => {
      const node = nodeOf(windowId);
      const base = `/api/centres/${centreId}/days/${DAY}`;
      await command(node, `${base}/windows/${windowId}/open`, {
        specialistId: `s-${centreId}-${windowId}`,
        skills: skilled('passports', 'benefits', 'property'),
      });
      for (let visit = 0; visit < VISITS; visit += 1) {
        const serviceId = ['passports', 'benefits', 'property'][visit % 3] as string;
        expect((await command(nodeOf(visit), `${base}/visits`, wants(serviceId))).status).toBeLessThan(300);
        const ready = await command(node, `${base}/windows/${windowId}/ready`, {});
        const call = ready.body['call'] as { visitId: string } | null;
        // Nobody waited any more: another window was quicker. A visitor called to us later is served at the end.
        if (ready.status >= 300 || call === null) continue;
        await command(node, `${base}/windows/${windowId}/start`, { visitId: call.visitId });
        await command(node, `${base}/windows/${windowId}/finish`, { visitId: call.visitId });
      }
    };
    await Promise.all(
      CENTRES.flatMap((centreId) => Array.from({ length: CLIENTS }, (_, index) => client(centreId, index + 1))),
    );

    for (const centreId of CENTRES) await checkDay(centreId, acknowledged);
  });

  test('the same command sent to both nodes at once happens once, with one answer', async () => {
    const base = `/api/centres/1/days/${DAY}`;
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        const body = { commandId: randomUUID(), ...wants('property') };
        const [one, other] = await Promise.all(nodes.map((node) => node.ask('POST', `${base}/visits`, body)));
        expect(one?.status).toBeLessThan(300);
        expect(other?.body).toEqual(one?.body);
      }),
    );
    await checkDay(1, new Map());
  });

  test('a node that is behind refuses nothing and shows nothing from an old state', async () => {
    const [one, other] = nodes as [TestNode, TestNode];
    const base = `/api/centres/3/days/${DAY}`;
    await other.ask('GET', '/api/centres/3/hall');
    const closing = Array.from({ length: CLIENTS }, async (_, index) =>
      one.ask('POST', `${base}/windows/${index + 1}/close`, { commandId: randomUUID() }),
    );
    await Promise.all(closing);
    const hall = await other.ask('GET', '/api/centres/3/hall');
    const again = await one.ask('GET', '/api/centres/3/hall');
    expect(hall.body).toEqual(again.body);
  });

  test('a board at one node sees what the other node does, in order and once', async () => {
    const [one, other] = nodes as [TestNode, TestNode];
    const stopping = new AbortController();
    const response = await fetch(`${other.url}/api/centres/2/live`, { signal: stopping.signal });
    const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader.read()).value ?? '';
    while (!text.includes('event: hall')) text += (await reader.read()).value ?? '';
    const head = Number(/^id: [\d-]+\/(\d+)$/m.exec(text)?.[1]);

    const base = `/api/centres/2/days/${DAY}`;
    const takers = Array.from({ length: 20 }, (_, index) =>
      nodeOf(index).ask('POST', `${base}/visits`, { commandId: randomUUID(), ...wants('property') }),
    );
    await Promise.all(takers);
    const last = (await one.ask('GET', '/api/centres/2/hall')).body['seq'] as number;
    while (!text.includes(`/${last}\n`)) text += (await reader.read()).value ?? '';
    stopping.abort();
    const places = [...text.matchAll(/event: queue\nid: [\d-]+\/(\d+)/g)].map(([, place]) => Number(place));
    expect(places).toEqual(Array.from({ length: last - head }, (_, index) => head + 1 + index));
  });

  test('a board that lost its node goes on at the other from where it was', async () => {
    const [one, other] = nodes as [TestNode, TestNode];
    const base = `/api/centres/2/days/${DAY}`;
    const head = (await one.ask('GET', '/api/centres/2/hall')).body['seq'] as number;
    for (let visit = 0; visit < 3; visit += 1) {
      await one.ask('POST', `${base}/visits`, { commandId: randomUUID(), ...wants('property') });
    }
    const stopping = new AbortController();
    const response = await fetch(`${other.url}/api/centres/2/live`, {
      headers: { 'last-event-id': `${DAY}/${head}` },
      signal: stopping.signal,
    });
    const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes(`/${head + 3}\n`)) text += (await reader.read()).value ?? '';
    stopping.abort();
    expect(text).not.toContain('event: hall');
    const places = [...text.matchAll(/event: queue\nid: [\d-]+\/(\d+)/g)].map(([, place]) => Number(place));
    expect(places.slice(0, 3)).toEqual([head + 1, head + 2, head + 3]);
  });

  test('commands go to the node that serves the centre, or are decided where they come', async () => {
    const figures = await Promise.all(nodes.map(async (node) => (await node.ask('GET', '/api/node')).body));
    const sum = (name: string) => figures.reduce((all, one) => all + Number(one[name]), 0);
    if (alone) {
      expect(sum('forwarded')).toBe(0);
      expect(sum('collisions')).toBeGreaterThan(0);
    } else {
      expect(sum('forwarded')).toBeGreaterThan(100);
      expect(Math.max(...figures.map((one) => Number(one['attemptsMax'])))).toBeLessThanOrEqual(5);
    }
  });
});

/** Every way in which a day can be wrong, and whether it has everything that was acknowledged. */
async function checkDay(centreId: number, acknowledged: ReadonlyMap<string, unknown>): Promise<void> {
  const db = nodeOf(0).database;
  const key = { centreId, day: DAY };
  const { faults } = await db.read((tx) => verifyDay(tx, key, null));
  expect(faults).toEqual([]);
  const events = (await db.read((tx) => eventsAfter(tx, key, 0))).map(({ event }) => event);
  const numbers = events.flatMap((event) => (event.kind === 'visit-taken' ? [event.body.number] : []));
  expect(new Set(numbers).size).toBe(numbers.length);
  const called = events.flatMap((event) => (event.kind === 'visit-called' ? [event.body.visitId] : []));
  expect(new Set(called).size).toBe(called.length);
  const ids = new Set(events.flatMap((event) => (event.command === null ? [] : [event.command.id])));
  const visits = new Set(events.flatMap((event) => (event.kind === 'visit-taken' ? [event.body.visitId] : [])));
  for (const [commandId, body] of acknowledged) {
    const { visitId } = body as { visitId?: string };
    if (visitId !== undefined && visits.has(visitId)) expect(ids).toContain(commandId);
  }
}
