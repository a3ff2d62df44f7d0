import { expect } from 'vitest';
import { type Route, successOf } from '../../contract/contract.ts';
import { contract } from '../../contract/index.ts';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { instantOf, type TimeZone } from '../../core/time/civil.ts';
import { type Node, type Settings, startNode } from '../../server/main.ts';
import { importNetwork, isNetworkEmpty, type NewCentre } from '../../server/modules/network/index.ts';
import { databaseUrl } from './postgres.ts';

export const DAY = '2026-02-19';
export const ZONE = 'Europe/Moscow' as TimeZone;
/** Ten in the morning of the test day. */
export const TEN = instantOf(DAY, '10:00', ZONE);

/** A clone of the migrated database, or an empty one, for one test file. */
export async function cloneDatabase(
  template: 'okno' | 'template1' = 'okno',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const { socket, user } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ host: socket, user, database: 'postgres' });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`create database ${name} template ${template}`);
  return { url: databaseUrl(socket, user, name), drop: () => admin(`drop database ${name} with (force)`) };
}

/** Nothing happens by itself and nobody has to wait for anything, unless a test says so. */
const PLAIN_RULES: NonNullable<NewCentre['rules']> = {
  answerSeconds: null,
  calls: { recallsMax: 3, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 2 },
  promise: { waitSeconds: null, servedSeconds: 60 },
  closingGraceMinutes: null,
};

/** The wishes of a visitor who wants one service. */
export function wants(serviceId: string): { services: { serviceId: string }[] } {
  return { services: [{ serviceId }] };
}

/** The skills of a specialist who can do everything in these groups. */
export function skilled(...groupIds: string[]): { groupId: string; level: number }[] {
  return groupIds.map((groupId) => ({ groupId, level: 3 }));
}

/** A centre with three windows and three groups, open from eight to eight. */
export function testCentre(centreId: number, change: Partial<NewCentre> = {}): NewCentre {
  return {
    centreId,
    code: `centre-${centreId}`,
    kind: 'district',
    name: { ru: `Центр ${centreId}`, en: `Centre ${centreId}` },
    district: { ru: 'Хамовники', en: 'Khamovniki' },
    timeZone: ZONE,
    walkInLimitMinutes: 15,
    readyAfterSeconds: null,
    rules: PLAIN_RULES,
    hours: [1, 2, 3, 4, 5, 6].map((weekday) => ({
      weekday,
      validFrom: '2020-01-01',
      validTo: null,
      opens: '08:00',
      closes: '20:00',
    })),
    groups: [
      { groupId: 'passports', letter: 'П', name: { ru: 'Паспорта', en: 'Passports' } },
      { groupId: 'benefits', letter: 'С', name: { ru: 'Пособия', en: 'Benefits' } },
      { groupId: 'property', letter: 'Н', name: { ru: 'Недвижимость', en: 'Property' } },
    ],
    windows: [
      { windowId: 1, groupIds: ['passports', 'benefits', 'property'] },
      { windowId: 2, groupIds: ['passports', 'benefits'] },
      { windowId: 3, groupIds: ['property'] },
    ],
    ...change,
  };
}

/** What a test sees of an answer. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string; detail?: string };
  readonly headers: Headers;
}

export interface TestNode extends Node {
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Steps the replay clock to so many minutes after ten. */
  stepTo(minutesAfterTen: number): Promise<void>;
}

/** Every success that a test sees has the status of its route. */
function mustBeAsDeclared(method: string, path: string, status: number): void {
  const [plain = ''] = path.split('?');
  const found = DECLARED.find(({ name, form }) => name.startsWith(`${method} `) && form.test(plain));
  if (found !== undefined) expect(status, found.name).toBe(found.status);
}

/** The JSON routes of the contract; an address without a parameter comes first. */
const DECLARED = Object.entries(contract as Record<string, Route>)
  .filter(([, { gives }]) => gives === undefined)
  .map(([name, route]) => {
    const [, template = ''] = name.split(' ');
    return { name, form: new RegExp(`^${template.replaceAll(/:\\w+/g, '[^/]+')}$`), status: successOf(route) };
  })
  .toSorted((a, b) => a.name.split(':').length - b.name.split(':').length);

/** The master key of tests: what is sealed in one is opened in another. */
export const TEST_KEY = Buffer.alloc(32, 7);

/** A node on a database, at ten in the morning, on a stepped clock. */
export async function startTestNode(
  url: string,
  centres: readonly NewCentre[] = [testCentre(1)],
  port = 0,
  more: Partial<Settings> = {},
): Promise<TestNode> {
  const faults: string[] = [];
  const node = await startNode({
    place: { url },
    host: '127.0.0.1',
    port,
    clock: 'replay',
    shownAt: (kept) => kept ?? TEN,
    log: { info: () => undefined, error: (message, error) => void faults.push(`${message}: ${String(error)}`) },
    masterKey: TEST_KEY,
    ...more,
    prepare: async (database) => {
      if (await database.read((tx) => isNetworkEmpty(tx))) await importNetwork(database, centres);
    },
  });
  const ask: TestNode['ask'] = async (method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(node.url + path, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: text }),
    });
    // A failed test should show what went wrong inside.
    if (response.status === 500) console.error(method, path, faults.slice(-3));
    const said = await response.text();
    if (response.ok) mustBeAsDeclared(method, path, response.status);
    const answered = (said === '' ? {} : JSON.parse(said)) as Answer['body'];
    return { status: response.status, body: answered, headers: response.headers };
  };
  return {
    ...node,
    ask,
    stepTo: async (minutes) => void (await ask('POST', '/api/clock/step', { to: TEN + minutes * 60_000 })),
  };
}
