import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { screenPageContract } from '../contract/screen-pages.ts';
import { paths, withParameters } from '../web/shared/paths.ts';

const web = join(import.meta.dirname, '../web');
/** True when a server that serves the pattern answers at the path. */
const isAt = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+').replace('*', '.+')}$`).test(path);
/** The addresses of the screens, as the contract has them. */
const screens = Object.keys(screenPageContract).map((name) => name.replace('GET ', ''));
const VISIT = { day: '2026-02-19', visit: 'a', window: 3 };

/** Every path with parameters of each kind. */
const made = Object.values({
  ...paths,
  casesOfVisit: () => paths.casesOfVisit(7, VISIT),
  signIn: () => paths.signIn('/hall/7?tab=day'),
} as Readonly<Record<string, (...parts: readonly unknown[]) => string>>).map(
  (path) => path(7, 8, 'ru').split('?')[0] ?? '',
);

test.each(screens)('%s has its path', (pattern) => {
  expect(made.filter((path) => isAt(pattern, path))).not.toEqual([]);
});

test('every path is one that the server serves', () => {
  const served = [...screens, '/', '/promise', '/media/:mediumId', '/api/*'];
  const lost = made.filter((path) => served.every((pattern) => !isAt(pattern, path)));
  expect(lost).toEqual([]);
});

test('a part of a path is a part, whatever it holds', () => {
  expect(paths.officeItem('packages', 'a/b?c')).toBe('/office/packages/a%2Fb%3Fc');
  expect(paths.signIn('/hall/7?tab=day')).toBe('/sign-in?to=%2Fhall%2F7%3Ftab%3Dday');
  expect(withParameters('/x', { a: 1, b: null })).toBe('/x?a=1');
});

test('no screen writes an address of its own', () => {
  const rooms = screens.map((pattern) => pattern.split('/')[1]).join('|');
  // Imports of other folders are relative; sentences have no slash before a name of a screen.
  const written = new RegExp(`['"\`{]/(${rooms}|promise|api/files/|media)\\b`);
  const faults = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^public\/|^shared\/paths\.ts$/.test(file))
    .flatMap((file) =>
      readFileSync(join(web, file), 'utf8')
        .split('\n')
        .filter((line) => written.test(line) && !/^\s*(\*|\/\*\*|\/\/)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(faults).toEqual([]);
});
