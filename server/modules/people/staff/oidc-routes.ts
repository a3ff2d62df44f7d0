import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wayContract } from '../../../../contract/people.ts';
import { ProblemError } from '../../../../core/problems.ts';
import { readJourney } from '../../../platform/oidc.ts';
import { sessionCookie } from '../../../platform/session-cookie.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleSetting } from '../setting.ts';
import { openStaffOidc } from './oidc.ts';
import { signInAs } from './sign-in.ts';

const COOKIE = 'okno-journey';
const JOURNEY_SECONDS = 600;
const PATH = '/api/session/oidc';

/** Signing in at the city's own server. Not part of the contract for programs: a browser goes there and comes back. */
export function oidcRoutes(app: FastifyInstance, { pool, oidc: setting, changed }: PeopleSetting): void {
  serve(app, wayContract, { 'GET /api/session/ways': () => ({ oidc: setting !== null }) });
  if (setting === null) return;
  const oidc = openStaffOidc(setting);
  const here = ({ protocol, host }: FastifyRequest, path: string) => `${protocol}://${host}${path}`;
  /** A browser is shown a page, not JSON: the page says what went wrong in its language. */
  const problemPage = (error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
    return `/sign-in?problem=${error.problem.code}`;
  };

  app.get(PATH, async (request, reply) => {
    const begun = await oidc.begin(here(request, `${PATH}/back`)).catch(problemPage);
    if (typeof begun === 'string') return reply.redirect(begun);
    // Of the same site would not do: it has to come back with the browser from the other server.
    const options = { path: PATH, httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' } as const;
    void reply.setCookie(COOKIE, JSON.stringify(begun.journey), { ...options, maxAge: JOURNEY_SECONDS });
    return reply.redirect(begun.url);
  });

  app.get(`${PATH}/back`, async (request, reply) => {
    void reply.clearCookie(COOKIE, { path: PATH });
    const journey = readJourney(request.cookies[COOKIE]);
    const target = await oidc
      .finish(here(request, request.url), journey)
      .then(async (login) => {
        sessionCookie(request, reply).begin(await signInAs(pool, login));
        changed();
        return '/sign-in';
      })
      .catch(problemPage);
    return reply.redirect(target);
  });
}
