import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestServer } from './postgres.ts';

export default (project: TestProject) =>
  startTestServer(project, join(import.meta.dirname, '../postgres-15/package.json'));
