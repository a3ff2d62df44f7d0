import helmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { contract } from '../contract/index.ts';
import { problem, type ProblemCode, ProblemError } from '../core/problems.ts';
import type { CentreId } from '../core/queue/ids.ts';
import { addDays, businessDayAt } from '../core/time/civil.ts';
import { configurationOf, networkRoutes, nextOpenDay, openDirectory, planDay } from './modules/network/index.ts';
import { DayBook, keepPerson, type LiveHall, queueRoutes } from './modules/queue/index.ts';
import { servePages } from './pages.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import { type Installation, installationKey } from './platform/installation.ts';
import type { Log } from './platform/log.ts';
import { platformRoutes } from './platform/platform-routes.ts';
import { problemOf, replyProblem } from './platform/problem-reply.ts';
import { checkInput } from './platform/serve.ts';

export interface AppSetting {
  readonly database: Database;
  readonly clock: Clock;
  readonly installation: Installation;
  /** The folder of the built screens. */
  readonly pages: string;
  readonly version: string;
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

  const directory = openDirectory(database);
  const dayBook = new DayBook({
    database,
    clock,
    plan: async (key) => {
      const { bounds, configuration } = await planDay(database, directory, key, clock.now());
      return { opening: { ...bounds, home: installation.home }, configuration };
    },
    log: (message, error) => log.error(message, error),
  });
  const today: LiveHall['today'] = async (centreId) => {
    const hallId = await directory.hallOf(centreId);
    const { centre } = await directory.centre(hallId);
    return { centreId: hallId, day: businessDayAt(clock.now(), centre.time_zone) };
  };

  const fault = () =>
    clock.steady ? (dayBook.daysUnreadable > 0 ? 'a day cannot be read' : null) : 'the clock jumped';
  platformRoutes(app, { database, clock, contract, version, fault });
  const changed = async (centreId: CentreId) => {
    const key = await today(centreId);
    await dayBook
      .configure(key, await configurationOf(database, directory, centreId, key.day))
      .catch((error: unknown) => {
        // A hall that does not receive today learns its rules when it opens.
        if (!(error instanceof ProblemError) || !NOT_RECEIVING.has(error.problem.code)) throw error;
      });
  };
  networkRoutes(app, { database, directory, clock, changed });
  queueRoutes(app, {
    dayBook,
    today,
    now: () => clock.now(),
    hallOf: (centreId) => directory.hallOf(centreId),
    nextOpenDay: async ({ centreId, day }) => nextOpenDay(await directory.centre(centreId), day),
    visitKey: await installationKey(database.pool, 'visit-token'),
    keepPerson: (place, person) => keepPerson(database.pool, place, person),
  });
  await servePages(app, pages);

  const running = await Promise.all((await directory.all()).map(({ centre }) => today(centre.centre_id)));
  await dayBook.warm(running.flatMap((key) => [key, { ...key, day: addDays(key.day, -1) }]));
  app.addHook('onClose', () => dayBook.close());
  return app;
}

/** A hall whose day is not running has no rules to change. */
const NOT_RECEIVING = new Set<ProblemCode>(['centre-closed', 'day-closed', 'day-not-open']);

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
