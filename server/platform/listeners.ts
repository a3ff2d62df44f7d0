import { eachApart } from './isolated.ts';

/** How a module tells modules above it of a change without knowing them: they add themselves when they are opened. */
export interface Listeners<Told> {
  add(hear: (told: Told) => unknown): void;
  /** Tells every listener in the order in which they were added. One that throws keeps none from hearing; the fault is thrown at the end. */
  tell(told: Told): Promise<void>;
}

export function openListeners<Told>(what: string): Listeners<Told> {
  const all: ((told: Told) => unknown)[] = [];
  return {
    add: (hear) => void all.push(hear),
    tell: (told) => eachApart(all, what, (hear) => hear(told)),
  };
}
