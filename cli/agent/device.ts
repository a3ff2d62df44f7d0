import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../server/platform/index.ts';
import { fetchFrom, jsonFrom } from './server.ts';

/** What the agent keeps between two starts: its key, its token, and where it belongs. */
interface Kept {
  readonly privateKey: JWK;
  readonly publicKey: JWK;
  readonly token: string | null;
  readonly centreId: number | null;
}

/** The agent's own identity, and requests that prove it. */
export interface Device {
  readonly publicKey: JWK;
  readonly centreId: number | null;
  readonly fingerprint: string;
  paired(token: string, centreId: number): void;
  /** Asks a route, with JSON or with bytes as they are, which may have a name; gives the answer's JSON. Throws Refusal, or an Error when the server is away. */
  ask(method: string, path: string, body?: object, named?: string): Promise<unknown>;
}

/** The server said no to what it was sent, in a sentence; it will say so again. */
export class Refusal extends Error {}

const FINGERPRINT_SIGNS = 8;
const ANSWER_MS = 10_000;
const UPLOAD_MS = 120_000;
const NOT_TAKEN = new Set([400, 404, 409, 413, 415, 422]);

/** Opens the identity in the folder, making a key on the first start. Only this user can read it. */
export async function openDevice(url: string, folder: string): Promise<Device> {
  await makeFolder(folder, 0o700);
  const file = join(folder, 'device.json');
  let kept = existsSync(file) ? keptIn(file) : await newIdentity();
  const keep = () => writeFileSync(file, JSON.stringify(kept), { mode: 0o600, flush: true });
  keep();
  const key = await importJWK(kept.privateKey, 'ES256');
  let nonce = '';
  const headers = async (method: string, path: string): Promise<Record<string, string>> => {
    if (kept.token === null) return {};
    const ath = createHash('sha256').update(kept.token).digest('base64url');
    const htu = url + path.replace(/\?.*$/, '');
    const proof = await new SignJWT({ jti: randomUUID(), htm: method, htu, nonce, ath })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: kept.publicKey })
      .sign(key);
    return { authorization: `DPoP ${kept.token}`, dpop: proof };
  };
  const ask = async (method: string, path: string, body?: object, named?: string, again = true): Promise<unknown> => {
    const shown = nonce;
    const isBytes = Buffer.isBuffer(body);
    const type = isBytes ? 'application/octet-stream' : 'application/json';
    const response = await fetchFrom(url, path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': type }),
        // Not in the address, which is written into logs (RFC 8187).
        ...(named === undefined
          ? {}
          : { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(named)}` }),
        ...(await headers(method, path)),
      },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(isBytes ? UPLOAD_MS : ANSWER_MS),
    });
    const reply = (await jsonFrom(url, response)) as { code?: string; detail?: string };
    const next = response.headers.get('dpop-nonce') ?? nonce;
    const renewed = next !== shown;
    nonce = next;
    if (response.ok) return reply;
    if (reply.code === 'device-proof' && renewed && again) return ask(method, path, body, named, false);
    const sentence = reply.detail ?? `the server answered ${response.status}`;
    throw NOT_TAKEN.has(response.status) ? new Refusal(sentence) : new Error(sentence);
  };
  return {
    publicKey: kept.publicKey,
    get centreId() {
      return kept.centreId;
    },
    fingerprint: (await calculateJwkThumbprint(kept.publicKey)).slice(0, FINGERPRINT_SIGNS),
    paired: (token, centreId) => {
      kept = { ...kept, token, centreId };
      keep();
    },
    ask: (method, path, body, named) => ask(method, path, body, named),
  };
}

function keptIn(file: string): Kept {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    if (typeof kept.privateKey === 'object' && typeof kept.publicKey === 'object') return kept;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(
    `${file} is broken: this agent does not know its key. Remove the file, start again, and pair it again.`,
  );
}

async function newIdentity(): Promise<Kept> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty = '', crv = '', x = '', y = '' } = (await exportJWK(publicKey)) as Record<string, string>;
  return { privateKey: await exportJWK(privateKey), publicKey: { kty, crv, x, y }, token: null, centreId: null };
}
