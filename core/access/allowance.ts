import type { Instant } from '../time/instant.ts';

/** How much one device may ask: so many requests at once, and so many more each second. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** What a device has left, and since when. */
export interface Bucket {
  readonly left: number;
  readonly at: Instant;
}

/** One request more: what is left after it, or null when the device has to wait. `now` in milliseconds of any clock. */
export function spend(allowance: Allowance, bucket: Bucket | null, now: Instant): Bucket | null {
  const before = bucket ?? { left: allowance.burst, at: now };
  const earned = (Math.max(0, now - before.at) * allowance.perSecond) / 1_000;
  const left = Math.min(allowance.burst, before.left + earned);
  return left < 1 ? null : { left: left - 1, at: now };
}
