import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import type { Context } from '../../platform/context.ts';
import type { Write } from '../../platform/handles.ts';
import { eachApart } from '../../platform/isolated.ts';
import type { Listeners } from '../../platform/listeners.ts';
import type { CentreChanges } from './changes.ts';
import type { Directory } from './directory.ts';
import type { CentrePlaces } from './hierarchy/places.ts';

/** What the modules above the network are opened with. */
export interface NetworkContext extends Context {
  /** The centres of the network, kept in memory for a few seconds. */
  readonly directory: Directory;
  /** Where the scopes of roles are. */
  readonly places: CentrePlaces;
  /** Brings this node up to date with what centres offer; `offersChanged` listeners hear of it. */
  readonly centreChanges: CentreChanges;
  /** Hears which centres offer something else now; null: something that holds for all of them. */
  readonly offersChanged: Listeners<readonly CentreId[] | null>;
  /** Hears of the hall whose rules have changed: its running day takes them over. */
  readonly rulesChanged: Listeners<CentreId>;
}

/** What changes of the network need in addition: the halls that run in its centres, and the bookings that rest on their offers. */
export interface NetworkOffice extends NetworkContext, RunningHalls, BookingsOnOffers {}

export interface RunningHalls {
  /** The running business day of the hall in which a centre receives. Throws unknown-centre. */
  today(centreId: CentreId): Promise<DayKey>;
  /** How many visitors the hall of a centre still has today. */
  openVisits(centreId: CentreId): Promise<number>;
}

export interface BookingsOnOffers {
  /** How many bookings have no room once this work is done that had room before; within the transaction that does it. */
  newConflicts(tx: Write, centreId: CentreId, work: () => Promise<unknown>): Promise<number>;
}

/** Tells the halls of these centres that their rules have changed, and whatever rests on their offers. */
export async function announceRules(
  { directory, rulesChanged, centreChanges }: NetworkContext,
  centreIds: readonly CentreId[],
): Promise<void> {
  const hallIds = new Set(await Promise.all(centreIds.map((id) => directory.hallOf(id))));
  await eachApart(hallIds, 'the rules of a hall', (hallId) => rulesChanged.tell(hallId));
  await centreChanges.catchUp();
}
