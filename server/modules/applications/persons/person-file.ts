import type pg from 'pg';
import { isOver } from '../../../../core/applications/life.ts';
import type { Vault } from '../../../platform/vault.ts';
import { openPart } from '../sealed.ts';
import * as store from './store.ts';

/** Everything that is kept of somebody's applications and scans, opened. */
export async function personsApplications(queries: Pick<pg.Pool, 'query'>, vault: Vault, personId: string) {
  const applications = await store.applicationsOfPerson(queries, personId);
  const scans = await store.scansOfPerson(queries, personId);
  return {
    applications: applications.map(({ sealed, ...application }) => ({
      ...application,
      ...openPart(vault, { ...application, sealed }),
    })),
    scans,
  };
}

/** What still runs for somebody: as long as it does he cannot be forgotten. */
export async function openApplicationsOf(queries: Pick<pg.Pool, 'query'>, personId: string): Promise<string[]> {
  const applications = await store.applicationsOfPerson(queries, personId);
  return applications.filter(({ state }) => !isOver(state)).map(({ number, applicationId }) => number ?? applicationId);
}

/** Empties what names somebody in his applications; gives the files that have to go from the file store. */
export async function emptyApplicationsOf(client: pg.PoolClient, personId: string): Promise<string[]> {
  const applications = await store.applicationsOfPerson(client, personId);
  const files = (await store.scansOfPerson(client, personId)).map(({ fileId }) => fileId);
  await store.emptyApplications(
    client,
    personId,
    applications.map(({ applicationId }) => applicationId),
  );
  return files;
}
