import { personContract } from '../../../contract/persons.ts';
import type { Context } from '../../platform/context.ts';
import { serve } from '../../platform/serve.ts';
import { readPerson, searchPersons } from './find-persons.ts';
import type { OpeningFor } from './opening.ts';
import { addPerson, changePerson } from './write-person.ts';

/** Persons at the window: found, read, written. */
export function personRoutes<Above extends Context>(context: Above, openingFor: OpeningFor<Above>): void {
  serve(context.http, personContract, {
    'POST /api/persons/search': async ({ body: { purpose, by }, asker }) =>
      searchPersons(context, asker, await openingFor(context, asker, purpose), by),

    'POST /api/persons': async ({ body: { purpose, identity, namesake }, asker }) =>
      addPerson(context, asker, await openingFor(context, asker, purpose), { identity, namesake }),

    'POST /api/persons/:personId/read': async ({ params: { personId }, body: { purpose }, asker }) =>
      readPerson(context, asker, await openingFor(context, asker, purpose), personId),

    'PUT /api/persons/:personId': async ({ params: { personId }, body: { purpose, edition, identity }, asker }) =>
      changePerson(context, asker, await openingFor(context, asker, purpose), { personId, edition, identity }),
  });
}
