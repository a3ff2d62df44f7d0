import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { openSlowHashes } from './slow-hash.ts';

const order = () =>
  ({
    kind: 'argon2id',
    message: 'a password',
    nonce: randomBytes(16),
    tagLength: 32,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
  }) as const;

test('of a flood a few are hashed, a few wait, and the rest are refused at once', async () => {
  const hashes = openSlowHashes({ threads: 2, waitingMax: 6, waitingMaxOfOne: 6 });
  const answers = await Promise.allSettled(Array.from({ length: 300 }, () => hashes.make(order(), 'one place')));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(new Set(refused.map(({ reason }) => (reason as Error).message.split(':')[0]))).toEqual(
    new Set(['too-many-requests']),
  );
  expect(hashes.load).toEqual({ made: 0, waiting: 0 });
  expect(await hashes.make(order(), 'one place'), 'afterwards there is room again').toHaveLength(32);
});

test('never more are made at once than there are threads', async () => {
  const hashes = openSlowHashes({ threads: 2, waitingMax: 20, waitingMaxOfOne: 20 });
  const seen: number[] = [];
  const look = () => void seen.push(hashes.load.made);
  await Promise.all(Array.from({ length: 20 }, () => hashes.make(order(), 'one place').finally(look)));
  expect(Math.max(...seen)).toBeLessThanOrEqual(2);
});

test('a flood from one place leaves room for another', async () => {
  const hashes = openSlowHashes({ threads: 1, waitingMax: 8, waitingMaxOfOne: 4 });
  const flood = Array.from({ length: 100 }, () => hashes.make(order(), 'a flooder').catch(() => null));
  expect(await hashes.make(order(), 'another caller')).toHaveLength(32);
  await Promise.all(flood);
});

test('while hashes are made files are read, names resolved and bodies packed', async () => {
  const hashes = openSlowHashes({ threads: 2, waitingMax: 100, waitingMaxOfOne: 100 });
  let open = 60;
  const made = Array.from({ length: open }, () => hashes.make(order(), 'one place').finally(() => (open -= 1)));
  await Promise.all([readFile(import.meta.filename), lookup('localhost'), promisify(gzip)('x'.repeat(10_000))]);
  expect(open, 'all of that was done before the hashes were').toBeGreaterThan(0);
  await Promise.all(made);
});

test('a hash that cannot be made is a fault of that one only', async () => {
  const hashes = openSlowHashes({ threads: 1, waitingMax: 4, waitingMaxOfOne: 4 });
  await expect(hashes.make({ ...order(), memory: 1 }, 'one place')).rejects.toThrow('a hash could not be made');
  expect(await hashes.make(order(), 'one place')).toHaveLength(32);
  const same = { kind: 'scrypt', message: '1234', salt: randomBytes(8), bytes: 32 } as const;
  expect(await hashes.make(same, 'one place')).toEqual(await hashes.make(same, 'one place'));
});

test.runIf(process.platform === 'linux')('hashes are made at a lower priority than the halls are served', async () => {
  const hashes = openSlowHashes({ threads: 1, waitingMax: 1, waitingMaxOfOne: 1 });
  const before = await priorities();
  await hashes.make(order(), 'one place');
  const added = [...(await priorities())].filter(([thread]) => !before.has(thread));
  expect(added.some(([, nice]) => nice > 0)).toBe(true);
  expect((await priorities()).get(process.pid) ?? 0, 'the main thread keeps its own').toBe(
    before.get(process.pid) ?? 0,
  );
});

/** The priority (“nice”) of every thread of this process, by its id. */
async function priorities(): Promise<Map<number, number>> {
  const threads = await readdir('/proc/self/task');
  const found = new Map<number, number>();
  for (const thread of threads) {
    const stat = await readFile(`/proc/self/task/${thread}/stat`, 'utf8').catch(() => '');
    // The name in parentheses may contain spaces; the priority is the seventeenth field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    found.set(Number(thread), Number(fields[16]));
  }
  return found;
}
