import { expect, test } from 'vitest';
import { buildScreens } from '../../cli/build-screens.ts';
import { fuzzCentres, FUZZ_NOON, serveEverywhere, settle } from '../support/fuzz/city.ts';
import { fuzz, openKnown, shownFinding } from '../support/fuzz/fuzz.ts';
import { cloneDatabase, startTestNode } from '../support/test-node.ts';

const SEED = 17;
/** A few for each of the routes: those who look for more run `npm run fuzz`. */
const REQUESTS = 2_500;

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
