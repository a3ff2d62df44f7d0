import { createConfig, lintFromString } from '@redocly/openapi-core';

/** What readers and generators of API descriptions would stumble over: each a rule, a sentence and a place. */
export async function apiFaults(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      'operation-description': 'error',
      'parameter-description': 'error',
      'no-invalid-media-type-examples': 'error',
      'no-invalid-parameter-examples': 'error',
      'no-invalid-schema-examples': 'error',
      'path-parameters-defined': 'error',
      'tag-description': 'error',
    },
  });
  const found = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`);
}
