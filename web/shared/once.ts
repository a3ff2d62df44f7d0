import { useEffect, useState } from 'react';
import { call, CallProblem, type InputOf, type Name, type ReplyOf } from './client.ts';

/** The answer of a route, asked for once, or the problem. A changed input is asked for again. */
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
