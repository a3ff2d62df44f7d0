import { passkeyContract } from '../../../../../contract/people.ts';
import { serve } from '../../../../platform/serve.ts';
import type { PeopleContext } from '../../context.ts';
import { openSessions } from '../current-session.ts';
import * as passkeys from './passkeys.ts';

/** Keys of telephones, computers and tokens as a second factor. */
export function passkeyRoutes(context: PeopleContext): void {
  const { http, db, attempts } = context;
  const { current, begin } = openSessions(context);
  serve(http, passkeyContract, {
    'POST /api/session/passkeys/options': async ({ session, site }) => {
      const found = await current(session);
      return { ...(await passkeys.newPasskeyOptions(db, found, found.token, site)) };
    },

    'POST /api/session/passkeys': async ({ body: { response }, session, site }) => {
      const found = await current(session);
      const shown = response as unknown as Parameters<typeof passkeys.addPasskey>[4];
      const { recoveryCodes, token } = await passkeys.addPasskey(db, found, found.token, site, shown);
      await begin(session, token);
      return { recoveryCodes };
    },

    'POST /api/session/second-factor/passkey/options': async ({ session, site }) => {
      const found = await current(session);
      return { ...(await passkeys.passkeyOptions(db, found, found.token, site)) };
    },

    'POST /api/session/second-factor/passkey': async ({ body: { response }, session, site, address }) => {
      const found = await current(session);
      const shown = response as unknown as Parameters<typeof passkeys.showPasskey>[4];
      const token = await passkeys.showPasskey(db, found, found.token, site, shown);
      const { login, passwordHash } = found.account;
      return begin(session, token, attempts.keptBy({ login, passwordHash, address, browser: session.browser }));
    },
  });
}
