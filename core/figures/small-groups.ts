/** Nobody is found in a group of so many or more; smaller ones are not shown. */
export const GROUP_MIN = 5;

/** A group of people with what is counted of it. */
export interface CountedGroup {
  /** Null: several groups that are too small to be shown. */
  readonly key: string | null;
  /** How many there are in it. */
  readonly size: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A count as it may be shown; null: a few, but fewer than five. */
export type ShownCount = number | null;

/**
 * The groups that may be shown, the largest first. Those under five are put together; while they are under five even so, the smallest of
 * the others joins them, or it could be found by taking the rest from the whole. Nothing at all is shown of fewer than five.
 */
export function withoutSmallGroups(groups: readonly CountedGroup[]): CountedGroup[] {
  const sorted = groups.filter(({ size }) => size > 0).toSorted((a, b) => b.size - a.size);
  const shown = sorted.filter(({ size }) => size >= GROUP_MIN);
  const together = sorted.filter(({ size }) => size < GROUP_MIN);
  while (together.length > 0 && sizeOf(together) < GROUP_MIN) {
    const smallest = shown.pop();
    if (smallest === undefined) return [];
    together.push(smallest);
  }
  return together.length === 0 ? shown : [...shown, joined(together)];
}

/** A count of one to four is not shown. */
export function shownCount(count: number): ShownCount {
  return count > 0 && count < GROUP_MIN ? null : count;
}

function sizeOf(groups: readonly CountedGroup[]): number {
  return groups.reduce((sum, { size }) => sum + size, 0);
}

function joined(groups: readonly CountedGroup[]): CountedGroup {
  const names = new Set(groups.flatMap(({ counts }) => Object.keys(counts)));
  const counts = Object.fromEntries(
    [...names].map((name) => [name, groups.reduce((sum, group) => sum + (group.counts[name] ?? 0), 0)]),
  );
  return { key: null, size: sizeOf(groups), counts };
}
