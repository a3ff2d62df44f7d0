import { refuse } from '../../../../core/problems.ts';
import { type Journey, openOidc, type OidcServer } from '../../../platform/oidc.ts';

/** The city's own server at which staff sign in. */
export interface OidcSetting extends OidcServer {
  /** The claim that is the login here, such as `preferred_username` or `email`. */
  readonly loginClaim: string;
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,59}$/;
const SCOPE = 'openid profile email';

/** Sending a member of staff to the city's server and taking him back. */
export function openStaffOidc(setting: OidcSetting) {
  const oidc = openOidc(setting);
  return {
    /** Where to send the browser. Throws sign-in-server-away. */
    begin: (redirectUri: string) => oidc.begin(redirectUri, SCOPE),
    /** The login of whoever came back with this address. Throws sign-in-server-away or sign-in-refused. */
    finish: async (address: string, journey: Journey): Promise<string> => {
      const claims = await oidc.finish(address, journey);
      const login = String(claims[setting.loginClaim] ?? '').toLowerCase();
      return LOGIN.test(login) ? login : refuse('sign-in-refused', {});
    },
  };
}
