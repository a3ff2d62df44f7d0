import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError, sentenceOf, statusOf } from '../../../core/problems.ts';
import { HOUR } from '../../../core/time/instant.ts';
import { type Oidc, readJourney } from '../../platform/oidc.ts';
import { keepBooking, type Site, trouble } from './booking-pages.ts';
import { replyOf } from './inside.ts';
import { accountOf, beginSession, bookingsOfAccount, endSession, sessionAccount } from './store.ts';

const SESSION = 'okno-visitor';
const JOURNEY = 'okno-login';
const JOURNEY_SECONDS = 600;
const SESSION_MS = 12 * HOUR;
const BACK = '/login/back';

type Form = { readonly Body: Readonly<Record<string, string | undefined>> | undefined };

/** Signing in by the city's or the state's login: one's own bookings without their codes. Nothing is asked of the person but who he is there. */
export function cabinetPages(app: FastifyInstance, site: Site, oidc: Oidc): void {
  const { city, draw, visitorOf } = site;

  app.get('/login', async (request, reply) => {
    const begun = await oidc.begin(here(request, BACK), 'openid').catch(problemOf);
    if (begun instanceof ProblemError) return told(site, request, reply, begun);
    // Of the same site would not do: it has to come back with the browser from the other server.
    const kept = { path: '/login', httpOnly: true, sameSite: 'lax', secure: isSecure(request) } as const;
    void reply.setCookie(JOURNEY, JSON.stringify(begun.journey), { ...kept, maxAge: JOURNEY_SECONDS });
    return reply.redirect(begun.url, 303);
  });

  app.get(BACK, { helmet: {} }, async (request, reply) => {
    void reply.clearCookie(JOURNEY, { path: '/login' });
    const claims = await oidc
      .finish(here(request, request.url), readJourney(request.cookies[JOURNEY]))
      .catch(problemOf);
    if (claims instanceof ProblemError) return told(site, request, reply, claims);
    const token = randomBytes(32).toString('base64url');
    // Who he is is what his server calls him: an address that two servers tell is never taken for one person.
    const accountId = await accountOf(city.queries, claims.iss, claims.sub);
    await beginSession(city.queries, hashOf(token), accountId, city.now() + SESSION_MS);
    void reply.setCookie(SESSION, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request) });
    return reply.redirect('/cabinet', 303);
  });

  app.get('/cabinet', { helmet: {} }, async (request, reply) => {
    const visitor = visitorOf(request);
    const accountId = await accountIn(site, request);
    if (accountId === null) return reply.redirect('/login', 303);
    const ids = await bookingsOfAccount(city.queries, accountId);
    const bookings = await Promise.all(
      ids.map(async (bookingId) =>
        replyOf(await site.ask(visitor, 'POST /api/own-booking/look', { body: { token: city.tokenOf(bookingId) } })),
      ),
    );
    return draw(visitor, reply, { page: 'cabinet', bookings: bookings.filter((one) => one !== null) });
  });

  app.post<Form>('/cabinet/open', { helmet: {} }, async (request, reply) => {
    const accountId = await accountIn(site, request);
    const bookingId = request.body?.['booking'] ?? '';
    const own = accountId === null ? [] : await bookingsOfAccount(city.queries, accountId);
    if (!own.includes(bookingId)) return reply.redirect('/cabinet', 303);
    keepBooking(request, reply, city.tokenOf(bookingId));
    return reply.redirect('/my-booking/show', 303);
  });

  app.post('/logout', async (request, reply) => {
    const token = request.cookies[SESSION];
    if (token !== undefined) await endSession(city.queries, hashOf(token));
    void reply.clearCookie(SESSION, { path: '/' });
    return reply.redirect('/', 303);
  });
}

/** The account of whoever is signed in here; null: nobody. */
export async function accountIn({ city }: Pick<Site, 'city'>, { cookies }: FastifyRequest): Promise<string | null> {
  const token = cookies[SESSION];
  return token === undefined ? null : sessionAccount(city.queries, hashOf(token), city.now());
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function isSecure({ protocol }: FastifyRequest): boolean {
  return protocol === 'https';
}

function here({ protocol, host }: FastifyRequest, path: string): string {
  return `${protocol}://${host}${path}`;
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  throw error;
}

function told(site: Site, request: FastifyRequest, reply: FastifyReply, { problem }: ProblemError): FastifyReply {
  const visitor = site.visitorOf(request);
  const { code } = problem;
  const refused = { code, status: statusOf(code), detail: sentenceOf(problem, visitor.language), params: {} };
  return trouble(site, visitor, reply, refused);
}
