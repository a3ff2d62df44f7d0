import { useEffect, useState } from 'react';
import type { Centre } from '../../contract/network.ts';
import { call, CallProblem } from './client.ts';
import { NoSuchPlace, type Part } from './no-such-place.ts';

const ASK_AGAIN_MS = 3_000;

const NUMBER_MAX = 2_147_483_647;

/** The centre that a screen belongs to; null until the server has answered. Throws NoSuchPlace when there is none. */
export function useCentre(centreId: number): Centre | null {
  const [centre, setCentre] = useState<Centre | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      call('GET /api/centres/:centreId', { params: { centreId } }).then(setCentre, (error: unknown) => {
        if (error instanceof CallProblem && error.code === 'unknown-centre') return setMissing(true);
        timer = setTimeout(ask, ASK_AGAIN_MS);
      });
    };
    ask();
    return () => clearTimeout(timer);
  }, [centreId]);
  if (isMissing) throw new NoSuchPlace('centre', String(centreId));
  return centre;
}

/** The numbers in the address of this screen: `/window/93/1` → `[93, 1]`. Throws NoSuchPlace where it names none. */
export function numbersInAddress(...parts: readonly Part[]): number[] {
  const named = location.pathname.split('/').slice(2);
  return parts.map((part, place) => {
    const text = named[place] ?? '';
    if (!/^[1-9]\d*$/.test(text) || Number(text) > NUMBER_MAX) throw new NoSuchPlace(part, text);
    return Number(text);
  });
}
