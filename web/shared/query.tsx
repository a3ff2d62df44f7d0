import { hashKey, QueryCache, QueryClient, useQuery as useTanStackQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { call, CallProblem, type InputOf, type Name, type ReplyOf } from './client.ts';
import { useLanguage, useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { Problem } from './problem.tsx';
import './query.css';

/** Routes that only read; a rehearsal sends a plan and changes nothing. */
type Read = Extract<Name, `GET ${string}`> | 'POST /api/centres/:centreId/rehearsals';
/** Routes that write. */
type Change = Exclude<Name, Read>;

/** What a screen asks the server for, and how far that has come. */
export interface Query<Data> {
  /** The newest answer; it stays while the server is asked again or is away. Null: there is none yet. */
  readonly data: Data | null;
  /** Why the server did not answer the last time; null when it did. Its message is a sentence for the person. */
  readonly error: Error | null;
  /** True until there is an answer or an error. */
  readonly pending: boolean;
  /** Asks at once. Resolves when the server has answered; never rejects. */
  readonly again: () => Promise<void>;
}

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

interface QueryStateProps {
  readonly of: Query<unknown>;
  /** For what the screen is complete without: it shows no bars while it waits. */
  readonly calm?: true;
  /** The words of a way to sign in, where nobody needs to be signed in to reach the screen. */
  readonly signIn?: string;
}

/** How far a query has come: bars while it is on its way, the sentence when it failed; nothing when all is well. */
export function QueryState({ of: { data, error, pending, again }, calm, signIn }: QueryStateProps) {
  const words = useMessages(messages);
  if (pending)
    return calm === true ? null : (
      <div className="skeleton" aria-busy="true">
        <span className="unseen">{words.loading}</span>
      </div>
    );
  if (error === null) return null;
  return (
    <>
      <Problem text={error.message} />
      {data === null && (
        <p>
          {signIn !== undefined && error instanceof CallProblem && error.code === 'key-needed' ? (
            <a href={`/sign-in?to=${encodeURIComponent(location.pathname)}`}>{signIn}</a>
          ) : (
            <button type="button" onClick={() => void again()}>
              {words.askAgain}
            </button>
          )}
        </p>
      )}
    </>
  );
}
