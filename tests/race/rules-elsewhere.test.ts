import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { cloneDatabase, DAY, skilled, startTestNode, testCentre, wants } from '../support/test-node.ts';

const CENTRES = [1, 2, 3, 4];

test('the rules of a running hall are changed at whichever node, and go into force at the one that serves it', async () => {
  const { url, drop } = await cloneDatabase();
  const centres = CENTRES.map((centreId) => testCentre(centreId));
  const nodes = [await startTestNode(url, centres), await startTestNode(url, centres)];
  const at = (which: number) => nodes[which % 2] as (typeof nodes)[number];
  try {
    for (const centreId of CENTRES) {
      const base = `/api/centres/${centreId}/days/${DAY}`;
      const ticket = await at(centreId).ask('POST', `${base}/visits`, {
        commandId: randomUUID(),
        ...wants('passports'),
      });
      expect(ticket.status).toBeLessThan(300);
      // One of the two does not serve the hall, and keeps rules that the other has never seen.
      for (const which of [0, 1]) {
        const windows = [1, 2, 3, 10 + which].map((windowId) => ({ windowId, zoneId: null, groupIds: ['passports'] }));
        const changed = await at(which).ask('PUT', `/api/centres/${centreId}/windows`, { windows });
        expect([centreId, which, changed.status]).toEqual([centreId, which, 200]);
        const seat = { commandId: randomUUID(), specialistId: `s-${centreId}-${which}`, skills: skilled('passports') };
        expect((await at(which).ask('POST', `${base}/windows/${10 + which}/open`, seat)).status).toBeLessThan(300);
      }
    }
  } finally {
    for (const node of nodes) await node.close();
    await drop();
  }
});
