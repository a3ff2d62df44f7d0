import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissionTable } from './permissions.ts';

test('docs/permissions.md says what the contract and the roles say (npm run permissions writes it)', () => {
  expect(readFileSync(join(import.meta.dirname, '../docs/permissions.md'), 'utf8')).toBe(permissionTable());
});
