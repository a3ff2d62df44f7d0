/** Lets so many in at a time; the others wait in the order in which they came. */
export interface Gate {
  /** Resolves when there is room; false when there was none within this time. */
  enter(withinMs: number): Promise<boolean>;
  leave(): void;
}

export function openGate(most: number): Gate {
  let inside = 0;
  const waiting = new Set<() => void>();
  return {
    enter: (withinMs) => {
      if (inside < most) {
        inside += 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const letIn = () => {
          clearTimeout(patience);
          waiting.delete(letIn);
          resolve(true);
        };
        const patience = setTimeout(() => {
          waiting.delete(letIn);
          resolve(false);
        }, withinMs);
        patience.unref();
        waiting.add(letIn);
      });
    },
    leave: () => {
      // The place goes to the next one in the line and is never free in between.
      const [next] = waiting;
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}
