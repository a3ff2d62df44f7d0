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

/** The person who came back, as the other server says. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** Sending a person to another server and taking them back: the code flow with PKCE, state and nonce. */
export interface Oidc {
  /** Where to send the browser. Throws sign-in-server-away. */
  begin(redirectUri: string, scope: string): Promise<{ readonly url: string; readonly journey: Journey }>;
  /** The outcome for the person who came back with this address. */
  finish(address: string, journey: Journey): Promise<Outcome>;
}

/**
 * The person who came back; or that they would not go on, that the answer is too old or was used before, that the other server does not let
 * them in or says something that is not for us, or that it does not answer.
 */
export type Outcome =
  | { readonly kind: 'in'; readonly claims: Claims }
  | { readonly kind: 'cancelled' | 'over' | 'refused' | 'away' };

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
      const known = await server().catch(() => null);
      if (known === null) return { kind: 'away' };
      const granted = await client
        .authorizationCodeGrant(known, new URL(address), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .then(
          (tokens) => ({ claims: tokens.claims() }),
          (error: unknown) => ({ why: whyNot(error) }),
        );
      if ('why' in granted) return { kind: granted.why };
      return granted.claims === undefined ? { kind: 'refused' } : { kind: 'in', claims: granted.claims as Claims };
    },
  };
}

const CANCELLED = new Set(['access_denied', 'login_required', 'interaction_required', 'consent_required']);
const AWAY = new Set(['server_error', 'temporarily_unavailable']);

/** What the error of the other server, or of the way to it, means for the person. */
function whyNot(error: unknown): 'cancelled' | 'over' | 'refused' | 'away' {
  if (error instanceof client.AuthorizationResponseError)
    return CANCELLED.has(error.error) ? 'cancelled' : AWAY.has(error.error) ? 'away' : 'refused';
  if (error instanceof client.ResponseBodyError) {
    // A code that was used before, as by going back, or is too old.
    if (error.error === 'invalid_grant') return 'over';
    return AWAY.has(error.error) || error.status >= 500 ? 'away' : 'refused';
  }
  const { name } = error as { name?: unknown };
  return name === 'TypeError' || name === 'TimeoutError' || name === 'AbortError' ? 'away' : 'refused';
}
