import * as client from 'openid-client';
import { refuse } from '../../../../core/problems.ts';

/** The city's own server at which staff sign in (OpenID Connect), and what this installation is to it. */
export interface OidcSetting {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that is the login here, such as `preferred_username` or `email`. */
  readonly loginClaim: string;
}

/** What the browser keeps while the person is at the other server. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,59}$/;

/** Sending somebody to the city's server and taking him back: the code flow with PKCE, state and nonce. */
export function openOidc({ issuer, clientId, clientSecret, loginClaim }: OidcSetting) {
  let discovered: Promise<client.Configuration> | null = null;
  const server = () => {
    const url = new URL(issuer);
    // Only a server on this very machine may be spoken to without TLS.
    const execute = url.hostname === '127.0.0.1' ? [client.allowInsecureRequests] : [];
    discovered ??= client.discovery(url, clientId, clientSecret, undefined, { execute }).catch((error: unknown) => {
      discovered = null;
      throw error;
    });
    return discovered.catch(() => refuse('sign-in-server-away', {}));
  };
  return {
    /** Where to send the browser. Throws sign-in-server-away. */
    begin: async (redirectUri: string): Promise<{ readonly url: string; readonly journey: Journey }> => {
      const journey = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await server(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, journey };
    },
    /** The login of whoever came back with this address. Throws sign-in-server-away or sign-in-refused. */
    finish: async (address: string, { state, nonce, verifier }: Journey): Promise<string> => {
      const known = await server();
      const tokens = await client
        .authorizationCodeGrant(known, new URL(address), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .catch(() => refuse('sign-in-refused', {}));
      const login = String(tokens.claims()?.[loginClaim] ?? '').toLowerCase();
      return LOGIN.test(login) ? login : refuse('sign-in-refused', {});
    },
  };
}
