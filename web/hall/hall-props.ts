import type { DeskWindow, QueueRow } from '../../contract/hall-desk.ts';
import type { Centre } from '../../contract/network.ts';
import type { Hall } from '../../core/queue/hall.ts';

/** What the hall administrator is told beyond what everybody sees. */
export interface QueueReply {
  readonly at: number;
  readonly visits: readonly QueueRow[];
  readonly windows: readonly DeskWindow[];
  readonly over15: number;
  readonly served: number;
  readonly meanWaitMs: number | null;
}

/** What every part of this screen is given. */
export interface HallProps {
  readonly centre: Centre;
  readonly hall: Hall;
  readonly queue: QueueReply;
  /** The server's time now. */
  readonly now: number;
}

/** Less time than this is left until the promise is broken. */
export const SOON_MS = 5 * 60_000;
