import type { FastifyInstance } from 'fastify';
import { sessionContract, type SessionReply } from '../../../../contract/people.ts';
import { refuse } from '../../../../core/problems.ts';
import { type SessionCookie } from '../../../platform/session-cookie.ts';
import { serve } from '../../../platform/serve.ts';
import { hashOf } from '../secret.ts';
import type { PeopleSetting } from '../setting.ts';
import * as signIn from './sign-in.ts';
import { endSession } from './store.ts';

/** Signing in and out. */
export function sessionRoutes(app: FastifyInstance, { pool, changed }: PeopleSetting): void {
  const current = async ({ token }: SessionCookie) => {
    const found = token === null ? null : await signIn.signedIn(pool, token);
    if (token === null || found === null) return refuse('sign-in-needed', {});
    return { ...found, token };
  };
  const begin = async (session: SessionCookie, token: string) => {
    session.begin(token);
    changed();
    return replyOf((await signIn.signedIn(pool, token)) ?? refuse('sign-in-needed', {}));
  };

  serve(app, sessionContract, {
    'GET /api/session': async ({ session: { token } }) => {
      const found = token === null ? null : await signIn.signedIn(pool, token);
      return found === null ? null : replyOf(found);
    },

    'POST /api/session': async ({ body: { login, password }, session }) => {
      const token = await signIn.signIn(pool, login, password);
      if (session.token !== null) await endSession(pool, hashOf(session.token));
      return begin(session, token);
    },

    'DELETE /api/session': async ({ session }) => {
      if (session.token !== null) await endSession(pool, hashOf(session.token));
      session.end();
      changed();
      return { done: true as const };
    },

    'POST /api/session/second-factor': async ({ body: { code }, session }) => {
      const found = await current(session);
      return begin(session, await signIn.showSecondFactor(pool, found, found.token, code));
    },

    'POST /api/session/authenticator': async ({ session }) => signIn.proposeAuthenticator(await current(session)),

    'POST /api/session/authenticator/confirm': async ({ body: { secret, code }, session }) => {
      const found = await current(session);
      const { recoveryCodes, token } = await signIn.confirmAuthenticator(pool, found, found.token, secret, code);
      await begin(session, token);
      return { recoveryCodes };
    },

    'POST /api/session/password': async ({ body: { password, newPassword }, session }) => {
      const found = await current(session);
      await signIn.changePassword(pool, found, found.token, password, newPassword);
      changed();
      return { done: true as const };
    },

    'POST /api/invitations/redeem': async ({ body: { login, code, newPassword } }) => {
      await signIn.redeem(pool, login, code, newPassword);
      changed();
      return { done: true as const };
    },
  });
}

function replyOf({ account, asker }: signIn.SignedIn): SessionReply {
  return {
    name: account.name,
    login: account.login,
    specialistId: account.specialistId,
    secondFactor: asker.secondFactor,
    grants: asker.grants.map(({ rights, scope }) => ({ scope, rights: [...rights] })),
  };
}
