import type { FastifyInstance } from 'fastify';
import { sessionContract } from '../../../../contract/people.ts';
import { serve } from '../../../platform/serve.ts';
import { hashOf } from '../secret.ts';
import type { PeopleSetting } from '../setting.ts';
import { openSessions, replyOf } from './current-session.ts';
import * as signIn from './sign-in.ts';
import { endSession } from './store.ts';

/** Signing in and out. */
export function sessionRoutes(app: FastifyInstance, { pool, vault, changed }: PeopleSetting): void {
  const { current, begin } = openSessions({ pool, changed });

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
      return begin(session, await signIn.showSecondFactor({ pool, vault }, found, found.token, code));
    },

    'POST /api/session/authenticator': async ({ session }) => signIn.proposeAuthenticator(await current(session)),

    'POST /api/session/authenticator/confirm': async ({ body: { secret, code }, session }) => {
      const found = await current(session);
      const { recoveryCodes, token } = await signIn.confirmAuthenticator(
        { pool, vault },
        found,
        found.token,
        secret,
        code,
      );
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
