import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const inDatabase = ['server/**/*.test.ts', 'tests/race/**/*.test.ts'];
// A time-out ends what hangs. It says nothing about speed: a property on a busy machine may take minutes.
const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000, interval: 50 } },
};

// Work in a transaction that asks its pool for a second connection fails its test; workers inherit this.
process.env['OKNO_SECOND_CONNECTION'] = 'refuse';

// Programs that tests start keep what Node made of their sources: a start takes half of the processor's time.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'okno-test-compile-cache');

// A worker reads the program once and not for each of its files: that was a third of the processors' time. Tests share nothing but code,
// since each file has a database and nodes of its own.
const readOnce = { isolate: false };

/** What needs no database; what runs on the newest and on the oldest PostgreSQL; what starts whole programs. */
export default defineConfig({
  test: {
    // Tests mostly wait for a database, a program or a browser: one processor is not left idle for the runner's sake.
    maxWorkers: Math.max(availableParallelism() - 1, 3),
    reporters: ['default', './tests/support/count-reporter.ts'],
    projects: [
      {
        test: {
          name: 'core',
          include: [
            'core/**/*.test.ts',
            'contract/**/*.test.ts',
            'cli/**/*.test.ts',
            'demo/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          ...patience,
          ...readOnce,
        },
      },
      {
        // Parts of screens, in a document without a browser.
        test: { name: 'web', environment: 'happy-dom', include: ['web/**/*.test.{ts,tsx}'], ...patience },
      },
      {
        test: {
          name: 'house',
          include: ['tests/*.test.ts'],
          globalSetup: './tests/support/postgres-18.ts',
          ...patience,
        },
      },
      {
        test: {
          name: 'postgres-18',
          include: inDatabase,
          globalSetup: './tests/support/postgres-18.ts',
          ...patience,
          ...readOnce,
        },
      },
      {
        test: {
          name: 'postgres-15',
          include: [...inDatabase, 'tests/oldest/**/*.test.ts'],
          globalSetup: './tests/support/postgres-15.ts',
          ...patience,
          ...readOnce,
        },
      },
      {
        test: {
          name: 'programs',
          include: ['tests/faults/**/*.test.ts', 'tests/programs/**/*.test.ts'],
          ...patience,
        },
      },
      {
        test: {
          name: 'e2e',
          // A browser and a program need both processors of a small machine: they come last, one file at a time.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: './tests/support/postgres-18.ts',
          ...patience,
        },
      },
    ],
  },
});
