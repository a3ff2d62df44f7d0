import { useEffect, useState } from 'react';
import type { Outlook } from '../../contract/planning.ts';
import { call, CallProblem } from '../shared/client.ts';

interface Known {
  readonly of: string;
  readonly outlook: Outlook | null;
  readonly problem: { readonly sentence: string; readonly signIn: boolean } | null;
}

/** What is expected of a day; asked once for each day, and told what is wrong with it. */
export function useOutlook(centreId: number, day: string | null): Pick<Known, 'outlook' | 'problem'> {
  const [known, setKnown] = useState<Known | null>(null);
  const of = `${centreId}/${day}`;
  useEffect(() => {
    if (day === null) return;
    let gone = false;
    const name = `${centreId}/${day}`;
    call('GET /api/centres/:centreId/outlook', { params: { centreId }, query: { day } }).then(
      (outlook) => {
        if (!gone) setKnown({ of: name, outlook, problem: null });
      },
      (error: Error) => {
        const signIn = error instanceof CallProblem && error.code === 'key-needed';
        if (!gone) setKnown({ of: name, outlook: null, problem: { sentence: error.message, signIn } });
      },
    );
    return () => {
      gone = true;
    };
  }, [centreId, day]);
  return known?.of === of ? known : { outlook: null, problem: null };
}
