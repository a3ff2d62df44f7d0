import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Route } from '../../../contract/contract.ts';
import { contract } from '../../../contract/index.ts';
import { ANYBODY, type Right, RIGHTS } from '../../../core/access/roles.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { createKey } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)], 0, { requireKeys: true });
});

afterAll(async () => {
  await node.close();
  await drop();
});

const routes = Object.entries(contract) as [string, Route][];
/** Who has been refused for the place, whatever the rest of the request is worth. */
const ELSEWHERE = new Set(['right-elsewhere', 'foreign-centre']);

/** Asks every route that a right opens, with a key that has this right, and all others, at centre 1 only. */
async function asked(right: Right, centreId: number): Promise<Map<string, string | undefined>> {
  const answers = new Map<string, string | undefined>();
  for (const [index, [name, route]] of routes.filter(([, one]) => one.right === right).entries()) {
    const [method, path] = name.split(' ') as [string, string];
    const key = await createKey(node.database.pool, {
      name: `one-place-${right}-${centreId}-${index}`,
      role: 'administrator',
      centreId: 1,
    });
    const address = path.replaceAll(/:\w+/g, (one) =>
      one === ':centreId' ? String(centreId) : one === ':day' ? '2020-01-01' : '1',
    );
    // A body that no schema takes: whoever is let in is refused for it, and nothing happens.
    const body = method === 'GET' || method === 'DELETE' ? undefined : [];
    const abort = new AbortController();
    const answer = await fetch(node.url + address, {
      method,
      signal: abort.signal,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // A stream that was opened does not end by itself.
    const isStream = answer.ok && route.reply === undefined;
    answers.set(name, isStream ? 'opened' : (((await answer.json()) as { code?: string } | null)?.code ?? 'opened'));
    abort.abort();
  }
  return answers;
}

const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => !ANYBODY.includes(right));

test.each(rights)('“%s” at one place opens nothing at another, and nothing of the whole network', async (right) => {
  const here = await asked(right, 1);
  const there = await asked(right, 2);
  const wrong: string[] = [];
  for (const [name, { placed = false }] of routes.filter(([, one]) => one.right === right)) {
    const isOfCentre = name.includes(':centreId');
    const wanted = isOfCentre ? 'foreign-centre' : placed ? null : 'right-elsewhere';
    if (wanted !== null && there.get(name) !== wanted) wrong.push(`${name} at another place: ${there.get(name)}`);
    if (isOfCentre && ELSEWHERE.has(here.get(name) ?? '')) wrong.push(`${name} at the own place: ${here.get(name)}`);
    if (!isOfCentre && !placed && here.get(name) !== 'right-elsewhere') wrong.push(`${name}: ${here.get(name)}`);
  }
  expect(wrong).toEqual([]);
});
