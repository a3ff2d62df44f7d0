import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract } from './index.ts';
import { openApi } from './openapi.ts';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

test('docs/openapi.json says what the contract says (npm run openapi writes it)', () => {
  const kept: unknown = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));
  expect(kept).toEqual(JSON.parse(JSON.stringify(openApi(contract, version))));
});

test('every route has an operation of its own with its parameters', () => {
  const document = openApi(contract, version) as {
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>;
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  );
  expect(operations).toHaveLength(Object.keys(contract).length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { path, parameters } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.map(({ name }) => name).slice(0, named.length)).toEqual(named);
  }
});
