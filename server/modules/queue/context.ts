import type { Asker } from '../../../core/access/asker.ts';
import type { Caller } from '../../../core/queue/commands.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import type { Listeners } from '../../platform/listeners.ts';
import type { NetworkContext } from '../network/index.ts';
import { mayAtCentre } from '../people/index.ts';
import type { Halls } from './halls.ts';

/** The doors of a hall that closed before their hour or opened again. */
export interface DoorsMoved {
  readonly key: DayKey;
  readonly isOpen: boolean;
  readonly asker: Asker;
}

/** What the modules above the queue are opened with. */
export interface HallContext extends NetworkContext {
  /** The halls of all centres as this node serves them. */
  readonly halls: Halls;
  /** What the tokens of visits are made with. */
  readonly visitKey: Buffer;
  /** Hears of doors that moved: the bookings of the rest of the day follow. */
  readonly doorsMoved: Listeners<DoorsMoved>;
}

/** The day of the hall in which a centre receives. Throws unknown-centre. */
export async function hallDay({ directory }: HallContext, { centreId, day }: DayKey): Promise<DayKey> {
  return { centreId: await directory.hallOf(centreId), day };
}

/** A caller as a hall knows them. A right at another centre says nothing here. */
export async function callerOf(context: HallContext, asker: Asker, hallId: CentreId): Promise<Caller> {
  const { specialistId } = asker;
  return { specialistId, runsHall: await mayAtCentre(context, asker, 'run-hall', hallId) };
}
