import { useCallback, useEffect, useState } from 'react';

/** What a page shows, asked for when it opens and after every change. */
export interface Loaded<Value> {
  readonly value: Value | null;
  readonly problem: string | null;
  reload(): Promise<void>;
}

/** Asks for something and keeps it; `ask` must stay the same as long as the same is asked for. */
export function useLoaded<Value>(ask: () => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const reload = useCallback(() => ask().then(setValue, (error: Error) => setProblem(error.message)), [ask]);
  useEffect(() => void reload(), [reload]);
  return { value, problem, reload };
}
