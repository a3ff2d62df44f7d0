import { oidcContract } from '../../../../contract/oidc.ts';
import { wayContract } from '../../../../contract/people.ts';
import { type ProblemCode, ProblemError } from '../../../../core/problems.ts';
import { beginJourney, endJourney } from '../../../platform/journeys.ts';
import { openOidc, type Outcome } from '../../../platform/oidc.ts';
import { sessionCookie } from '../../../platform/session-cookie.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleContext } from '../context.ts';
import { loginOf, STAFF_SCOPE } from './oidc.ts';
import { signedIn, signInAs } from './sign-in.ts';

const PLACE = { cookie: 'okno-journey', path: '/api/session/oidc' } as const;

/** What is said to staff who came back without being let in. */
const PROBLEMS = {
  cancelled: 'sign-in-cancelled',
  over: 'sign-in-over',
  refused: 'sign-in-refused',
  away: 'sign-in-server-away',
} as const satisfies Record<Exclude<Outcome['kind'], 'in'>, ProblemCode>;

/** Signing in at the city's own server: a browser goes there and comes back. */
export function oidcRoutes({ http, db, oidc: setting, changed }: PeopleContext): void {
  serve(http, wayContract, { 'GET /api/session/ways': () => ({ oidc: setting !== null }) });
  if (setting === null) return;
  const oidc = openOidc(setting);
  /** A browser is shown a page, not JSON: the page says what went wrong in its language, and has a way in. */
  const pageFor = (to: string | null, problem?: ProblemCode) => {
    const query = new URLSearchParams({ ...(problem !== undefined && { problem }), ...(to !== null && { to }) });
    return query.size === 0 ? '/sign-in' : `/sign-in?${query.toString()}`;
  };

  serve(http, oidcContract, {
    'GET /api/session/oidc': async (request, reply) => {
      const { to } = request.query;
      const kept = to !== undefined && /^\/[a-z][\w/-]{0,200}(\?[\w=&%.-]{0,300})?$/.test(to) ? { to } : {};
      const target = await beginJourney(request, reply, { oidc, place: PLACE, scope: STAFF_SCOPE, ...kept }).catch(
        (error: unknown) => {
          if (!(error instanceof ProblemError)) throw error;
          return pageFor(kept.to ?? null, error.problem.code);
        },
      );
      return reply.redirect(target ?? pageFor(kept.to ?? null, 'site-address-unknown'));
    },

    'GET /api/session/oidc/back': async (request, reply) => {
      const session = sessionCookie(request, reply);
      const { outcome, to } = await endJourney(request, reply, { oidc, place: PLACE });
      if (outcome.kind !== 'in') {
        // A person who is signed in has only come back to an earlier page.
        const isIn = session.token !== null && (await signedIn(db, session.token)) !== null;
        return reply.redirect(outcome.kind === 'over' && isIn ? pageFor(to) : pageFor(to, PROBLEMS[outcome.kind]));
      }
      const login = loginOf(outcome.claims, setting);
      const token = login === null ? null : await signInAs(db, login);
      if (token === null) return reply.redirect(pageFor(to, 'sign-in-refused'));
      session.begin(token);
      changed();
      return reply.redirect(pageFor(to));
    },
  });
}
