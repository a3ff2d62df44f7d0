import { useCallback, useEffect, useState } from 'react';
import type { Call } from '../../contract/client.ts';
import { call, CallProblem } from './client.ts';

/** The server is asked again so soon when it was away. */
const ASK_AGAIN_MS = 5_000;

type Name = Parameters<Call>[0];
type InputOf<N extends Name> = Parameters<typeof call<N>>[1];
type ReplyOf<N extends Name> = Awaited<ReturnType<typeof call<N>>>;

/** An answer, and the way to have it asked for at once. */
type Asked<Answer> = readonly [answer: Answer | null, again: () => void];

/** The answer of a route, asked for every so many milliseconds and when wanted; the last one stays while the server is away. */
export function useAsked<N extends Name>(name: N, input: InputOf<N>, everyMs: number): Asked<ReplyOf<N>> {
  const [turn, setTurn] = useState(0);
  const [kept, setKept] = useState<{ readonly of: string; readonly answer: ReplyOf<N>; readonly turn: number } | null>(
    null,
  );
  // An input is another object at every drawing; what it says is the same text.
  const text = JSON.stringify(input);
  const of = `${name} ${text}`;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = () => {
      call(name, JSON.parse(text) as InputOf<N>).then(
        (found) => {
          if (gone) return;
          setKept({ of: `${name} ${text}`, answer: found as ReplyOf<N>, turn });
          timer = setTimeout(look, everyMs);
        },
        () => {
          if (!gone) timer = setTimeout(look, Math.min(everyMs, ASK_AGAIN_MS));
        },
      );
    };
    look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [name, text, everyMs, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return [kept?.of === of ? kept.answer : null, again];
}

/** What a route answers once, and what is wrong when it does not. Another input is asked for anew. */
export function useOnce<N extends Name>(name: N, input: InputOf<N> | null): Once<ReplyOf<N>> {
  const [kept, setKept] = useState<(Once<ReplyOf<N>> & { readonly of: string }) | null>(null);
  const text = JSON.stringify(input);
  const of = `${name} ${text}`;
  useEffect(() => {
    if (text === 'null') return;
    let gone = false;
    const asked = `${name} ${text}`;
    call(name, JSON.parse(text) as InputOf<N>).then(
      (answer) => {
        if (!gone) setKept({ of: asked, answer: answer as ReplyOf<N>, problem: null });
      },
      (error: Error) => {
        const signIn = error instanceof CallProblem && error.code === 'key-needed';
        if (!gone) setKept({ of: asked, answer: null, problem: { sentence: error.message, signIn } });
      },
    );
    return () => {
      gone = true;
    };
  }, [name, text]);
  return kept?.of === of ? kept : { answer: null, problem: null };
}

/** An answer, or why there is none; neither while it is on its way. */
interface Once<Answer> {
  readonly answer: Answer | null;
  readonly problem: { readonly sentence: string; readonly signIn: boolean } | null;
}

/** The answer alone. */
export function useAnswer<N extends Name>(name: N, input: InputOf<N>, everyMs: number): ReplyOf<N> | null {
  return useAsked(name, input, everyMs)[0];
}
