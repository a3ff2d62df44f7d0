import { hashKey, QueryCache, QueryClient, useQuery as useTanStackQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { call, type InputOf, type Name, type ReplyOf } from './client.ts';
import { useLanguage } from './language.tsx';
import type { Query } from './query-state.tsx';

export { type Query, QueryState } from './query-state.tsx';

/** Routes that only read; a rehearsal sends a plan and changes nothing. */
type Read = Extract<Name, `GET ${string}`> | 'POST /api/centres/:centreId/rehearsals';
/** Routes that write. */
type Change = Exclude<Name, Read>;

/** A screen that polls asks again so soon when the server was away. */
const ASK_AGAIN_MS = 5_000;

/** Why a query failed the last time. The client forgets that as soon as it asks again, and a sentence would come and go. */
const lastErrors = new WeakMap<object, Error>();

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => lastErrors.set(query, error),
    onSuccess: (_, query) => lastErrors.delete(query),
  }),
  defaultOptions: {
    queries: {
      // `call` sends again what is worth sending again.
      retry: false,
      // Whether the server of the centre answers says nothing about the internet.
      networkMode: 'always',
      refetchOnReconnect: true,
      refetchOnWindowFocus: false,
      // An alarm is heard also from a page in the background.
      refetchIntervalInBackground: true,
      // Answers hold personal data: what no part of the screen shows is not kept.
      gcTime: 0,
    },
  },
});
client.mount();

/**
 * Asks a route when the screen shows it, when its input or the language changes, after a change that names the route, and every `everyMs`
 * where that is given. Parts of a screen that ask for the same share one answer. Without an input nothing is asked yet.
 */
export function useQuery<N extends Read>(name: N, input: InputOf<N> | null, everyMs?: number): Query<ReplyOf<N>> {
  const { language } = useLanguage();
  const queryKey = [name, input, language] as const;
  const { data, error, isPending, isFetching, refetch } = useTanStackQuery<
    ReplyOf<N>,
    Error,
    ReplyOf<N>,
    typeof queryKey
  >(
    {
      queryKey,
      queryFn: () => call(name, input as InputOf<N>) as Promise<ReplyOf<N>>,
      enabled: input !== null,
      refetchInterval: ({ state }) =>
        everyMs !== undefined && (state.status === 'error' ? Math.min(everyMs, ASK_AGAIN_MS) : everyMs),
      // Another language: what is there stays until the server has said it in that one.
      placeholderData: (before, query) =>
        query !== undefined && hashKey(query.queryKey.slice(0, 2)) === hashKey([name, input]) ? before : undefined,
    },
    client,
  );
  const again = useCallback(() => refetch().then(() => undefined), [refetch]);
  const known = client.getQueryCache().find({ queryKey });
  const last = error ?? (isFetching && known !== undefined ? (lastErrors.get(known) ?? null) : null);
  return { data: data ?? null, error: last, pending: isPending && last === null, again };
}

/** Has the given routes asked again, with whatever input they are shown. Resolves when they have been; never rejects. */
export function useAgain(...routes: readonly Read[]): () => Promise<void> {
  const text = routes.join('\n');
  return useCallback(
    () =>
      Promise.all(text.split('\n').map((name) => client.invalidateQueries({ queryKey: [name] }))).then(() => undefined),
    [text],
  );
}

/** A change that a screen makes, and what came of it. */
interface MadeChange<N extends Change> {
  /** Makes it. Resolves when what it changes has been asked for again. Throws with a sentence. */
  readonly send: (input: InputOf<N>) => Promise<ReplyOf<N>>;
  /** Makes it, and keeps the problem here instead of throwing; `done` is called when there was none. */
  readonly run: (input: InputOf<N>, done?: (reply: ReplyOf<N>) => void) => void;
  /** Why the last one failed, in a sentence; null when it did not. */
  readonly problem: string | null;
  readonly pending: boolean;
}

/** A route that changes something, with the routes whose answers are other ones after that. */
export function useChange<N extends Change>(name: N, changes: readonly Read[]): MadeChange<N> {
  const again = useAgain(...changes);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const send = useCallback(
    async (input: InputOf<N>) => {
      const reply = (await call(name, input)) as ReplyOf<N>;
      await again();
      return reply;
    },
    [name, again],
  );
  const make = async (input: InputOf<N>, done?: (reply: ReplyOf<N>) => void) => {
    setProblem(null);
    setPending(true);
    let reply: ReplyOf<N>;
    try {
      reply = await send(input);
    } catch (error) {
      setProblem((error as Error).message);
      return;
    } finally {
      setPending(false);
    }
    done?.(reply);
  };
  const run: MadeChange<N>['run'] = (input, done) => void make(input, done);
  return { send, run, problem, pending };
}

/** Several queries as one: there is an answer when each has one. */
export function together<Answers extends Readonly<Record<string, unknown>>>(queries: {
  readonly [Key in keyof Answers]: Query<Answers[Key]>;
}): Query<Answers> {
  const all: readonly Query<unknown>[] = Object.values(queries);
  const error = all.find((one) => one.error !== null)?.error ?? null;
  const data = all.every((one) => one.data !== null)
    ? (Object.fromEntries(Object.entries<Query<unknown>>(queries).map(([key, one]) => [key, one.data])) as Answers)
    : null;
  return {
    data,
    error,
    pending: data === null && error === null,
    again: () => Promise.all(all.map((one) => one.again())).then(() => undefined),
  };
}
