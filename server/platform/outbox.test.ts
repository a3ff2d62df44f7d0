import { expect, test } from 'vitest';
import { openLanes } from './outbox.ts';

test('a receiver that never answers holds up nobody else, nor what comes for the others meanwhile', async () => {
  const waiting = new Map([
    ['silent', 3],
    ['good', 2],
  ]);
  const sent: string[] = [];
  let wake: () => void = () => undefined;
  const silence = new Promise<void>((resolve) => (wake = resolve));
  const outbox = openLanes({
    due: async () => [...waiting].filter(([, count]) => count > 0).map(([name]) => name),
    sendNext: async (name) => {
      const count = waiting.get(name) ?? 0;
      if (count === 0) return false;
      waiting.set(name, count - 1);
      if (name === 'silent') await silence;
      sent.push(name);
      return true;
    },
    failed: () => undefined,
  });
  const all = outbox.sendDue();
  await expect.poll(() => sent).toEqual(['good', 'good']);
  waiting.set('good', 1);
  const more = outbox.sendDue();
  await expect.poll(() => sent).toEqual(['good', 'good', 'good']);
  wake();
  await Promise.all([all, more]);
  expect(sent.filter((name) => name === 'silent')).toHaveLength(3);
  await outbox.stop();
});

test('what goes wrong with one receiver is told, and the others have theirs', async () => {
  const faults: unknown[] = [];
  const sent: string[] = [];
  const outbox = openLanes({
    due: async () => ['broken', 'good'],
    sendNext: async (name) => {
      if (name === 'broken') throw new Error('poison');
      return sent.push(name) < 3;
    },
    failed: (error) => void faults.push(error),
  });
  await outbox.sendDue();
  expect(sent).toHaveLength(3);
  expect(faults.length).toBeGreaterThan(0);
  await outbox.stop();
});
