import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type KeptConfiguration, readConfiguration } from '../../../core/queue/configuration.ts';
import { unopenedDay } from '../../../core/queue/day.ts';
import { evolveAll } from '../../../core/queue/evolve.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import { VERSIONS } from '../../../core/queue/versions.ts';
import { hallOf } from '../../../core/queue/hall.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import { chainAfter, configurationHash } from './chain.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/golden');

/** A day as some version wrote it. Such files are only ever added. */
interface GoldenDay {
  readonly key: DayKey;
  /** What the day was opened with, and what it was changed to later. */
  readonly configuration: KeptConfiguration;
  readonly changes?: readonly KeptConfiguration[];
  readonly events: readonly QueueEvent[];
  readonly hall: unknown;
  readonly chain: string;
}

test.each(readdirSync(FOLDER))('the day of %s is read as it was written: same hall, same chain', (file) => {
  const {
    key,
    configuration,
    changes = [],
    events,
    hall,
    chain,
  } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as GoldenDay;
  const [opened] = events;
  expect(opened?.kind === 'day-opened' && opened.body.configuration).toBe(configurationHash(configuration));
  const day = unopenedDay(key);
  const kept = new Map([configuration, ...changes].map((one) => [configurationHash(one), readConfiguration(one)]));
  evolveAll(day, events, (hash) => kept.get(hash) ?? expect.fail(`no configuration ${hash}`));
  // A later release shows more of a hall; what an earlier one showed stays.
  expect(JSON.parse(JSON.stringify(hallOf(day)))).toMatchObject(hall as object);
  expect(String(events.reduce((before, event) => chainAfter(before, key, event), 0n))).toBe(chain);
});

test('the golden days hold every kind of event in every version that was ever written', () => {
  const held = readdirSync(FOLDER).flatMap(
    (file) => (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as GoldenDay).events,
  );
  const every = Object.entries(VERSIONS).flatMap(([kind, newest]) =>
    Array.from({ length: newest }, (_, version) => `${kind}/${version + 1}`),
  );
  expect([...new Set(held.map(({ kind, v }) => `${kind}/${v}`))].toSorted()).toEqual(every.toSorted());
});
