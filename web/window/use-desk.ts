import { useEffect, useState } from 'react';
import type { DeskWindow, OwnFigures } from '../../contract/hall-desk.ts';
import type { VisitReply } from '../../contract/queue.ts';
import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { call } from '../shared/client.ts';

/** What only the specialist sees: the visit with its history, and the figures of the own day. */
export interface DeskReply {
  readonly visit: VisitReply | null;
  readonly window: DeskWindow;
  readonly figures: OwnFigures;
}

const ASK_EVERY_MS = 30_000;

/** Read again whenever the window changes, and now and then. */
export function useDesk(hall: Hall | null, window: HallWindow | undefined): DeskReply | null {
  const { centreId = 0, day = '' } = hall ?? {};
  const { windowId = 0, state = '', since = 0, ending = null, visit = null } = window ?? {};
  // What the window does, in one text: another text is a reason to read.
  const doing = `${state} ${since} ${ending} ${visit?.visitId} ${visit?.groupId}`;
  const [kept, setKept] = useState<{ readonly doing: string; readonly desk: DeskReply } | null>(null);
  useEffect(() => {
    if (windowId === 0) return undefined;
    let gone = false;
    const params = { centreId, day, windowId };
    const ask = () =>
      void call('GET /api/centres/:centreId/days/:day/windows/:windowId/desk', { params }).then(
        (desk) => (gone ? undefined : setKept({ doing, desk })),
        // What is known stays; the screen says by itself when the server is away.
        () => undefined,
      );
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [centreId, day, windowId, doing]);
  return kept?.desk ?? null;
}
