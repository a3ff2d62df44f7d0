import { sessionContract } from '../../../../contract/people.ts';
import { serve } from '../../../platform/serve.ts';
import { hashOf } from '../secret.ts';
import type { PeopleContext } from '../context.ts';
import { openSessions, replyOf } from './current-session.ts';
import * as signIn from './sign-in.ts';
import { endSession } from './queries.ts';

/** Signing in and out. */
export function sessionRoutes(context: PeopleContext): void {
  const { http, db, changed } = context;
  const { current, begin } = openSessions(context);

  const endOld = async ({ token }: { readonly token: string | null }) => {
    if (token !== null) await db.write((tx) => endSession(tx, hashOf(token)));
  };

  serve(http, sessionContract, {
    'GET /api/session': async ({ session: { token } }) => {
      const found = token === null ? null : await signIn.signedIn(db, token);
      return found === null ? null : replyOf(found);
    },

    'POST /api/session': async ({ body: { login, password, code = null }, session, address }) => {
      const from = { address, browser: session.browser };
      const { token, kept } = await signIn.signIn(context, { login, password, code }, from);
      await endOld(session);
      return begin(session, token, kept);
    },

    'DELETE /api/session': async ({ session }) => {
      await endOld(session);
      session.end();
      changed();
    },

    'POST /api/session/end-all': async ({ session }) => {
      const { asker } = await current(session);
      await signIn.endAllSessions(db, asker, asker.id);
      session.end();
      changed();
    },

    'POST /api/session/second-factor': async ({ body: { code }, session, address }) => {
      const found = await current(session);
      const from = { address, browser: session.browser };
      const { token, kept } = await signIn.showSecondFactor(context, found, found.token, code, from);
      return begin(session, token, kept);
    },

    'POST /api/session/authenticator': async ({ session }) => signIn.proposeAuthenticator(await current(session)),

    'POST /api/session/authenticator/confirm': async ({ body: { secret, code }, session }) => {
      const found = await current(session);
      const { recoveryCodes, token } = await signIn.confirmAuthenticator(context, found, found.token, secret, code);
      await begin(session, token);
      return { recoveryCodes };
    },

    'POST /api/session/password': async ({ body, session, address }) => {
      const found = await current(session);
      const from = { address, browser: session.browser };
      const { kept } = await signIn.changePassword(context, found, found.token, body, from);
      if (kept !== null) session.keep(kept);
      changed();
    },

    'POST /api/invitations/redeem': async ({ body, address }) => {
      await signIn.redeem(context, body, address);
      changed();
    },
  });
}
