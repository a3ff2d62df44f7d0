import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueueEvent } from '../../../core/queue/events.ts';
import { cloneDatabase, DAY } from '../../../tests/support/test-node.ts';
import { openHandles } from '../../platform/handles.ts';
import { LiveFeed } from './live-feed.ts';

let pool: pg.Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  drop = database.drop;
});

afterAll(async () => {
  await pool.end();
  await drop();
});

const event = (seq: number) => ({ seq, kind: 'window-ready' }) as QueueEvent;

test('one who cannot hear keeps nobody else from hearing, then or later, there or in another hall', async () => {
  const faults: string[] = [];
  const feed = new LiveFeed(openHandles(pool), (message) => faults.push(message));
  const heard: string[] = [];
  const halls = [1, 2].map((centreId) => ({ centreId, day: DAY }));
  feed.listen({ centreId: 1, day: DAY }, () => {
    throw new Error('deaf');
  });
  for (const key of halls)
    feed.listen(key, (events) => void heard.push(...events.map(({ seq }) => `${key.centreId}/${seq}`)));
  for (const seq of [1, 2]) for (const key of halls) feed.tell(key, [event(seq)]);
  await expect.poll(() => heard.toSorted()).toEqual(['1/1', '1/2', '2/1', '2/2']);
  expect(faults).toHaveLength(2);
  feed.close();
});
