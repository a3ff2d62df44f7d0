import * as client from 'openid-client';
import { refuse } from '../../core/problems.ts';

/** A server at which people sign in (OpenID Connect), and what this installation is to it. */
export interface OidcServer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the browser keeps while the person is at the other server. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who came back, as the other server says. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** Sending somebody to another server and taking him back: the code flow with PKCE, state and nonce. */
export interface Oidc {
  /** Where to send the browser. Throws sign-in-server-away. */
  begin(redirectUri: string, scope: string): Promise<{ readonly url: string; readonly journey: Journey }>;
  /** Who came back with this address. Throws sign-in-server-away or sign-in-refused. */
  finish(address: string, journey: Journey): Promise<Claims>;
}

export function openOidc({ issuer, clientId, clientSecret }: OidcServer): Oidc {
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
    begin: async (redirectUri, scope) => {
      const journey = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await server(), {
        redirect_uri: redirectUri,
        scope,
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, journey };
    },
    finish: async (address, { state, nonce, verifier }) => {
      const known = await server();
      const tokens = await client
        .authorizationCodeGrant(known, new URL(address), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .catch(() => refuse('sign-in-refused', {}));
      const claims = tokens.claims();
      return claims === undefined ? refuse('sign-in-refused', {}) : (claims as Claims);
    },
  };
}

const NOWHERE: Journey = { state: '', nonce: '', verifier: '' };

/** What the browser has kept of its journey; one that leads nowhere where it kept nothing that can be read. */
export function readJourney(text: string | undefined): Journey {
  try {
    return { ...NOWHERE, ...(JSON.parse(text ?? '{}') as Partial<Journey>) };
  } catch {
    return NOWHERE;
  }
}
