/** One timer for everybody who wants to look at something every second. */
export interface Watch {
  /** Looks every second from now on; gives the way to stop. */
  everySecond(look: () => void): () => void;
  stop(): void;
}

export function openWatch(): Watch {
  const looks = new Set<() => void>();
  const timer = setInterval(() => {
    for (const look of looks) look();
  }, 1_000).unref();
  return {
    everySecond: (look) => {
      looks.add(look);
      return () => void looks.delete(look);
    },
    stop: () => clearInterval(timer),
  };
}
