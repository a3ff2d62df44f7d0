import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildScreens } from '../../scripts/build-screens.ts';
import { projectRoot } from '../support/source-files.ts';

/**
 * The most script that a page loads before it can be used, in thousands of bytes as they are sent (gzip). Pages of visitors are for
 * telephones on a thin line; a page of the halls stays on and is loaded once.
 */
const THOUSANDS_MAX: Readonly<Record<string, number>> = {
  'public/promise.ts': 2,
  'public/site.ts': 3,
  'public/ticket.ts': 15,
  'shell/shell.ts': 1,
  'shell/teller.ts': 1,
  'board/index.html': 90,
  'kiosk/index.html': 150,
  'bar/index.html': 90,
  'rate/index.html': 90,
  'pair/index.html': 85,
  'start/index.html': 90,
  'sign-in/index.html': 95,
  'network/index.html': 100,
  'window/index.html': 150,
  'hall/index.html': 175,
  'planning/index.html': 135,
  'office/index.html': 165,
  'agency/index.html': 185,
  'cases/index.html': 255,
  'design/index.html': 160,
};

interface Chunk {
  readonly file: string;
  readonly isEntry?: true;
  readonly imports?: readonly string[];
}

let chunks: Readonly<Record<string, Chunk>>;
const folder = join(projectRoot, 'dist/web');

beforeAll(async () => {
  await buildScreens(() => undefined);
  chunks = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as typeof chunks;
});

/** The bytes of a page's script with all that it imports at the start. */
function weightOf(entry: string, seen = new Set<string>()): number {
  if (seen.has(entry)) return 0;
  seen.add(entry);
  const { file = '', imports = [] } = chunks[entry] ?? {};
  const own = gzipSync(readFileSync(join(folder, file))).length;
  return imports.reduce((sum, one) => sum + weightOf(one, seen), own);
}

test('every page has a limit, and every limit a page', () => {
  const entries = Object.keys(chunks).filter((name) => chunks[name]?.isEntry === true);
  expect(entries.toSorted()).toEqual(Object.keys(THOUSANDS_MAX).toSorted());
});

test.each(Object.entries(THOUSANDS_MAX))('%s loads at most %s kB of script', (entry, most) => {
  expect(weightOf(entry) / 1_000).toBeLessThan(most);
});
