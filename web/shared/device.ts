import { get, set } from 'idb-keyval';
// Whom a proof is meant for.
import { server } from './origins.ts';

/** A device that was let in: its key never leaves the browser, its token is worth nothing without the key (RFC 9449). */
interface Identity {
  readonly keys: CryptoKeyPair;
  readonly token: string | null;
}

const IDENTITY = 'okno-device';

/** What the server wants to see in the next proof. */
let nonce = '';
let kept: Promise<Identity | null> | null = null;

/** Pages that are not served over HTTPS (or by this very machine) have no keys: there a device cannot be paired. */
export const canPair = globalThis.isSecureContext && globalThis.crypto?.subtle !== undefined;

/** Makes a new key pair for this device and forgets the one before; gives the public half. */
export async function newIdentity(): Promise<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  await keep({ keys, token: null });
  return publicKeyOf(keys);
}

/** Keeps the token with the key to which it is bound. */
export async function keepToken(token: string): Promise<void> {
  const identity = await identityOf();
  if (identity !== null) await keep({ ...identity, token });
}

async function keep(identity: Identity): Promise<void> {
  await set(IDENTITY, identity);
  kept = Promise.resolve(identity);
}

function identityOf(): Promise<Identity | null> {
  kept ??= (async () => {
    if (!canPair) return null;
    return (await get<Identity>(IDENTITY)) ?? null;
  })();
  return kept;
}

/** True when this browser was let in as a device. */
export async function isPaired(): Promise<boolean> {
  return ((await identityOf().catch(() => null))?.token ?? null) !== null;
}

async function publicKeyOf({ publicKey }: CryptoKeyPair): Promise<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { kty: 'EC', crv: 'P-256', x, y };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const inBytes = (text: string) => new TextEncoder().encode(text);

/** The headers by which a request shows that it comes from this device; none where it was not let in. */
export async function deviceHeaders(method: string, path: string): Promise<Record<string, string>> {
  const identity = await identityOf().catch(() => null);
  if (identity === null || identity.token === null) return {};
  const { keys, token } = identity;
  const ath = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', inBytes(token))));
  const head = { typ: 'dpop+jwt', alg: 'ES256', jwk: await publicKeyOf(keys) };
  const url = server + (path.split('?')[0] ?? '');
  const claims = { jti: crypto.randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1_000), nonce, ath };
  const text = `${base64url(inBytes(JSON.stringify(head)))}.${base64url(inBytes(JSON.stringify(claims)))}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, inBytes(text));
  return { authorization: `DPoP ${token}`, dpop: `${text}.${base64url(new Uint8Array(signature))}` };
}

/** Takes the nonce of an answer; true when it is another one than the request had. */
export function tookNonce(headers: Headers): boolean {
  const next = headers.get('dpop-nonce');
  if (next === null || next === nonce) return false;
  nonce = next;
  return true;
}
