import { useEffect, useState } from 'react';
import { call, type InputOf, type Name, type ReplyOf } from './client.ts';

/** The server is asked again so soon when it was away. */
const ASK_AGAIN_MS = 5_000;

/**
 * The answer of a route, asked for every so many milliseconds; the last one stays while the server is away. For screens of visitors and
 * machines, which carry no client of queries; screens of staff have `useQuery`.
 */
export function useAnswer<N extends Name>(name: N, input: InputOf<N>, everyMs: number): ReplyOf<N> | null {
  const [kept, setKept] = useState<{ readonly of: string; readonly answer: ReplyOf<N> } | null>(null);
  // An input is another object at every drawing; what it says is the same text.
  const text = JSON.stringify(input);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = () => {
      call(name, JSON.parse(text) as InputOf<N>).then(
        (found) => {
          if (gone) return;
          setKept({ of: `${name} ${text}`, answer: found as ReplyOf<N> });
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
  }, [name, text, everyMs]);
  return kept?.of === `${name} ${text}` ? kept.answer : null;
}
