import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiFaults } from './support/api-lint.ts';

const source = readFileSync(join(import.meta.dirname, '../docs/openapi.json'), 'utf8');
type Operation = { description?: string; security?: object; parameters: { description?: string }[] };
type Description = { paths: Record<string, Record<string, Operation>>; tags: { description?: string }[] };

test('the description of the API is one that generators and readers take: a linter finds nothing', async () => {
  expect(await apiFaults(source)).toEqual([]);
});

test.each<[string, (description: Description) => void, RegExp]>([
  [
    'an operation without words',
    ({ paths }) => delete paths['/api/centres']?.['get']?.description,
    /operation-description/,
  ],
  [
    'an operation that says nothing of callers',
    ({ paths }) => delete paths['/api/audit']?.['get']?.security,
    /security/,
  ],
  ['a tag without words', ({ tags }) => delete tags[0]?.description, /tag-description/],
  [
    'a parameter without words',
    ({ paths }) => delete paths['/api/centres/{centreId}/hall']?.['get']?.parameters[0]?.description,
    /parameter-description/,
  ],
])('finds %s', async (_what, spoil, fault) => {
  const description = JSON.parse(source) as Description;
  spoil(description);
  expect((await apiFaults(JSON.stringify(description))).join('\n')).toMatch(fault);
});
