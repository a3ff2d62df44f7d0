import { useCallback, useEffect, useState } from 'react';
import { call, type InputOf, type Name, type ReplyOf } from './client.ts';

/** The server is asked again so soon when it was away. */
const ASK_AGAIN_MS = 5_000;

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

/** The answer alone. */
export function useAnswer<N extends Name>(name: N, input: InputOf<N>, everyMs: number): ReplyOf<N> | null {
  return useAsked(name, input, everyMs)[0];
}
