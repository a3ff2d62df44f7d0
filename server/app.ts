import helmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { contract } from '../contract/index.ts';
import { problem } from '../core/problems.ts';
import { suggestReserve } from '../core/queue/advice.ts';
import { networkRoutes, nextOpenDay } from './modules/network/index.ts';
import { guardRequests } from './modules/people/index.ts';
import { keepPerson, proofRoutes, queueRoutes, takeSeat } from './modules/queue/index.ts';
import { openHalls } from './halls.ts';
import { startJobs } from './jobs.ts';
import { servePages } from './pages.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import { type Installation, installationKey } from './platform/installation.ts';
import type { Log } from './platform/log.ts';
import { platformRoutes } from './platform/platform-routes.ts';
import { problemOf, replyProblem } from './platform/problem-reply.ts';
import { checkInput } from './platform/serve.ts';
import { openWatch } from './platform/watch.ts';

export interface AppSetting {
  readonly database: Database;
  readonly clock: Clock;
  readonly installation: Installation;
  /** The folder of the built screens. */
  readonly pages: string;
  readonly version: string;
  /** Where the seals of closed days are published outside the database. */
  readonly published: { readonly file: string | null; readonly witness: string | null };
  /** Where the other nodes reach this one. */
  readonly nodeHost: string;
  /** True for a node that asks no other: every command is decided here, and the key of the log has the last word. */
  readonly alone: boolean;
  /** True where a request must show a key to do more than look. */
  readonly requireKeys: boolean;
  readonly log: Log;
}

/** The largest body of a request in bytes. */
export const BODY_BYTES_MAX = 64 * 1024;

/** The order of a request on one screen: headers, checks, the modules' routes, problems. */
export async function openApp({
  database,
  clock,
  installation,
  pages,
  version,
  published,
  nodeHost,
  alone,
  requireKeys,
  log,
}: AppSetting): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true, logger: false });
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'));
  app.setValidatorCompiler(checkInput);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const found = problemOf(error, BODY_BYTES_MAX);
    if (found.code === 'internal') log.error(`${request.method} ${request.routeOptions.url ?? ''} failed`, error);
    return replyProblem(request, reply, found);
  });
  app.setNotFoundHandler((request, reply) =>
    replyProblem(request, reply, problem('unknown-route', { route: `${request.method} ${request.url.split('?')[0]}` })),
  );

  const watch = openWatch();
  const halls = await openHalls({ database, clock, installation, version, published, nodeHost, alone, log });
  const { dayBook, directory, today } = halls;
  const fault = () => (clock.steady ? null : 'the clock jumped');
  if (requireKeys) guardRequests(app, { queries: database.pool, hallOf: (centreId) => directory.hallOf(centreId) });
  platformRoutes(app, {
    database,
    clock,
    contract,
    version,
    figures: () => ({ ...dayBook.figures, nodes: halls.nodes() }),
    fault,
  });
  networkRoutes(app, { database, directory, clock, changed: halls.rulesChanged });
  queueRoutes(app, {
    dayBook,
    today,
    now: () => clock.now(),
    hallOf: (centreId) => directory.hallOf(centreId),
    nextOpenDay: async ({ centreId, day }) => nextOpenDay(await directory.centre(centreId), day),
    watch,
    suggestions: [suggestReserve],
    visitKey: await installationKey(database.pool, 'visit-token'),
    takeSeat: (specialistId, seat) => takeSeat(database.pool, specialistId, seat),
    keepPerson: (place, person) => keepPerson(database.pool, place, person),
  });
  proofRoutes(app, database.pool, (centreId) => directory.hallOf(centreId));
  await servePages(app, pages);
  await halls.begin();
  const stopJobs = await startJobs(
    database,
    () => clock.now(),
    (message, error) => log.error(message, error),
  );
  app.addHook('onClose', async () => {
    stopJobs();
    watch.stop();
    await halls.close();
  });
  return app;
}

/** Only our own files; nothing inline, nothing framed. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};
