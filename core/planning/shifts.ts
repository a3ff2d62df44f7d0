import type { RosterShift } from './roster.ts';

/** A kind of shift: so many half hours from beginning to end, with breaks of half an hour. */
export interface ShiftKind {
  readonly hours: number;
  /** For each break the half hours of the shift in which it may lie, the first of the shift being 0. */
  readonly breaks: readonly (readonly [first: number, last: number])[];
}

/**
 * The kinds that centres work by. A shift of more than four hours has a break (Labour Code of the Russian Federation,
 * article 108); breaks are not paid. They may be at different times, so that a hall is never empty of staff.
 */
export const SHIFT_KINDS: readonly ShiftKind[] = [
  {
    hours: 12,
    breaks: [
      [6, 9],
      [14, 17],
    ],
  },
  { hours: 8, breaks: [[6, 9]] },
  { hours: 6, breaks: [[5, 6]] },
  { hours: 4, breaks: [] },
];

/** Nobody likes to come for four hours: where shifts are chosen, each such shift costs half an hour more than its length. */
export const COMING_HOURS = 0.5;

/** A shift of a day: when it begins, in half hours from the opening, and which of them it covers. */
export interface ShiftPattern extends RosterShift {
  readonly hours: number;
  readonly start: number;
}

/** Every shift that fits into a day of so many half hours. The cost is the hours that are worked. */
export function patternsOf(halfHours: number, kinds: readonly ShiftKind[] = SHIFT_KINDS): ShiftPattern[] {
  const patterns: ShiftPattern[] = [];
  for (const { hours, breaks } of kinds) {
    for (let start = 0; start + hours * 2 <= halfHours; start += 1) {
      for (const away of choicesOf(breaks)) {
        const slots = Array.from({ length: hours * 2 }, (_, slot) => slot)
          .filter((slot) => !away.includes(slot))
          .map((slot) => start + slot);
        patterns.push({ hours, start, slots, cost: slots.length / 2 });
      }
    }
  }
  return patterns;
}

function choicesOf(breaks: ShiftKind['breaks']): number[][] {
  return breaks.reduce<number[][]>(
    (choices, [first, last]) =>
      choices.flatMap((choice) => Array.from({ length: last - first + 1 }, (_, index) => [...choice, first + index])),
    [[]],
  );
}

/** How many are at work in each half hour. */
export function coverOf(halfHours: number, shifts: readonly { readonly slots: readonly number[] }[]): number[] {
  const cover = Array.from({ length: halfHours }, () => 0);
  for (const { slots } of shifts) for (const slot of slots) cover[slot] = (cover[slot] ?? 0) + 1;
  return cover;
}
