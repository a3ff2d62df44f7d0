import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Route } from '../contract/contract.ts';
import { contract } from '../contract/index.ts';
import { cloneDatabase, startTestNode, TEN, type TestNode } from '../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop } = database);
  node = await startTestNode(database.url);
});

afterAll(async () => {
  await node?.close();
  await drop?.();
});

type Json = { readonly [member: string]: unknown };

/** The dates and moments in a schema: their names, and whether they say in which span they are. */
function datesIn(schema: Json, name: string): { readonly name: string; readonly spanned: boolean }[] {
  const isMoment = schema['type'] === 'integer' && schema['minimum'] === Date.UTC(2000, 0);
  if (schema['format'] === 'date' || isMoment) return [{ name, spanned: schema['x-span'] !== undefined }];
  const inner = [
    ...Object.entries((schema['properties'] ?? {}) as Json),
    ...((schema['anyOf'] ?? []) as unknown[]).map((one) => [name, one] as const),
    ...(schema['items'] === undefined ? [] : [[name, schema['items']] as const]),
  ];
  return inner.flatMap(([one, found]) => datesIn(found as Json, one));
}

const taken = Object.entries(contract as Record<string, Route>).flatMap(([route, { params, query, body }]) =>
  Object.entries({ params, query, body }).flatMap(([part, schema]) =>
    schema === undefined
      ? []
      : datesIn(schema as unknown as Json, part).map((one) => ({
          ...one,
          part,
          route,
          schema: schema as unknown as Json,
        })),
  ),
);

test('every date and moment that a route takes says in which span it is', () => {
  expect(taken.length).toBeGreaterThan(60);
  expect(taken.filter(({ spanned }) => !spanned).map(({ route, name }) => `${route} ${name}`)).toEqual([]);
});

const inQueries = taken.filter(({ part, schema }) => {
  const required = (schema['required'] ?? []) as string[];
  return part === 'query' && required.every((name) => ['from', 'to', 'day', 'at'].includes(name));
});

test.each(inQueries.map(({ route, name, schema }) => ({ route, name, schema })))(
  '$route refuses a $name of the year 2099 and of 2001, and says which days it takes',
  async ({ route, name, schema }) => {
    const [method = '', path = ''] = route.split(' ');
    for (const year of [2_099, 2_001]) {
      const sane: Record<string, string> = { from: '2026-02-01', to: '2026-02-02', day: '2026-02-19', at: String(TEN) };
      const absurd = name === 'at' ? String(Date.UTC(year, 5)) : `${year}-06-01`;
      const names = Object.keys(schema['properties'] as Json).filter((one) => one in sane);
      const asked = names.map((one): [string, string] => [one, one === name ? absurd : (sane[one] as string)]);
      const address = path.replace(':centreId', '1').replace(':day', '2026-02-19');
      const { status, body } = await node.ask(method, `${address}?${new URLSearchParams(asked)}`);
      expect([status, body.code, (body['params'] as Json)['where']]).toEqual([
        400,
        'malformed-request',
        `querystring/${name}`,
      ]);
      expect(body['detail']).toMatch(/с \d+ \p{L}+ \d{4} года по \d+ \p{L}+ \d{4} года/u);
    }
  },
);

test.each([
  ['PUT', '/api/drinks/tea/price', { from: '2099-01-01', kopecks: 1 }, 'body/from'],
  ['PUT', '/api/drinks/tea/price', { from: '2001-01-01', kopecks: 1 }, 'body/from'],
  ['PUT', '/api/centres/1/roster', { day: '2099-01-05', version: 0, shifts: [] }, 'body/day'],
  ['POST', '/api/centres/1/roster/suggestions', { day: '2099-01-05' }, 'body/day'],
  ['PUT', '/api/centres/1/day-plan', { day: '2099-01-05', windows: null }, 'body/day'],
  ['POST', '/api/centres/1/rehearsals', { day: '2099-01-05', windows: [1], reserve: true }, 'body/day'],
  ['POST', '/api/centres/1/closures/2099-01-01', { reason: 'other' }, 'params/day'],
  ['POST', '/api/centres/1/days/2099-01-01/visits', undefined, 'params/day'],
  ['POST', '/api/clock/step', { to: Date.UTC(2_090, 0) }, 'body/to'],
])('%s %s is refused at the field', async (method, path, body, where) => {
  const answer = await node.ask(method, path, body);
  expect([answer.status, answer.body.code, (answer.body['params'] as Json)['where']]).toEqual([
    400,
    'malformed-request',
    where,
  ]);
});
