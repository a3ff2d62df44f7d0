import type { QueueEvent } from '../../core/queue/events.ts';
import { followHall, type Hall } from '../../core/queue/hall.ts';
import { followStream } from '../../contract/hall-stream.ts';

/** What a thing in the hall is told. */
export interface HallThing {
  /** The hall as it is now, and what made it so; null: it was asked for again. */
  hall?(hall: Hall, event: QueueEvent | null): void;
  /** A visitor is called, or called again, now. */
  called?(call: { readonly number: string; readonly windowId: number }): void;
  /** Nothing is known of the hall until it is told again. */
  lost?(): void;
}

/** Follows a hall for some things in it; gives the way to stop. */
export function listenToHall(url: string, centreId: number, things: readonly HallThing[]): () => void {
  let hall: Hall | null = null;
  const tell = (event: QueueEvent | null) => {
    if (hall !== null) for (const thing of things) thing.hall?.(hall, event);
    const call = event?.kind === 'visit-called' || event?.kind === 'visit-recalled' ? event.body : null;
    if (call !== null) for (const thing of things) thing.called?.(call);
  };
  const follow = (): (() => void) =>
    followStream(url, centreId, {
      hall: (whole) => {
        hall = whole;
        tell(null);
      },
      event: (event) => {
        hall = hall === null ? null : followHall(hall, event);
        if (hall !== null) return tell(event);
        // What came does not follow what was there, as when a day begins: the hall is asked for again.
        stop();
        stop = follow();
      },
      lost: () => {
        for (const thing of things) thing.lost?.();
      },
      stands: () => {
        if (hall !== null) tell(null);
      },
    });
  let stop = follow();
  return () => stop();
}
