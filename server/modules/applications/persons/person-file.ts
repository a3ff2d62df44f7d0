import { isOver } from '../../../../core/applications/life.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { Vault } from '../../../platform/vault.ts';
import { openPart } from '../sealed-part.ts';
import * as queries from './queries.ts';

/** Everything that is stored of a person's applications and scans, unsealed. */
export async function personsApplications(tx: Read, vault: Vault, personId: string) {
  const applications = await queries.applicationsOfPerson(tx, personId);
  const scans = await queries.scansOfPerson(tx, personId);
  return {
    applications: applications.map(({ sealed, ...application }) => ({
      ...application,
      ...openPart(vault, { ...application, sealed }),
    })),
    scans,
  };
}

/** Running applications of a person: as long as there are any, the person cannot be forgotten. */
export async function openApplicationsOf(tx: Read, personId: string): Promise<string[]> {
  const applications = await queries.applicationsOfPerson(tx, personId);
  return applications.filter(({ state }) => !isOver(state)).map(({ number, applicationId }) => number ?? applicationId);
}

/** Empties what identifies a person in their applications; gives the files that have to go from the file store. */
export async function emptyApplicationsOf(tx: Write, personId: string): Promise<string[]> {
  const applications = await queries.applicationsOfPerson(tx, personId);
  const files = (await queries.scansOfPerson(tx, personId)).map(({ fileId }) => fileId);
  await queries.emptyApplications(
    tx,
    personId,
    applications.map(({ applicationId }) => applicationId),
  );
  return files;
}
