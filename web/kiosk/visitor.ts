import type { Given, Order, Pending, Step } from './order.ts';

/** One visitor before the kiosk: the page, the choice, and the ticket. */
export interface Visitor {
  readonly step: Step;
  readonly go: (step: Step) => void;
  readonly order: Order;
  readonly change: (order: Order) => void;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly take: (paper: boolean, wait: Pending['wait']) => void;
  /** A ticket that was given otherwise: for a booking. */
  readonly given: (given: Given) => void;
  /** The visitor has gone: the next one finds the screen as it was. */
  readonly over: () => void;
}
