import { hash, createHmac, timingSafeEqual } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { refuse } from '../../../../core/problems.ts';
import type { Instant } from '../../../../core/time/instant.ts';

/** A nonce is good for so long: a stolen proof is worth nothing a few minutes later, whatever the device's own clock shows. */
const NONCE_MINUTES = 5;
const MINUTE_MS = 60_000;
const PROOFS_MAX = 100_000;

/** What a request shows of a device, and of itself. */
export interface ShownProof {
  readonly token: string;
  readonly proof: string;
  readonly method: string;
  /** Scheme, host and path as the device sees them. */
  readonly url: string;
}

/** Proofs of possession (RFC 9449): that the sender of a token has the key it is bound to, here and now. */
export interface Proofs {
  nonce(): string;
  /** The thumbprint (RFC 7638) of the key that signed. Throws device-proof. */
  thumbprintOf(shown: ShownProof): Promise<string>;
}

export function openProofs(key: Buffer, now: () => Instant): Proofs {
  const used = new Map<string, number>();
  const nonceOf = (minute: number) => {
    const text = minute.toString(36);
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  const isFresh = (nonce: unknown) => {
    const minute = Number.parseInt(String(nonce).split('.')[0] ?? '', 36);
    const age = Math.floor(now() / MINUTE_MS) - minute;
    const expected = Buffer.from(nonceOf(minute));
    const given = Buffer.from(String(nonce));
    return age >= -1 && age <= NONCE_MINUTES && given.length === expected.length && timingSafeEqual(given, expected);
  };
  const once = (jti: unknown, minute: number) => {
    if (typeof jti !== 'string' || jti.length < 16 || jti.length > 64 || used.has(jti)) return false;
    for (const [known, at] of used) {
      if (at >= minute - NONCE_MINUTES - 1 && used.size < PROOFS_MAX) break;
      used.delete(known);
    }
    used.set(jti, minute);
    return true;
  };
  return {
    nonce: () => nonceOf(Math.floor(now() / MINUTE_MS)),
    thumbprintOf: async ({ token, proof, method, url }) => {
      // Age is judged by the nonce alone: the clocks of kiosks are not to be trusted.
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        typ: 'dpop+jwt',
        algorithms: ['ES256'],
      }).catch(() => refuse('device-proof', {}));
      const right =
        payload['htm'] === method &&
        payload['htu'] === url &&
        payload['ath'] === hash('sha256', token, 'base64url') &&
        isFresh(payload['nonce']) &&
        once(payload.jti, Math.floor(now() / MINUTE_MS));
      if (!right || protectedHeader.jwk === undefined) return refuse('device-proof', {});
      return calculateJwkThumbprint(protectedHeader.jwk);
    },
  };
}

/** The thumbprint of a public key as a device gives it. */
export function thumbprintOfKey(jwk: {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}) {
  return calculateJwkThumbprint(jwk);
}

const FINGERPRINT_SIGNS = 8;

/** As much of a thumbprint as a person compares. */
export function fingerprintOf(thumbprint: string): string {
  return thumbprint.slice(0, FINGERPRINT_SIGNS);
}
