import type { FastifyInstance } from 'fastify';
import { contract } from '../contract/index.ts';
import { openAgencies } from './modules/agencies/index.ts';
import { openAlerts } from './modules/alerts/index.ts';
import { openApplicantNotices, openApplications, openingFor, worksWithFile } from './modules/applications/index.ts';
import { openBackups } from './modules/backups/index.ts';
import { openBooking } from './modules/booking/index.ts';
import { openCatalogue } from './modules/catalogue/index.ts';
import { openCharges } from './modules/charges/index.ts';
import { openFiles, serveFiles } from './modules/files/index.ts';
import { openNetwork, serveNetwork } from './modules/network/index.ts';
import { openNotices } from './modules/notices/index.ts';
import { openPages } from './modules/pages/index.ts';
import { openPackages } from './modules/packages/index.ts';
import { openPapers } from './modules/papers/index.ts';
import { openPartners } from './modules/partners/index.ts';
import { openPeople } from './modules/people/index.ts';
import { servePersons } from './modules/persons/index.ts';
import { openPlanning } from './modules/planning/index.ts';
import { openPrinting } from './modules/printing/index.ts';
import { openPromise } from './modules/promise/index.ts';
import { type HallContext, openQueue, serveQueue } from './modules/queue/index.ts';
import { openRatings } from './modules/ratings/index.ts';
import { openScreens } from './modules/screens/index.ts';
import { openSite } from './modules/site/index.ts';
import { openTerms } from './modules/terms/index.ts';
import type { NodeSettings } from './settings.ts';
import { sealAudit } from './platform/audit-seal.ts';
import type { Context } from './platform/context.ts';
import { openHttp } from './platform/http.ts';
import { HOUR_MS, type Job, runJobs, START_WITHIN_MS } from './platform/jobs.ts';
import { openMetrics } from './platform/metrics.ts';
import { OPEN_NET } from './platform/public-http.ts';
import { platformRoutes } from './platform/platform-routes.ts';
import { cannotListen } from './platform/ports.ts';
import { openReadiness } from './platform/readiness.ts';
import { tellOrigin } from './platform/site-origin.ts';
import { openVault } from './platform/vault.ts';
import { openWatch } from './platform/ticker.ts';
import { wellKnown } from './platform/well-known.ts';

/** The node as it answers, and how many nodes live. */
export interface App {
  readonly app: FastifyInstance;
  nodes(): number;
}

/** Opens everything that a node consists of. If a part fails to open, the parts that are open are closed again, the last first. */
export async function openApp(settings: NodeSettings): Promise<App> {
  const app = await openHttp(settings.door, settings.log, () => settings.clock.now());
  const closers: (() => unknown)[] = [];
  app.addHook('onClose', async () => {
    for (const close of closers.toReversed()) await close();
  });
  const jobs: Job[] = [];
  try {
    const context = await openContext(app, settings, { jobs, closers });
    return { app, nodes: await openModules(context, settings, jobs) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** What all modules share. */
async function openContext(
  http: FastifyInstance,
  { database: db, clock, log, masterKey, post }: NodeSettings,
  { jobs, closers }: { readonly jobs: Job[]; readonly closers: (() => unknown)[] },
): Promise<Context> {
  const watch = openWatch((message, error) => log.error(message, error));
  closers.push(() => watch.stop());
  const vault = await openVault(db, masterKey);
  closers.push(() => vault.close());
  return {
    http,
    db,
    clock,
    now: () => clock.now(),
    isReal: clock.kind === 'real',
    log,
    vault,
    watch,
    outward: post.outward ?? OPEN_NET,
    siteUrl: post.site,
    onClose: (close) => void closers.push(close),
    addJob: (job) => void jobs.push(job),
  };
}

/**
 * The modules in their order: each is opened with what the modules before it give. A request passes headers, checks and the guard of `people`
 * before it reaches any of them.
 */
async function openModules(context: Context, settings: NodeSettings, jobs: Job[]): Promise<() => number> {
  const { http, db, clock, log, now, siteUrl, onClose, addJob } = context;
  tellOrigin(http, siteUrl);
  const network = openNetwork(context);
  const hall = await openQueue(network, settings);
  const { halls } = hall;
  const fault = openReadiness({ db, folder: settings.database.folder, halls: halls.fault });
  await openPeople(network, settings);
  wellKnown(http, { securityContact: settings.post.securityContact ?? null, now });
  const { figures } = halls;
  platformRoutes(http, { clock, contract, version: settings.version, figures, fault, log: (line) => log.error(line) });
  openCatalogue(network);
  openAlerts(hall);
  openPrinting(hall);
  openRatings(hall);
  openScreens(network, settings.speech);
  const expectedWaits = openPlanning(hall);
  const promise = openPromise(hall);
  serveQueue(hall, settings.keep);
  const notices = await openNotices(context, settings.post);
  openPartners(context);
  const booking = await openBooking(hall, notices, settings.keep);
  serveNetwork(network, halls, booking);
  await openOneWindow(hall, settings);
  const pages = await openPages(context, settings.pages);
  await openSite(booking, settings, { pages, expectedWaits, promise });
  if (settings.metrics !== null) await listenForMetrics(context, settings, halls.figures, fault);
  await halls.begin();
  // Once the doors are open: what comes first does not wait for what nobody has asked for yet.
  http.addHook('onListen', async () => halls.warm());
  addJob({ name: 'the seal of the log of actions', everyMs: HOUR_MS, run: () => sealAudit(db) });
  openBackups(context, settings);
  onClose(await runJobs(jobs, (message, error) => log.error(message, error), START_WITHIN_MS));
  return () => halls.nodes();
}

/**
 * Everything between a request and its result. Papers, charges, agencies, packages and messages follow the moves of applications in this order.
 */
async function openOneWindow(hall: HallContext, settings: NodeSettings): Promise<void> {
  const files = openFiles(openTerms(hall), settings);
  const cases = await openApplications(files, settings.keep);
  openPapers(cases);
  openCharges(cases);
  openAgencies(cases);
  openPackages(cases);
  openApplicantNotices(cases);
  servePersons(cases, openingFor);
  serveFiles(cases, worksWithFile);
}

async function listenForMetrics(
  { http, onClose }: Context,
  { database, metrics, version }: NodeSettings,
  figures: Parameters<typeof openMetrics>[2],
  fault: () => Promise<string | null>,
): Promise<void> {
  if (metrics === null) return;
  const measured = openMetrics(http, database, figures, async () => (await fault()) === null, version);
  const { close } = await measured
    .listen(metrics.host, metrics.port)
    .catch((error: unknown) => cannotListen(error, { ...metrics, choice: 'metrics_port' }));
  onClose(close);
}
