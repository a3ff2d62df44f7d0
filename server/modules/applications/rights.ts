import { type Asker, mayAt } from '../../../core/access/asker.ts';
import type { Right } from '../../../core/access/roles.ts';
import { placeOfAgency } from '../../../core/access/scope.ts';
import type { MoveName } from '../../../core/applications/life.ts';
import { type ApplicationPlaces, movesApplication, seesApplication } from '../../../core/applications/rights.ts';
import type { CaseContext } from './context.ts';
import { applicationsWithFile } from './evidence/queries.ts';
import type { Application } from './queries.ts';

type PlaceContext = Pick<CaseContext, 'places'>;
type Placed = Pick<Application, 'centreId' | 'resultCentreId' | 'agencyId'>;

/** True when the asker has a right at a centre. Throws `unknown-centre`. */
export async function mayAtCentre(
  { places }: PlaceContext,
  asker: Asker,
  right: Right,
  centreId: number,
): Promise<boolean> {
  return mayAt(asker, right, await places.ofCentre(centreId));
}

/** True when the asker may decide for an agency. */
export function decidesFor(asker: Asker, agencyId: string): boolean {
  return mayAt(asker, 'decide-applications', placeOfAgency(agencyId));
}

/** The places at which rights count for an application. */
export async function placesOf(
  { places }: PlaceContext,
  { centreId, resultCentreId, agencyId }: Placed,
): Promise<ApplicationPlaces> {
  return {
    centre: await places.ofCentre(centreId),
    result: resultCentreId === null ? null : await places.ofCentre(resultCentreId),
    agency: agencyId === null ? null : placeOfAgency(agencyId),
  };
}

/** True when the asker may see an application. */
export async function maySee(
  context: PlaceContext,
  asker: Asker,
  application: Placed & Pick<Application, 'registeredOn'>,
): Promise<boolean> {
  return seesApplication(asker, await placesOf(context, application), application.registeredOn !== null);
}

/** True when the asker may make a move with an application. */
export async function mayMove(
  context: PlaceContext,
  asker: Asker,
  application: Placed,
  move: MoveName,
): Promise<boolean> {
  return movesApplication(asker, await placesOf(context, application), move);
}

/** True when the asker may see one of the applications in which a file is used. */
export async function worksWithFile(context: CaseContext, asker: Asker, fileId: string): Promise<boolean> {
  for (const application of await context.db.read((tx) => applicationsWithFile(tx, fileId)))
    if (await maySee(context, asker, application)) return true;
  return false;
}
