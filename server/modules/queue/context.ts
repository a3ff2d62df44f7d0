import type { Asker } from '../../../core/access/asker.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import type { Listeners } from '../../platform/listeners.ts';
import type { NetworkContext } from '../network/index.ts';
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
  /** Hears of doors that moved: the bookings of the rest of the day follow. */
  readonly doorsMoved: Listeners<DoorsMoved>;
}
