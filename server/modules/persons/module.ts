import type { Context } from '../../platform/context.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { sweepLooks } from './looks/queries.ts';
import { personLookRoutes } from './looks/routes.ts';
import type { OpeningFor } from './opening.ts';
import { markPersonsAnew } from './person-records.ts';
import { personRoutes } from './routes.ts';

/** Persons, for those who may open them: `openingFor` decides that by the purpose they state. */
export function servePersons<Above extends Context>(context: Above, openingFor: OpeningFor<Above>): void {
  const { db, vault, addJob } = context;
  personRoutes(context, openingFor);
  personLookRoutes(context);
  addJob({ name: 'marks of persons', everyMs: HOUR_MS, notAtStart: true, run: () => markPersonsAnew(db, vault) });
  addJob({
    name: 'looks at personal data of more than a year ago',
    everyMs: HOUR_MS,
    run: () => db.write((tx) => sweepLooks(tx)),
  });
}
