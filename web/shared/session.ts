import { useEffect, useState } from 'react';
import type { SessionReply } from '../../contract/people.ts';
import { call } from './client.ts';

/** Who is signed in at this browser; null when nobody is, or nobody has to be. */
export function useSession(): SessionReply | null {
  const [session, setSession] = useState<SessionReply | null>(null);
  useEffect(() => {
    call('GET /api/session', {}).then(setSession, () => undefined);
  }, []);
  return session;
}
