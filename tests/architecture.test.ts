import { expect, test } from 'vitest';
import { architectureFaults, edgesOf } from './support/architecture.ts';
import { sourceFiles } from './support/source-files.ts';

test('the architecture holds: every import is one that its room may make', () => {
  const files = sourceFiles();
  expect(edgesOf(files).length, 'imports were found at all').toBeGreaterThan(300);
  expect(architectureFaults(files)).toEqual([]);
});

const planted: [rule: string, path: string, text: string, fault: RegExp][] = [
  ['core uses no package', 'core/queue/x.ts', `import pg from 'pg';`, /must not import npm:pg/],
  [
    'core uses the calendar library in time only',
    'core/queue/x.ts',
    `import { Temporal } from 'temporal-polyfill';`,
    /must not import npm:temporal/,
  ],
  [
    'core never looks at the server',
    'core/x.ts',
    `import { startNode } from '../server/main.ts';`,
    /must not import server\/main/,
  ],
  [
    'not even at its types',
    'core/x.ts',
    `import type { Node } from '../server/main.ts';`,
    /must not import types of server\/main/,
  ],
  [
    'a screen never looks at the server',
    'web/kiosk/x.ts',
    `import { root } from '../../server/main.ts';`,
    /must not import server/,
  ],
  [
    'a screen takes only types from the contract',
    'web/board/x.ts',
    `import { queueContract } from '../../contract/queue.ts';`,
    /must not import contract/,
  ],
  [
    'one screen never looks at another',
    'web/board/x.ts',
    `import { KioskScreen } from '../kiosk/kiosk-screen.tsx';`,
    /must not import web\/kiosk/,
  ],
  [
    'one file knows the client of queries',
    'web/office/x.tsx',
    `import { useQuery } from '@tanstack/react-query';`,
    /must not import npm:@tanstack/,
  ],
  [
    'one file knows the router',
    'web/office/x.tsx',
    `import { useLocation } from 'wouter';`,
    /must not import npm:wouter/,
  ],
  ['the server never looks at the screens', 'server/app.ts', `import '../web/kiosk/main.tsx';`, /must not import web/],
  [
    'a module enters another by its door',
    'server/modules/queue/x.ts',
    `import { hours } from '../network/queries.ts';`,
    /must not import server\/modules\/network\/queries/,
  ],
  [
    'the platform knows no module',
    'server/platform/x.ts',
    `import { openDayBook } from '../modules/queue/index.ts';`,
    /must not import server\/modules/,
  ],
  [
    'the command enters modules by their doors',
    'cli/x.ts',
    `const x = import('../server/modules/queue/queries.ts');`,
    /must not import server\/modules\/queue\/queries/,
  ],
  [
    'a module has no driver of the database',
    'server/modules/ratings/x.ts',
    `import type pg from 'pg';`,
    /must not import types of npm:pg/,
  ],
  [
    'nothing outside the platform reaches the pool',
    'server/modules/ratings/x.ts',
    'const one = await rated(database.pool, 1);',
    /reaches the pool/,
  ],
  [
    'benchmarks never look at the command',
    'bench/x.ts',
    `import { readOptions } from '../cli/options.ts';`,
    /must not import cli\/options/,
  ],
  [
    'nor do tests of other parts',
    'server/modules/ratings/x.test.ts',
    `import { placeOf } from '../../../cli/places.ts';`,
    /must not import cli\/places/,
  ],
  [
    'the demo city never looks at the command',
    'demo/city/x.ts',
    `import { readOptions } from '../../cli/options.ts';`,
    /must not import cli\/options/,
  ],
  ['SQL is only in queries', 'server/modules/queue/x.ts', 'const rows = await pool.query(`select 1`);', /holds SQL/],
  ['a file belongs to a room', 'server/attic/x.ts', `import { a } from './y.ts';`, /belongs to no room/],
];
test.each(planted)('finds a broken rule: %s', (_rule, path, text, fault) => {
  expect(architectureFaults(new Map([[path, text]])).join('\n')).toMatch(fault);
});

test('finds a circle, one of types too', () => {
  const circle = (word: string) =>
    new Map([
      ['core/a.ts', `import ${word}{ b } from './b.ts';`],
      ['core/b.ts', `import { a } from './a.ts';`],
    ]);
  const fault = ['a circle of imports: core/a.ts → core/b.ts → core/a.ts'];
  expect(architectureFaults(circle(''))).toEqual(fault);
  expect(architectureFaults(circle('type '))).toEqual(fault);
});
