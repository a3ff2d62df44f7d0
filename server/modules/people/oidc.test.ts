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
let databaseUrl: string;
const oidcOf = () => ({
  issuer,
  clientId: 'okno',
  clientSecret: 'a secret between us',
  loginClaim: 'preferred_username',
});
const NO_POST = { mail: null, sms: null };
/** The person who signs in at the city's server, and the faults of that server. */
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
    asked.delete(body['code'] ?? '');
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
  databaseUrl = database.url;
  node = await startTestNode(databaseUrl, [testCentre(1)], 0, { requireKeys: true, oidc: oidcOf() });
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

const journeyCookie = (response: Response) =>
  response.headers
    .getSetCookie()
    .find((one) => one.startsWith('okno-journey.') && !one.includes('=;'))
    ?.split(';')[0] ?? '';

/** Goes to the city's server and comes back; gives the page one lands on, and the session. */
async function journey(bend: (back: string) => string = (back) => back, from = '/api/session/oidc') {
  const begun = await go(`${node.url}${from}`);
  const cookie = journeyCookie(begun);
  const there = await go(begun.headers.get('location') ?? '');
  const back = await go(bend(there.headers.get('location') ?? ''), cookie);
  return { page: back.headers.get('location'), session: cookieOf(back, 'okno-session') };
}

test('a person whom the city’s server knows is signed in to their account here, with its roles', async () => {
  expect((await node.ask('GET', '/api/session/ways')).body).toEqual({ oidc: true });
  const { page, session } = await journey();
  expect(page).toBe('/sign-in');
  const { body } = await node.ask('GET', '/api/session', undefined, { cookie: session });
  expect(body).toMatchObject({ login: 'vera', grants: [{ scope: { kind: 'centre', id: '1' } }] });
  expect((await journey(undefined, '/api/session/oidc?to=/hall/1')).page).toBe('/sign-in?to=%2Fhall%2F1');
  expect((await journey(undefined, '/api/session/oidc?to=//elsewhere.example')).page).toBe('/sign-in');
});

test('a person without an account here, or with another person’s answer, is not signed in', async () => {
  const refused = { page: '/sign-in?problem=sign-in-refused', session: '' };
  at.login = 'nobody-here';
  expect(await journey()).toEqual(refused);
  at.login = 'Not A Login';
  expect(await journey()).toEqual(refused);
  at.login = 'vera';
  at.nonce = 'of another journey';
  expect(await journey()).toEqual(refused);
  at.nonce = null;
  at.audience = 'another-client';
  expect(await journey()).toEqual(refused);
  at.audience = 'okno';
});

test('several tabs do not get in each other’s way', async () => {
  const [one, other] = [await go(`${node.url}/api/session/oidc`), await go(`${node.url}/api/session/oidc`)];
  const jar = [journeyCookie(one), journeyCookie(other)].join('; ');
  for (const begun of [one, other]) {
    const there = await go(begun.headers.get('location') ?? '');
    const back = await go(there.headers.get('location') ?? '', jar);
    expect(back.headers.get('location')).toBe('/sign-in');
    expect(cookieOf(back, 'okno-session')).not.toBe('');
  }
});

test('a browser keeps a few journeys, however many are begun', async () => {
  let jar = new Map<string, string>();
  for (let tab = 0; tab < 20; tab += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const begun = await go(`${node.url}/api/session/oidc`, cookie);
    for (const set of begun.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar = jar.set(name, value);
    }
  }
  expect(jar.size).toBeLessThanOrEqual(6);
});

test('cancelled, used before, forged, kept as a bookmark: each time a sentence, and a way to begin again', async () => {
  const over = { page: '/sign-in?problem=sign-in-over', session: '' };
  expect(await journey((back) => back.replace(/state=[^&]+/, 'state=forged'))).toEqual(over);
  expect(await journey((back) => back.replace('code-1', 'code-2'))).toEqual(over);
  expect((await go(`${node.url}/api/session/oidc/back`)).headers.get('location')).toBe(over.page);
  expect(await journey((back) => back.replace('code=code-1', 'error=access_denied'))).toEqual({
    page: '/sign-in?problem=sign-in-cancelled',
    session: '',
  });
  expect((await journey((back) => back.replace('code=code-1', 'error=server_error'))).page).toBe(
    '/sign-in?problem=sign-in-server-away',
  );
  // Without the cookie that began the journey the answer is worth nothing: a link sent by another person.
  const begun = await go(`${node.url}/api/session/oidc`);
  const there = await go(begun.headers.get('location') ?? '');
  const back = there.headers.get('location') ?? '';
  expect((await go(back)).headers.get('location')).toBe(over.page);
  // Going back to an earlier address does not end the session.
  const cookie = journeyCookie(begun);
  const session = cookieOf(await go(back, cookie), 'okno-session');
  expect((await go(back, session)).headers.get('location')).toBe('/sign-in');
  expect((await go(back, cookie)).headers.get('location'), 'nor is it good twice').toBe(over.page);
});

test('nobody is sent back to where the caller says that this site is', async () => {
  const askFor = async (host: string) => {
    const { request } = await import('node:http');
    return new Promise<string>((resolve, reject) => {
      const { port } = new URL(node.url);
      const asked = request({ host: '127.0.0.1', port, path: '/api/session/oidc', headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.headers.location ?? '');
      });
      asked.on('error', reject);
      asked.end();
    });
  };
  expect(await askFor('elsewhere.example')).toBe('/sign-in?problem=site-address-unknown');
  const redirectOf = (url: string) => new URL(url).searchParams.get('redirect_uri');
  expect(redirectOf(await askFor(new URL(node.url).host))).toBe(`${node.url}/api/session/oidc/back`);
});

test('where the administrator has said under which address the site is, one is sent back there', async () => {
  const site = 'https://okno.example';
  const post = { ...NO_POST, site };
  const known = await startTestNode(databaseUrl, [], 0, { requireKeys: true, oidc: oidcOf(), post, alone: true });
  const redirect = async (path: string) => (await go(`${known.url}${path}`)).headers.get('location') ?? '';
  const first = await redirect('/api/session/oidc?to=/hall/1');
  expect(first, 'the journey begins where it will end').toBe(`${site}/api/session/oidc?to=%2Fhall%2F1&here=1`);
  const there = await redirect('/api/session/oidc?to=/hall/1&here=1');
  expect(new URL(there).searchParams.get('redirect_uri')).toBe(`${site}/api/session/oidc/back`);
  await known.close();
});
