import { expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { fuzzCentres, FUZZ_NOON, serveEverywhere, settle } from '../support/fuzz/city.ts';
import { fuzz, openKnown, shownFinding } from '../support/fuzz/fuzz.ts';
import { cloneDatabase, startTestNode } from '../support/test-node.ts';

const SEED = 17;
/** A few for each of the routes: those who look for more run `npm run fuzz`. */
const REQUESTS = 2_500;

test('a page says in words that an address or a form cannot be read', async () => {
  await buildScreens(() => undefined);
  const { url, drop } = await cloneDatabase();
  const node = await startTestNode(url, fuzzCentres(), 0, { shownAt: () => FUZZ_NOON });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const asked: [path: string, body?: string][] = [
    ['/promise?day=2026-02-30'],
    ['/promise?day=0001-01-01'],
    ['/promise?centre=99999999999'],
    ['/services?q=a&q=b'],
    ['/book?service=a&service=b'],
    ['/book/when?centre=1&centre=2'],
    ['/services/%00'],
    ['/centres/%E0%A4%A'],
    ['/services?q=%00'],
    ['/services/passports/begin', 'a=1&a=2'],
    ['/my-booking', 'code=a&code=b'],
    ['/co-sign', 'birth=2026-02-30%00'],
  ];
  try {
    for (const [path, body] of asked) {
      const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', ...(body !== undefined && form) };
      const answer = await fetch(node.url + path, body === undefined ? { headers } : { method: 'POST', headers, body });
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        400,
        'text/html; charset=utf-8',
      ]);
    }
  } finally {
    await node.close();
    await drop();
  }
});

test('whatever is sent to whatever address, no answer is an error of the server, and every hall serves on', async () => {
  await buildScreens(() => undefined);
  const { url, drop } = await cloneDatabase();
  const node = await startTestNode(url, fuzzCentres(), 0, { shownAt: () => FUZZ_NOON });
  try {
    const known = openKnown();
    await settle(node, known);
    const { requests, findings, statuses } = await fuzz(node, known, { seed: SEED, requests: REQUESTS, atOnce: 4 });
    expect(findings.map((found) => shownFinding(SEED, found))).toEqual([]);
    expect(requests).toBe(REQUESTS);
    // Not only refusals: so many got through to the work.
    expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 10);
    expect(await serveEverywhere(node)).toBe(fuzzCentres().length);
  } finally {
    await node.close();
    await drop();
  }
});
