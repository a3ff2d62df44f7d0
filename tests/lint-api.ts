import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiFaults } from './support/api-lint.ts';

/** Part of `npm run check`: the description of the API has nothing that a linter finds. */
const faults = await apiFaults(readFileSync(join(import.meta.dirname, '../docs/openapi.json'), 'utf8'));
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
