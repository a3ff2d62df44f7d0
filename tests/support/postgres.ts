import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/platform/database.ts';
import { embeddedPostgres } from '../../server/platform/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server of this test project listens. */
    readonly postgres: { readonly socket: string; readonly user: string };
  }
}

/** Starts a server for a test project, with a migrated database that every test file clones. */
export async function startTestServer(project: TestProject, packagesFrom: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'okno-test-'));
  await chmod(folder, 0o755);
  const server = await embeddedPostgres(folder, packagesFrom);
  const { host, user } = server.connection;
  const template = await openDatabase({ url: databaseUrl(host, user, 'okno') });
  // No test cuts this server's power: what it writes need not reach the disk. Tests of kills start servers of their own.
  for (const setting of ['fsync', 'full_page_writes']) await template.pool.query(`alter system set ${setting} = off`);
  await template.pool.query('select pg_reload_conf()');
  await template.close();
  project.provide('postgres', { socket: host, user });
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

export function databaseUrl(socket: string, user: string, name: string): string {
  return `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(socket)}`;
}
