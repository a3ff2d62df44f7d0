/** One timer for everybody who wants to look at something every second. */
export interface Watch {
  /** Looks every second from now on; gives the way to stop. */
  everySecond(look: () => void): () => void;
  stop(): void;
}

/** Looks are spread over the second: thousands of boards that all looked at once would hold up a call. */
const SLOTS = 20;

export function openWatch(): Watch {
  const slots = Array.from({ length: SLOTS }, () => new Set<() => void>());
  let added = 0;
  let turn = 0;
  const timer = setInterval(() => {
    turn += 1;
    for (const look of slots[turn % SLOTS] as Set<() => void>) look();
  }, 1_000 / SLOTS).unref();
  return {
    everySecond: (look) => {
      added += 1;
      const slot = slots[added % SLOTS] as Set<() => void>;
      slot.add(look);
      return () => void slot.delete(look);
    },
    stop: () => clearInterval(timer),
  };
}
