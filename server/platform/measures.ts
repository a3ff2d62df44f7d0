import { type Allowance, type Bucket, spend } from '../../core/access/allowance.ts';
import { refuse } from '../../core/problems.ts';

/** The requests that each caller has left. */
export interface Measures {
  /** One request more. Throws too-many-requests. */
  spend(who: string, allowance: Allowance): void;
  /** One request more, where there is room; false where there is none. */
  hasRoom(who: string, allowance: Allowance): boolean;
  /** The last one was none after all. */
  giveBack(who: string, allowance: Allowance): void;
  forget(who: string): void;
}

const KEPT_MAX = 100_000;

/**
 * Counts requests of each asker, of so many at the most as are kept in memory. Who has not asked for longest is forgotten first,
 * a half at a time: however many strangers come, nobody who goes on asking begins again with a full measure.
 */
export function openMeasures(keptMax = KEPT_MAX, now: () => number = () => performance.now()): Measures {
  let young = new Map<string, Bucket>();
  let old = new Map<string, Bucket>();
  const put = (who: string, bucket: Bucket) => {
    if (young.size >= keptMax / 2 && !young.has(who)) {
      old = young;
      young = new Map();
    }
    young.set(who, bucket);
  };
  const bucketOf = (who: string) => young.get(who) ?? old.get(who) ?? null;
  const hasRoom = (who: string, allowance: Allowance) => {
    const before = bucketOf(who);
    const bucket = spend(allowance, before, now());
    // Who has nothing left goes on asking all the same, and is remembered for it.
    const kept = bucket ?? before;
    if (kept !== null) put(who, kept);
    return bucket !== null;
  };
  return {
    hasRoom,
    spend: (who, allowance) => {
      if (!hasRoom(who, allowance)) refuse('too-many-requests', {});
    },
    giveBack: (who, { burst }) => {
      const bucket = bucketOf(who);
      if (bucket !== null) put(who, { ...bucket, left: Math.min(burst, bucket.left + 1) });
    },
    forget: (who) => {
      young.delete(who);
      old.delete(who);
    },
  };
}
