import { CallProblem } from './client.ts';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { paths } from './paths.ts';
import { thisPage } from './place.ts';
import { Problem } from './problem.tsx';
import { Skeleton } from './skeleton.tsx';

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

interface QueryStateProps {
  readonly of: Query<unknown>;
  /** For what the screen is complete without: it shows no bars while it waits. */
  readonly calm?: true;
  /** About as many lines as the answer will have. */
  readonly lines?: number;
  /** The words of a way to sign in, where nobody needs to be signed in to reach the screen. */
  readonly signIn?: string;
}

/** How far a query has come: bars while it is on its way, the sentence when it failed; nothing when all is well. */
export function QueryState({ of: { data, error, pending, again }, calm, lines, signIn }: QueryStateProps) {
  const words = useMessages(messages);
  if (pending) return calm === true ? null : <Skeleton {...(lines === undefined ? {} : { lines })} />;
  if (error === null) return null;
  return (
    <>
      <Problem text={error.message} />
      {data === null && (
        <p>
          {signIn !== undefined && error instanceof CallProblem && error.code === 'key-needed' ? (
            <a href={paths.signIn(thisPage())}>{signIn}</a>
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
