/** How long what was taken back elsewhere may still be taken for good here. */
const FRESH_MS = 2_000;
const REMEMBERED_MAX = 10_000;

export interface Remembered<Value> {
  (key: string): Promise<Value>;
  /** Forgets everything, so that a change made here is seen at once. */
  forget(): void;
}

/** Asks the database for what every request needs at most once in two seconds. */
export function remember<Value>(find: (key: string) => Promise<Value>): Remembered<Value> {
  const known = new Map<string, { value: Promise<Value>; until: number }>();
  const ask = (key: string) => {
    const now = performance.now();
    const found = known.get(key);
    if (found !== undefined && found.until > now) return found.value;
    if (known.size >= REMEMBERED_MAX) known.clear();
    const value = find(key);
    known.set(key, { value, until: now + FRESH_MS });
    value.catch(() => known.delete(key));
    return value;
  };
  return Object.assign(ask, { forget: () => known.clear() });
}
