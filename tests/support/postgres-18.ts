import type { TestProject } from 'vitest/node';
import { startTestServer } from './postgres.ts';

export default (project: TestProject) => startTestServer(project, import.meta.filename);
