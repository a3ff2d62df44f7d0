import fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { administrator, hired } from '../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';

let city: FastifyInstance;
let issuer: string;
let node: TestNode;
let drop: () => Promise<void>;
/** Who signs in at the city's server, and what that server does wrong. */
const at = { login: 'vera', nonce: null as string | null, audience: 'okno' };

beforeAll(async () => {
  // A server as OpenID Connect has it: it knows one person at a time and asks no password.
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const asked = new Map<string, { nonce: string; challenge: string }>();
  city = fastify();
  city.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  city.get('/.well-known/openid-configuration', () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }));
  city.get('/keys', async () => ({
    keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'one' }],
  }));
  city.get<{ Querystring: Record<string, string> }>('/authorize', ({ query }, reply) => {
    asked.set('code-1', { nonce: query['nonce'] ?? '', challenge: query['code_challenge'] ?? '' });
    return reply.redirect(`${query['redirect_uri']}?code=code-1&state=${query['state']}`);
  });
  city.post<{ Body: Record<string, string> }>('/token', async ({ body }, reply) => {
    const { nonce, challenge } = asked.get(body['code'] ?? '') ?? { nonce: '', challenge: '' };
    if (
      createHash('sha256')
        .update(body['code_verifier'] ?? '')
        .digest('base64url') !== challenge
    )
      return reply.code(400).send({ error: 'invalid_grant' });
    const token = await new SignJWT({ nonce: at.nonce ?? nonce, preferred_username: at.login })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setSubject('person-1')
      .setAudience(at.audience)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    return { access_token: 'x', token_type: 'Bearer', id_token: token };
  });
  issuer = await city.listen({ host: '127.0.0.1', port: 0 });

  const database = await cloneDatabase();
  drop = database.drop;
  const oidc = { issuer, clientId: 'okno', clientSecret: 'a secret between us', loginClaim: 'preferred_username' };
  node = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true, oidc });
  const root = await administrator(node);
  await hired(node, root, 'vera', 'specialist', { kind: 'centre', id: '1' });
});

afterAll(async () => {
  await node.close();
  await city.close();
  await drop();
});

const go = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } });
const cookieOf = (response: Response, name: string) =>
  response.headers
    .getSetCookie()
    .find((one) => one.startsWith(`${name}=`) && !one.startsWith(`${name}=;`))
    ?.split(';')[0] ?? '';

/** Goes to the city's server and comes back; gives the page one lands on, and the session. */
async function journey(bend: (back: string) => string = (back) => back) {
  const begun = await go(`${node.url}/api/session/oidc`);
  const cookie = cookieOf(begun, 'okno-journey');
  const there = await go(begun.headers.get('location') ?? '');
  const back = await go(bend(there.headers.get('location') ?? ''), cookie);
  return { page: back.headers.get('location'), session: cookieOf(back, 'okno-session') };
}

test('whoever the city’s server knows is signed in to his account here, with its roles', async () => {
  expect((await node.ask('GET', '/api/session/ways')).body).toEqual({ oidc: true });
  const { page, session } = await journey();
  expect(page).toBe('/sign-in');
  const { body } = await node.ask('GET', '/api/session', undefined, { cookie: session });
  expect(body).toMatchObject({ login: 'vera', grants: [{ scope: { kind: 'centre', id: '1' } }] });
});

test('who has no account here, a forged answer, or one for somebody else, is not signed in', async () => {
  const refused = { page: '/sign-in?problem=sign-in-refused', session: '' };
  at.login = 'nobody-here';
  expect(await journey()).toEqual(refused);
  at.login = 'Not A Login';
  expect(await journey()).toEqual(refused);
  at.login = 'vera';
  expect(await journey((back) => back.replace(/state=[^&]+/, 'state=forged'))).toEqual(refused);
  expect(await journey((back) => back.replace('code-1', 'code-2'))).toEqual(refused);
  at.nonce = 'of another journey';
  expect(await journey()).toEqual(refused);
  at.nonce = null;
  at.audience = 'another-client';
  expect(await journey()).toEqual(refused);
  at.audience = 'okno';
  // Without the cookie that began the journey the answer is worth nothing: a link sent by somebody else.
  const begun = await go(`${node.url}/api/session/oidc`);
  const there = await go(begun.headers.get('location') ?? '');
  expect((await go(there.headers.get('location') ?? '')).headers.get('location')).toBe(refused.page);
});
