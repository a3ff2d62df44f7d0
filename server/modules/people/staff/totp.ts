import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;

function authenticator(secret: string, login: string): TOTP {
  return new TOTP({ issuer: 'Okno', label: login, secret: Secret.fromBase32(secret), period: STEP_SECONDS, digits: 6 });
}

/** A new secret for an authenticator, and the address by which a telephone takes it (RFC 6238, key URI). */
export function newAuthenticator(login: string): { secret: string; uri: string } {
  const secret = new Secret({ size: 20 }).base32;
  return { secret, uri: authenticator(secret, login).toString() };
}

/** The step whose code this is, one before or after now at most; null for none. `now` in milliseconds of the true clock. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const delta = authenticator(secret, '').validate({ token: code.replaceAll(' ', ''), timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1_000 / STEP_SECONDS) + delta;
}
