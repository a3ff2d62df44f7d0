/**
 * Asks at most once in a while for each key: a caller that comes meanwhile gets the answer that is there, or waits for the one that
 * is on its way. A failure is told to all who wait for it and asked again by the next.
 */
export function briefly<Key, Answer>(
  ms: number,
  ask: (key: Key) => Promise<Answer>,
  nameOf: (key: Key) => string = String,
): (key: Key) => Promise<Answer> {
  const KEPT_MAX = 1_000;
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<Answer> }>();
  return (key) => {
    const name = nameOf(key);
    const found = kept.get(name);
    if (found !== undefined && found.until > performance.now()) return found.answer;
    if (kept.size >= KEPT_MAX) kept.clear();
    const answer = ask(key);
    kept.set(name, { until: performance.now() + ms, answer });
    answer.catch(() => kept.delete(name));
    return answer;
  };
}
