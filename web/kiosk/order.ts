import type { Ticket } from '../../contract/queue.ts';
import type { GroupId, ServiceId } from '../../core/queue/ids.ts';
import type { WaitRange } from '../shared/spans.ts';

/** A service with how many pieces of it. */
export interface Item {
  readonly serviceId: ServiceId;
  readonly quantity: number;
}

/** What a visitor has chosen so far. */
export interface Order {
  readonly items: readonly Item[];
  readonly persons: number;
  /** The class by law and its ground; null: ordinary. */
  readonly byLaw: { readonly letter: string; readonly ground: string } | null;
}

export const EMPTY: Order = { items: [], persons: 1, byLaw: null };

/** What was given, for the screen, the printer and the visitor's telephone. */
export interface Given {
  readonly ticket: Ticket;
  readonly serviceId: ServiceId;
  readonly wait: WaitRange | null;
  readonly paper: boolean;
}

/** The visitor's progress: the page, and the choice so far. */
export type Step =
  | { readonly page: 'home' }
  | { readonly page: 'group'; readonly groupId: GroupId }
  | { readonly page: 'situation'; readonly index: number }
  | { readonly page: 'search' }
  | { readonly page: 'question'; readonly serviceId: ServiceId }
  | { readonly page: 'confirm' }
  | { readonly page: 'ticket'; readonly given: Given }
  | { readonly page: 'booking' }
  | { readonly page: 'rate' }
  | { readonly page: 'staff' };

/** A request for a ticket that has been sent: kept until its answer is there, so that a restart asks for the same one. */
export interface Pending {
  readonly day: string;
  readonly commandId: string;
  readonly order: Order;
  readonly language: string;
  readonly wait: WaitRange | null;
  readonly paper: boolean;
  readonly at: number;
}

/** What the server is asked for. */
export function requestOf({ commandId, language, order: { items, persons, byLaw } }: Pending) {
  return {
    commandId,
    services: items.map(({ serviceId, quantity }) => ({ serviceId, quantity })),
    persons,
    language,
    ...(byLaw === null ? {} : { classLetter: byLaw.letter, ground: byLaw.ground }),
  };
}

const PENDING = 'okno-kiosk-pending';
const GIVEN = 'okno-kiosk-ticket';
/** A visitor who was told nothing for so long has gone to the reception. */
const PENDING_MS = 5 * 60_000;

export function keepPending(pending: Pending | null): void {
  if (pending === null) localStorage.removeItem(PENDING);
  else localStorage.setItem(PENDING, JSON.stringify(pending));
}

export function keptPending(): Pending | null {
  const pending = read<Pending>(PENDING);
  return pending !== null && Date.now() - pending.at < PENDING_MS ? pending : null;
}

/** The ticket on the screen: it is still there after a reload. */
export function keepGiven(given: Given | null): void {
  if (given === null) sessionStorage.removeItem(GIVEN);
  else sessionStorage.setItem(GIVEN, JSON.stringify(given));
}

export function keptGiven(): Given | null {
  const text = sessionStorage.getItem(GIVEN);
  return text === null ? null : (JSON.parse(text) as Given);
}

function read<Kept>(name: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}
