import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance, type FastifySchema } from 'fastify';
import { problem, ProblemError, statusOf } from '../../core/problems.ts';
import type { Instant } from '../../core/time/instant.ts';
import { checkInput, malformed, REPEATED, textFault } from './check-input.ts';
import { limitConnections } from './connections.ts';
import type { Log } from './log.ts';
import { problemOf, replyProblem, unkeepable } from './problem-reply.ts';
import { writeReply } from './serve.ts';
import { cutSlowBodies, HEADERS_MS, REQUEST_MS } from './slow-bodies.ts';
import type { Door } from './door.ts';

/** A route as it was registered, for code that needs all of them. */
export interface RegisteredRoute {
  readonly method: string;
  readonly url: string;
  readonly schema: Readonly<Partial<Record<'params' | 'querystring' | 'body', unknown>>>;
  readonly right: string | null;
  /** Media types of a body that is not JSON. */
  readonly takes: readonly string[] | null;
}

declare module 'fastify' {
  interface FastifyInstance {
    registeredRoutes: RegisteredRoute[];
  }
}

/** The largest body of a request in bytes. */
const BODY_BYTES_MAX = 64 * 1024;
/** How often it is looked whose time is over. */
const CHECK_MS = 5_000;

/** The server before any route: headers, cookies, checks of what comes in, and problems in words. */
export async function openHttp(door: Door, log: Log, now: () => Instant): Promise<FastifyInstance> {
  const { tls, behindProxy } = door;
  const server = { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS };
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
    logger: false,
    requestTimeout: REQUEST_MS,
    trustProxy: behindProxy.length > 0 ? [...behindProxy] : false,
    // What is no address at all comes before any route: it is answered as every other problem.
    frameworkErrors: (error, request, reply) =>
      void replyProblem(request, reply, problemOf(error, BODY_BYTES_MAX, request)),
    ...(tls === null ? { http: server } : { https: { ...tls, ...server, minVersion: 'TLSv1.2' as const } }),
  }) as FastifyInstance;
  app.decorate('troublePage', { draw: null });
  app.decorate('registeredRoutes', []);
  app.addHook('onRoute', (route) => {
    const { method, url, config } = route;
    route.schema = withOwnQuery(url, route.schema);
    const { schema } = route;
    const { right = null, takes = null } = (config ?? {}) as Partial<Pick<RegisteredRoute, 'right' | 'takes'>>;
    for (const one of [method].flat()) app.registeredRoutes.push({ method: one, url, schema, right, takes });
  });
  limitConnections(app, door);
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: tls !== null && { maxAge: HSTS_SECONDS },
  });
  await app.register(cookie);
  app.decorateRequest('asker');
  app.addHook('onRequest', async ({ url, query, params }, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (url.startsWith('/api/')) void reply.header('cache-control', 'no-store').header(CSP, DATA_POLICY);
    mustBePlain(query, 'querystring');
    mustBePlain(params, 'params');
  });
  // A form's fields come after the rights are checked.
  app.addHook('preValidation', async ({ body, headers }) => {
    if (/^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')) mustBePlain(body, 'body');
  });
  cutSlowBodies(app, BODY_BYTES_MAX);
  app.setValidatorCompiler((part) => checkInput(part, now));
  app.setSerializerCompiler(writeReply);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const found = problemOf(error, request.routeOptions.bodyLimit ?? BODY_BYTES_MAX, request);
    // Whatever a handler did not expect stays visible, also where the caller is told something gentler.
    if (!(error instanceof ProblemError) && (statusOf(found.code) >= 500 || unkeepable(error)))
      log.error(`${request.method} ${request.routeOptions.url ?? ''} failed`, error);
    return replyProblem(request, reply, found);
  });
  app.setNotFoundHandler((request, reply) =>
    replyProblem(request, reply, problem('unknown-route', { route: `${request.method} ${request.url.split('?')[0]}` })),
  );
  return app;
}

/** One for all routes without a query: it is compiled once. */
const NO_QUERY = { type: 'object', properties: {}, additionalProperties: false };

/**
 * A call of the API names only what its route knows: a trial (`?dryRun=true`) where nothing is tried would be carried out. Pages
 * and probes take what others add to their addresses.
 */
function withOwnQuery(url: string, schema: FastifySchema = {}): FastifySchema {
  if (!url.startsWith('/api/')) return schema;
  const { querystring = NO_QUERY } = schema;
  return { ...schema, querystring: { additionalProperties: false, ...(querystring as object) } };
}

/** What every address and form is held to, of whatever route: a name that comes twice means two things, and neither is guessed; text can be kept. */
function mustBePlain(values: unknown, part: string): void {
  for (const [name, value] of Object.entries((values ?? {}) as Record<string, unknown>)) {
    const fault = Array.isArray(value) ? REPEATED : (textFault(name) ?? textFault(String(value)));
    if (fault !== null) throw new ProblemError(malformed(`${part}/${name.toWellFormed()}`, fault));
  }
}

const HSTS_SECONDS = 365 * 24 * 3_600;

/** The one style that react-aria puts into pages itself: it keeps fingers from zooming what they press. */
const PRESSABLE_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

const CSP = 'content-security-policy';
/** Of what programs read a browser may do nothing with, wherever it is opened. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Only our own files; nothing else inline, nothing framed. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", PRESSABLE_STYLE],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'media-src': ["'self'"],
  'frame-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};
