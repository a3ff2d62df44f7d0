import { cabinetPageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, type ProblemCode, ProblemError, sentenceOf, statusOf } from '../../../core/problems.ts';
import { beginJourney, endJourney } from '../../platform/journeys.ts';
import type { Oidc, Outcome } from '../../platform/oidc.ts';
import { bookingToken } from '../booking/index.ts';
import { replyOf } from './ask-api.ts';
import type { Site } from './context.ts';
import { keepBooking } from './kept-booking.ts';
import { bookingsOfAccount } from './queries.ts';
import { accountIn, signIn, signOut } from './visitor-session.ts';

const PLACE = { cookie: 'okno-login', path: '/login' } as const;

/** What is said to visitors who came back without being let in. */
const PROBLEMS = {
  cancelled: 'visitor-login-cancelled',
  over: 'visitor-login-over',
  refused: 'visitor-login-refused',
  away: 'visitor-login-away',
} as const satisfies Record<Exclude<Outcome['kind'], 'in'>, ProblemCode>;

/** Signing in by the city's or the state's login: one's own bookings without their codes. Nothing is asked of the person but their identity there. */
export function cabinetPages(app: FastifyInstance, site: Site, oidc: Oidc): void {
  const { db, tokenKey, draw, visitorOf } = site;

  serve(app, cabinetPageContract, {
    'GET /login': async (request, reply) => {
      const target = await beginJourney(request, reply, { oidc, place: PLACE, scope: 'openid' }).catch(
        (error: unknown) => {
          if (error instanceof ProblemError) return null;
          throw error;
        },
      );
      return target === null ? told(site, request, reply, 'visitor-login-away') : reply.redirect(target, 303);
    },

    'GET /login/back': async (request, reply) => {
      const { outcome } = await endJourney(request, reply, { oidc, place: PLACE });
      if (outcome.kind !== 'in') {
        // A visitor who is signed in has only come back to an earlier page.
        if (outcome.kind === 'over' && (await accountIn(site, request)) !== null)
          return reply.redirect('/cabinet', 303);
        return told(site, request, reply, PROBLEMS[outcome.kind]);
      }
      const { iss: issuer, sub: subject } = outcome.claims;
      await signIn(site, request, reply, { issuer, subject });
      return reply.redirect('/cabinet', 303);
    },

    'GET /cabinet': async (request, reply) => {
      const visitor = visitorOf(request);
      const accountId = await accountIn(site, request);
      if (accountId === null) return reply.redirect('/login', 303);
      const ids = await db.read((tx) => bookingsOfAccount(tx, accountId));
      const bookings = await Promise.all(
        ids.map(async (bookingId) =>
          replyOf(
            await site.ask(visitor, 'POST /api/own-booking/look', {
              body: { token: bookingToken(tokenKey, bookingId) },
            }),
          ),
        ),
      );
      return draw(visitor, reply, { page: 'cabinet', bookings: bookings.filter((one) => one !== null) });
    },

    'POST /cabinet/open': async (request, reply) => {
      const accountId = await accountIn(site, request);
      const bookingId = request.body?.['booking'] ?? '';
      const own = accountId === null ? [] : await db.read((tx) => bookingsOfAccount(tx, accountId));
      if (!own.includes(bookingId)) return reply.redirect('/cabinet', 303);
      keepBooking(request, reply, bookingToken(tokenKey, bookingId));
      return reply.redirect('/my-booking/show', 303);
    },

    'POST /logout/all': async (request, reply) => {
      await signOut(site, request, reply, 'everywhere');
      return reply.redirect('/', 303);
    },

    'POST /logout': async (request, reply) => {
      await signOut(site, request, reply, 'here');
      return reply.redirect('/', 303);
    },
  });
}

/** What went wrong, with a way to begin again. */
function told(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  code: (typeof PROBLEMS)[keyof typeof PROBLEMS],
): FastifyReply {
  const visitor = site.visitorOf(request);
  const page = { page: 'login-trouble', problem: sentenceOf(problem(code, {}), visitor.language) } as const;
  return site.draw(visitor, reply, page, statusOf(code));
}
