import { expect, test } from 'vitest';
import type { Route } from './contract.ts';
import { contract } from './index.ts';

type Json = { readonly [member: string]: unknown };

/** What of a schema has no bound: each a place in the schema, and what is missing there. */
function unbounded(schema: Json, place: string): string[] {
  const missing = (...members: string[]) =>
    members.filter((member) => schema[member] === undefined).map((member) => `${place}: no ${member}`);
  const under = (name: string, inner: unknown) => unbounded(inner as Json, `${place}/${name}`);
  const all = (name: string) =>
    Object.entries((schema[name] ?? {}) as Json).flatMap(([key, inner]) => under(key, inner));
  if (schema['enum'] !== undefined || schema['const'] !== undefined) return [];
  switch (schema['type']) {
    case 'string':
      return schema['format'] !== undefined || endsByItself(schema['pattern']) ? [] : missing('maxLength');
    case 'integer':
    case 'number':
      return [
        ...(schema['exclusiveMinimum'] === undefined ? missing('minimum') : []),
        ...missing('maximum'),
        ...(Number(schema['maximum']) > Number.MAX_SAFE_INTEGER ? [`${place}: no safe integer`] : []),
      ];
    case 'array':
      return [
        ...(isShortEnum(schema['items']) ? [] : missing('maxItems')),
        ...(schema['items'] === undefined ? [] : under('items', schema['items'])),
      ];
    case 'object':
      return [...all('properties'), ...all('patternProperties')];
    default:
      return all('anyOf');
  }
}

/** True for a pattern that says how long its text is at most. */
function endsByItself(pattern: unknown): boolean {
  return typeof pattern === 'string' && /^\^.*\$$/.test(pattern) && !/[*+](?!\?)|\{\d+,\}/.test(pattern);
}

function isShortEnum(items: unknown): boolean {
  return (items as Json | undefined)?.['enum'] !== undefined;
}

/** Text that is bounded by the 64 kB of a body, and for what. */
const BY_ITS_BODY = [
  // What a browser's authenticator says; the library that reads it knows its form.
  'POST /api/session/passkeys body/response',
  'POST /api/session/second-factor/passkey body/response',
];

test('whatever a route takes has bounds: how long, how large, how many', () => {
  const found = Object.entries(contract as Record<string, Route>).flatMap(([name, route]) =>
    (['params', 'query', 'body'] as const).flatMap((part) =>
      route[part] === undefined ? [] : unbounded(route[part] as unknown as Json, `${name} ${part}`),
    ),
  );
  expect(found.filter((one) => !BY_ITS_BODY.some((place) => one.startsWith(place)))).toEqual([]);
});

test('every parameter in the address of a route has a schema', () => {
  const forgotten = Object.entries(contract as Record<string, Route>).filter(([name, { params }]) => {
    const asked = [...name.matchAll(/:(\w+)/g)].map(([, one = '']) => one);
    const known = Object.keys((params as { properties?: object } | undefined)?.properties ?? {});
    return asked.toSorted().join() !== known.toSorted().join();
  });
  expect(forgotten.map(([name]) => name)).toEqual([]);
});
