import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookie that says who is signed in: opaque, for this server only, out of the reach of scripts. */
export interface SessionCookie {
  readonly token: string | null;
  begin(token: string): void;
  end(): void;
  /** What this browser has kept of being signed in here before; null: nothing. */
  readonly browser: string | null;
  keep(browser: string): void;
}

const PLAIN = 'okno-session';
/** Browsers take a cookie of this name only from this very host, over TLS. */
const OVER_TLS = `__Host-${PLAIN}`;
/** Outlives the session: it marks a browser in which a person has signed in before. It opens nothing. */
const BROWSER = 'okno-browser';
const BROWSER_SECONDS = 180 * 24 * 3_600;

export function sessionCookie(request: FastifyRequest, reply: FastifyReply): SessionCookie {
  const secure = request.protocol === 'https';
  const name = secure ? OVER_TLS : PLAIN;
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return {
    token: sessionToken(request),
    begin: (token) => void reply.setCookie(name, token, options),
    end: () => void reply.clearCookie(name, options),
    browser: request.cookies[BROWSER] ?? null,
    keep: (browser) =>
      void reply.setCookie(BROWSER, browser, { ...options, path: '/api/session', maxAge: BROWSER_SECONDS }),
  };
}

/** What the browser shows as its session; null when it shows none. */
export function sessionToken(request: FastifyRequest): string | null {
  return request.cookies[request.protocol === 'https' ? OVER_TLS : PLAIN] ?? null;
}
