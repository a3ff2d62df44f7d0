import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import type { Route } from './contract.ts';
import { BODY_EXAMPLES } from './examples.ts';
import { contract } from './index.ts';
import { TAGS } from './tags.ts';
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

test('every route is in one room, and no room has routes that are not served', () => {
  const rooms = TAGS.flatMap(({ contracts }) => contracts.flatMap((one) => Object.keys(one)));
  expect(rooms.toSorted()).toEqual(Object.keys(contract).toSorted());
});

test.each(Object.entries(BODY_EXAMPLES))('the example of %s can be sent as it is', (name, example) => {
  const { body } = contract[name as keyof typeof contract] as Route;
  expect(body).toBeDefined();
  if (body !== undefined) expect([...Compile(body).Errors(example)]).toEqual([]);
});

/** The members of a schema that have neither words of their own nor a type with a name. */
function bare(schema: unknown, place: string): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const { properties = {}, ...rest } = schema as { properties?: Record<string, Record<string, unknown>> };
  const members = typeof properties === 'object' ? Object.entries(properties) : [];
  return [
    ...members.flatMap(([name, member]) => [
      ...('description' in member || '$ref' in member ? [] : [`${place}/${name}`]),
      ...bare(member, `${place}/${name}`),
    ]),
    ...Object.entries(rest).flatMap(([name, inner]) => bare(inner, `${place}/${name}`)),
  ];
}

test('every field says what it means', () => {
  const { paths, components } = openApi(contract, version) as { paths: object; components: { schemas: object } };
  expect([...bare(paths, ''), ...bare(components.schemas, '')]).toEqual([]);
});
