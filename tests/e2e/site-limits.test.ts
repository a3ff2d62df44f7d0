import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  await buildScreens(() => undefined);
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true });
});

afterAll(async () => {
  await node?.close();
  await drop?.();
});

test('an address that searches on the site without end is told so on a page, and when to come back', async () => {
  const began = Date.now();
  const path = `${node.url}/services?q=${encodeURIComponent('пасспорт')}`;
  const looks = Array.from({ length: 100 }, () => fetch(path, { headers: { accept: 'text/html' } }));
  const answers = await Promise.all(looks);
  const held = answers.filter(({ status }) => status === 429);
  expect(answers.length - held.length).toBeGreaterThanOrEqual(30);
  expect(answers.length - held.length).toBeLessThanOrEqual(30 + 10 * Math.ceil((Date.now() - began) / 1_000));
  expect(Number(held[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(held[0]?.headers.get('content-type')).toContain('text/html');
  expect((await fetch(`${node.url}/news`)).status, 'other pages').toBe(200);
});
