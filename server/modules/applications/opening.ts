import type { Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { servesVisit } from '../../../core/persons/purpose.ts';
import { refuse } from '../../../core/problems.ts';
import { type Opening, personsNotMet, readPerson } from '../persons/index.ts';
import type { CaseContext } from './context.ts';
import { personsOfApplication } from './persons/queries.ts';
import { applicationById } from './queries.ts';
import { mayAtCentre, maySee } from './rights.ts';

/**
 * Personal data are opened for the visit at one's own window, for an application that one works on, or for a reason that is stated. Throws
 * `purpose-needed`, `foreign-centre`.
 */
export async function openingFor(context: CaseContext, asker: Asker, purpose: Purpose): Promise<Opening> {
  const { db, directory, halls } = context;
  if (purpose.kind === 'task') {
    const { application, named } = await db.read(async (tx) => ({
      application: await applicationById(tx, purpose.applicationId),
      named: await personsOfApplication(tx, purpose.applicationId),
    }));
    if (application === null || !(await maySee(context, asker, application))) return refuse('purpose-needed', {});
    return { purpose, named };
  }
  const { centreId } = purpose;
  if (!(await mayAtCentre(context, asker, 'take-applications', centreId)))
    return refuse('foreign-centre', { centreId });
  if (purpose.kind === 'reason') return { purpose, named: null };
  const key = { centreId: await directory.hallOf(centreId), day: purpose.day };
  if (!(await halls.dayBook.view(key, (day) => servesVisit(asker, day, purpose.visitId))))
    return refuse('purpose-needed', {});
  return { purpose, named: null };
}

/**
 * An asker who begins something for a person sees that person from then on. So they begin it only for a person whom they have just written
 * down or opened, or for a purpose that opens the record now. Throws `unknown-person`, `purpose-needed`, and what opening throws.
 */
export async function mustHaveMet(
  context: CaseContext,
  asker: Asker,
  personIds: readonly string[],
  purpose: Purpose | null,
): Promise<void> {
  for (const personId of await personsNotMet(context.db, asker, personIds)) {
    if (purpose === null) return refuse('purpose-needed', {});
    await readPerson(context, asker, await openingFor(context, asker, purpose), personId);
  }
}
