import { isolated, type LogFault, repeated } from './isolated.ts';

/** One timer for everybody who wants to look at something every second. */
export interface Watch {
  /** Looks every second from now on; gives the way to stop. A look that throws, now or later, keeps nobody else from looking. */
  everySecond(look: () => unknown): () => void;
  stop(): void;
}

/** Looks are spread over the second: thousands of boards that all looked at once would hold up a call. */
const SLOTS = 20;

export function openWatch(log: LogFault): Watch {
  const slots = Array.from({ length: SLOTS }, () => new Set<() => unknown>());
  let added = 0;
  let turn = 0;
  const stop = repeated(1_000 / SLOTS, log, 'nobody could look', () => {
    turn += 1;
    for (const look of slots[turn % SLOTS] as Set<() => unknown>) void isolated(log, 'a look failed', look);
  });
  return {
    everySecond: (look) => {
      added += 1;
      const slot = slots[added % SLOTS] as Set<() => unknown>;
      slot.add(look);
      return () => void slot.delete(look);
    },
    stop,
  };
}
