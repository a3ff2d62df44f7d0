import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Answer, TestNode } from './test-node.ts';

/** A device with a key of its own, as a browser or an agent would be. */
export interface TestDevice {
  readonly publicKey: object;
  token: string;
  ask(method: string, path: string, body?: unknown, change?: Partial<ProofParts>): Promise<Answer>;
}

interface ProofParts {
  readonly method: string;
  readonly url: string;
  readonly nonce: string;
  readonly jti: string;
  readonly token: string;
  readonly key: KeyObject;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function testDevice(node: TestNode): TestDevice {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  let nonce = '';
  const proofOf = (parts: ProofParts) => {
    const head = base64url({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } });
    const ath = createHash('sha256').update(parts.token).digest('base64url');
    const claims = { jti: parts.jti, htm: parts.method, htu: parts.url, iat: 0, nonce: parts.nonce, ath };
    const text = `${head}.${base64url(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key: parts.key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
  const self: TestDevice = {
    publicKey: { kty, crv, x, y },
    token: '',
    ask: async (method, path, body, change = {}) => {
      const url = node.url + path;
      const send = async () => {
        const parts = { method, url, nonce, jti: randomUUID(), token: self.token, key: privateKey, ...change };
        return node.ask(method, path, body, { authorization: `DPoP ${self.token}`, dpop: proofOf(parts) });
      };
      let answer = await send();
      const next = answer.headers.get('dpop-nonce') ?? '';
      if (answer.body.code === 'device-proof' && nonce !== next) {
        nonce = next;
        answer = await send();
      }
      return answer;
    },
  };
  return self;
}
