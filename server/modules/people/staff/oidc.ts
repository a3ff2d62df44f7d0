import type { Claims, OidcServer } from '../../../platform/oidc.ts';

/** The city's own server at which staff sign in. */
export interface OidcSetting extends OidcServer {
  /** The claim that is the login here, such as `preferred_username` or `email`. */
  readonly loginClaim: string;
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,59}$/;
export const STAFF_SCOPE = 'openid profile email';

/** The login of the person who came back; null where the server names none that could be one here. */
export function loginOf(claims: Claims, { loginClaim }: OidcSetting): string | null {
  const login = String(claims[loginClaim] ?? '').toLowerCase();
  return LOGIN.test(login) ? login : null;
}
