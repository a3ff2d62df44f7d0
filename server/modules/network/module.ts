import type { Context } from '../../platform/context.ts';
import { openListeners } from '../../platform/listeners.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { openCentreChanges } from './changes.ts';
import type { BookingsOnOffers, NetworkContext, RunningHalls } from './context.ts';
import { openDirectory } from './directory.ts';
import { districtRoutes } from './hierarchy/routes.ts';
import { openPlaces } from './hierarchy/places.ts';
import { centrePartRoutes } from './office/part-routes.ts';
import { centreOfficeRoutes } from './office/routes.ts';
import { networkRoutes } from './routes.ts';

/** Opens the directory of centres and keeps it up to date with what other nodes and programs write. */
export function openNetwork(context: Context): NetworkContext {
  const { db, watch, log } = context;
  const directory = openDirectory(db);
  const offersChanged = openListeners<readonly CentreId[] | null>('what centres offer');
  const rulesChanged = openListeners<CentreId>('the rules of a hall');
  const centreChanges = openCentreChanges(db, async (centreIds) => {
    directory.refresh();
    await offersChanged.tell(centreIds);
  });
  watch.everySecond(() => {
    centreChanges.catchUp().catch((error: unknown) => log.error('changes of centres could not be read', error));
  });
  return { ...context, directory, places: openPlaces(directory), centreChanges, offersChanged, rulesChanged };
}

/** Centres, as visitors read them and as the office changes them: the halls that run there and the bookings are known by now. */
export function serveNetwork(context: NetworkContext, halls: RunningHalls, bookings: BookingsOnOffers): void {
  const office = {
    ...context,
    today: (centreId: CentreId) => halls.today(centreId),
    openVisits: (centreId: CentreId) => halls.openVisits(centreId),
    newConflicts: bookings.newConflicts.bind(bookings),
  };
  networkRoutes(office);
  districtRoutes(context);
  centreOfficeRoutes(office);
  centrePartRoutes(office);
}
