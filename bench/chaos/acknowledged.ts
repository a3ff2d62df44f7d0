/** Acknowledged commands: each must be there at the end, once, and as its client was told. */
export interface Acknowledged {
  /** Tickets by the command that took them. */
  readonly tickets: Map<string, { readonly centreId: number; readonly number: string }>;
  /** Visits that were finished, as the window was told. */
  readonly finished: Set<string>;
  /** Bookings as they are by the last answer. */
  readonly bookings: Map<string, { readonly at: number; readonly state: 'booked' | 'cancelled' }>;
  /** Applications by their number. */
  readonly applications: Map<string, string>;
  /** How often each was asked for, answered or not: there cannot be more. */
  readonly asked: { bookings: number; applications: number };
}

export function nothingAcknowledged(): Acknowledged {
  return {
    tickets: new Map(),
    finished: new Set(),
    bookings: new Map(),
    applications: new Map(),
    asked: { bookings: 0, applications: 0 },
  };
}
