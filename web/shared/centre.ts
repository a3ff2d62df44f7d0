import { useEffect, useState } from 'react';
import type { Centre } from '../../contract/network.ts';
import { call } from './client.ts';

const ASK_AGAIN_MS = 3_000;

/** The centre that a screen belongs to; null until the server has answered. */
export function useCentre(centreId: number): Centre | null {
  const [centre, setCentre] = useState<Centre | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      call('GET /api/centres/:centreId', { params: { centreId } }).then(setCentre, () => {
        timer = setTimeout(ask, ASK_AGAIN_MS);
      });
    };
    ask();
    return () => clearTimeout(timer);
  }, [centreId]);
  return centre;
}

/** The numbers in the address of this screen: `/window/93/1` → `[93, 1]`. */
export function numbersInAddress(): number[] {
  return location.pathname.split('/').slice(2).map(Number);
}
