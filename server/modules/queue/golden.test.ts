import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import { unopenedDay } from '../../../core/queue/day.ts';
import { evolveAll } from '../../../core/queue/evolve.ts';
import type { EventKind, QueueEvent } from '../../../core/queue/events.ts';
import { hallOf } from '../../../core/queue/hall.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import { chainAfter, configurationHash } from './chain.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/golden');

/** A day as some version wrote it. Such files are only ever added. */
interface GoldenDay {
  readonly key: DayKey;
  readonly configuration: QueueConfiguration;
  readonly events: readonly QueueEvent[];
  readonly hall: unknown;
  readonly chain: string;
}

test.each(readdirSync(FOLDER))('the day of %s is read as it was written: same hall, same chain', (file) => {
  const { key, configuration, events, hall, chain } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as GoldenDay;
  const [opened] = events;
  expect(opened?.kind === 'day-opened' && opened.body.configuration).toBe(configurationHash(configuration));
  const day = unopenedDay(key);
  evolveAll(day, events, () => configuration);
  expect(JSON.parse(JSON.stringify(hallOf(day)))).toEqual(hall);
  expect(String(events.reduce((before, event) => chainAfter(before, key, event), 0n))).toBe(chain);
});

test('the golden days hold every kind of event', () => {
  const kinds: Record<EventKind, true> = {
    'day-opened': true,
    'visit-taken': true,
    'window-opened': true,
    'window-ready': true,
    'visit-called': true,
    'service-started': true,
    'service-finished': true,
    'visit-no-show': true,
    'visit-lapsed': true,
    'window-paused': true,
    'window-closed': true,
    'doors-closed': true,
    'day-closed': true,
  };
  const held = readdirSync(FOLDER).flatMap(
    (file) => (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as GoldenDay).events,
  );
  expect(new Set(held.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});
