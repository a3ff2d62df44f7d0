import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '../../../contract/index.ts';
import type { Route } from '../../../contract/contract.ts';
import { ANYBODY, rightsOf, SEEDED_ROLES } from '../../../core/access/roles.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { createKey } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true });
});

afterAll(async () => {
  await node.close();
  await drop();
});

const roles = new Map(SEEDED_ROLES.map((role) => [role.roleId, role]));
const REFUSED = new Set(['key-needed', 'role-not-enough']);
/** Streams do not end, and of pages nobody is identified. */
const routes = (Object.entries(contract) as [string, Route][]).filter(
  ([, { right, gives }]) => right !== null && gives?.[0] !== 'text/event-stream',
);

const AT_ONCE = 80;

/** What each parameter may be called, so that the route is found and nothing happens. */
const sample = (path: string) => path.replaceAll(/:\w+/g, (name) => (name === ':day' ? '2020-01-01' : '1'));

test.each([...roles.keys(), null])('%s passes where its rights say so, and nowhere else', async (roleId) => {
  let headers: Record<string, string> = {};
  const withNewKey = async (name: string) => {
    if (roleId === null) return;
    const key = await createKey(node.database, { name, role: roleId, centreId: null });
    headers = { authorization: `Bearer ${key}` };
  };
  const rights = roleId === null ? new Set(ANYBODY) : rightsOf(roles, roleId);
  const wrong: string[] = [];
  for (const [index, [name, { right }]] of routes.entries()) {
    // A device may ask so much at once: a new one asks the next routes.
    if (index % AT_ONCE === 0) await withNewKey(`matrix-${roleId}-${index}`);
    const [method, path] = name.split(' ') as [string, string];
    // A body that no schema takes: a permitted caller is refused for it, and nothing happens.
    const answer = await node.ask(
      method,
      sample(path),
      method === 'GET' || method === 'DELETE' ? undefined : [],
      headers,
    );
    const passes = right === null || ANYBODY.includes(right) || rights.has(right);
    if (REFUSED.has((answer.body as { code?: string } | null)?.code ?? '') === passes)
      wrong.push(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  expect(wrong).toEqual([]);
});
