/** The 97.5th percentile of the standard normal distribution: for intervals of 95 %. */
const Z = 1.959963984540054;

/** A share with its 95 % interval. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The share of `count` in `n`, by the score interval of Wilson (1927). Null when nobody was asked. */
export function shareOf(count: number, n: number): Share | null {
  if (n === 0) return null;
  const share = count / n;
  const base = 1 + Z ** 2 / n;
  const middle = (share + Z ** 2 / (2 * n)) / base;
  const half = (Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))) / base;
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The value below which a share of sorted values falls (the nearest rank). Null for none. */
export function percentileOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Null for no values. */
export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
