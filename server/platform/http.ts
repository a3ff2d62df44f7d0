import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { problem } from '../../core/problems.ts';
import type { Log } from './log.ts';
import { problemOf, replyProblem } from './problem-reply.ts';
import { checkInput, writeReply } from './serve.ts';

/** How the outside reaches a node. */
export interface Door {
  /** The server's certificate and key (PEM); null where it speaks plain HTTP. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** The proxies (CIDR) whose word about the caller's address and protocol is taken; of nobody else it is. */
  readonly behindProxy: readonly string[];
}

export const PLAIN_DOOR: Door = { tls: null, behindProxy: [] };

/** The largest body of a request in bytes. */
const BODY_BYTES_MAX = 64 * 1024;

/** The server before any route: headers, cookies, checks of what comes in, and problems in words. */
export async function openHttp({ tls, behindProxy }: Door, log: Log): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
    logger: false,
    trustProxy: behindProxy.length > 0 ? [...behindProxy] : false,
    ...(tls !== null && { https: { ...tls, minVersion: 'TLSv1.2' as const } }),
  }) as FastifyInstance;
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: tls !== null && { maxAge: HSTS_SECONDS },
  });
  await app.register(cookie);
  app.decorateRequest('asker');
  app.addHook('onRequest', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'));
  app.setValidatorCompiler(checkInput);
  app.setSerializerCompiler(writeReply);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const found = problemOf(error, request.routeOptions.bodyLimit ?? BODY_BYTES_MAX);
    if (found.code === 'internal') log.error(`${request.method} ${request.routeOptions.url ?? ''} failed`, error);
    return replyProblem(request, reply, found);
  });
  app.setNotFoundHandler((request, reply) =>
    replyProblem(request, reply, problem('unknown-route', { route: `${request.method} ${request.url.split('?')[0]}` })),
  );
  return app;
}

const HSTS_SECONDS = 365 * 24 * 3_600;

/** The one style that react-aria puts into pages itself: it keeps fingers from zooming what they press. */
const PRESSABLE_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

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
