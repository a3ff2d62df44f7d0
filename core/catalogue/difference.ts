/** One thing that differs between two versions of something written as data. */
export interface Difference {
  /** Where: names of members and codes of entries, such as `variants.usual.term.count`. */
  readonly path: string;
  /** Undefined where it was not there before, or is not any more. */
  readonly before: unknown;
  readonly after: unknown;
}

/** By what the entries of a list are known; a list of others is compared as a whole. */
const KEYS = ['code', 'kind', 'stepId', 'name', 'field'] as const;

/** What differs, in the order of the newer one; what is gone comes last. Entries that have a code are compared wherever they stand. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, now] = [membersOf(before), membersOf(after)];
  if (old === null || now === null) return [{ path, before, after }];
  const names = new Set([...now.keys(), ...old.keys()]);
  const found = [...names].flatMap((name) =>
    differences(old.get(name), now.get(name), path === '' ? name : `${path}.${name}`),
  );
  // The same entries in another order are a difference too.
  return found.length > 0 ? found : [{ path, before: [...old.keys()], after: [...now.keys()] }];
}

/** The members of an object, or the entries of a list by their keys; null for what has neither. */
function membersOf(value: unknown): Map<string, unknown> | null {
  if (value === null || typeof value !== 'object') return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const entries: readonly unknown[] = value;
  if (entries.length === 0) return null;
  const keyed = entries.map((entry) => [keyOf(entry), entry] as const);
  const isKeyed = keyed.every(([key]) => key !== null) && new Set(keyed.map(([key]) => key)).size === keyed.length;
  return isKeyed ? new Map(keyed as [string, unknown][]) : null;
}

function keyOf(entry: unknown): string | null {
  if (entry === null || typeof entry !== 'object') return null;
  const known = KEYS.map((key) => (entry as Record<string, unknown>)[key]).find((value) => typeof value === 'string');
  return (known as string | undefined) ?? null;
}
