import type { GroupId } from '../queue/ids.ts';
import { HOME_CREW } from './home.ts';
import { CELL_MINUTES, groupPool, type ServiceNeed, servicePool, WINDOWS_POOL } from './setting.ts';

/** What a visitor wants to book. */
export interface Wanted {
  readonly need: ServiceNeed;
  readonly groupId: GroupId;
  /** How many pieces. */
  readonly quantity: number;
}

/** What a booking takes of a day. */
export interface Need {
  /** How long the visitor is at the window. */
  readonly minutes: number;
  /** How long the place is taken, in cells. */
  readonly cells: number;
  /** Pools of which it takes one place in each of its cells. */
  readonly pools: readonly string[];
  /** Kinds of which it takes one unit for the whole time. */
  readonly kinds: readonly string[];
  /** True for a visit at home: a crew goes there, no window is taken, and the rest afterwards is its travel time. */
  readonly atHome: boolean;
}

/**
 * Services one after another at one window: each its minutes, and more for each further piece; for each further person as long as
 * the longest of them takes more. The place is taken until the longest rest afterwards is over.
 */
export function needOf(wanted: readonly Wanted[], persons: number): Need {
  const once = wanted.reduce((sum, { need, quantity }) => sum + need.minutes + need.moreMinutes * (quantity - 1), 0);
  const perPerson = Math.max(0, ...wanted.map(({ need }) => need.moreMinutes));
  const buffer = Math.max(0, ...wanted.map(({ need }) => need.bufferMinutes));
  const atHome = wanted.some(({ need }) => need.atHome);
  const minutes = once + perPerson * (persons - 1);
  return {
    minutes,
    cells: Math.ceil((minutes + buffer) / CELL_MINUTES),
    atHome,
    pools: unique(
      atHome
        ? []
        : [WINDOWS_POOL, ...wanted.flatMap(({ groupId, need }) => [groupPool(groupId), servicePool(need.serviceId)])],
    ),
    kinds: unique([...(atHome ? [HOME_CREW] : []), ...wanted.flatMap(({ need }) => need.resources)]),
  };
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all)].toSorted();
}
