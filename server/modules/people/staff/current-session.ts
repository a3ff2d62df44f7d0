import type { SessionReply } from '../../../../contract/people.ts';
import { refuse } from '../../../../core/problems.ts';
import type { SessionCookie } from '../../../platform/session-cookie.ts';
import type { PeopleContext } from '../context.ts';
import { type SignedIn, signedIn } from './sign-in.ts';

/** The session of a request: finding who is signed in, and beginning one under a new secret. */
export function openSessions({ db, changed }: PeopleContext) {
  const current = async ({ token }: SessionCookie) => {
    const found = token === null ? null : await signedIn(db, token);
    if (token === null || found === null) return refuse('sign-in-needed', {});
    return { ...found, token };
  };
  const begin = async (session: SessionCookie, token: string, kept: string | null = null) => {
    session.begin(token);
    if (kept !== null) session.keep(kept);
    changed();
    return replyOf((await signedIn(db, token)) ?? refuse('sign-in-needed', {}));
  };
  return { current, begin };
}

export function replyOf({ account, asker }: SignedIn): SessionReply {
  return {
    name: account.name,
    login: account.login,
    specialistId: account.specialistId,
    secondFactor: asker.secondFactor,
    grants: asker.grants.map(({ rights, scope }) => ({ scope, rights: [...rights] })),
  };
}
