import type { FastifyInstance, FastifyReply } from 'fastify';
import fastifyStatic from '@fastify/static';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drawnPageContract, screenPageContract, shellContract } from '../contract/screen-pages.ts';
import type { SitePage } from '../contract/site.ts';
import type { PromiseReply, Waits } from '../contract/promise.ts';
import type { CivilDate, TimeZone } from '../core/time/civil.ts';
import { type SiteCity, siteRoutes } from './modules/site/index.ts';
import { type Handlers, type RequestOf, serve } from './platform/serve.ts';
import { languageOf } from './platform/problem-reply.ts';

/** The screens and the addresses at which they are shown; each is one built page that reads the rest from its address. */
const SCREENS: Readonly<Record<keyof typeof screenPageContract, string>> = {
  'GET /start': 'start',
  'GET /kiosk/:centreId': 'kiosk',
  'GET /board/:centreId': 'board',
  'GET /window/:centreId/:windowId': 'window',
  'GET /hall/:centreId': 'hall',
  'GET /bar/:centreId': 'bar',
  'GET /rate/:centreId/:windowId': 'rate',
  'GET /cases/:centreId': 'cases',
  'GET /agency/:agencyId': 'agency',
  'GET /network': 'network',
  'GET /planning/:centreId': 'planning',
  'GET /planning/:centreId/week': 'planning',
  'GET /sign-in': 'sign-in',
  'GET /pair': 'pair',
  'GET /office': 'office',
  'GET /office/:page': 'office',
  'GET /office/:page/:id': 'office',
  'GET /_design': 'design',
};

/** What the pages that are drawn here are drawn from. */
export interface PageData {
  /** True over the real clock: no ribbon. */
  readonly real: boolean;
  promise(day: CivilDate | null): Promise<PromiseReply>;
  promiseDays(): Promise<readonly { readonly day: CivilDate; readonly waits: Waits }[]>;
  timeZone(): Promise<TimeZone>;
}

type Language = 'ru' | 'en';

interface Files {
  readonly script: string;
  readonly styles: readonly string[];
  readonly fonts: readonly string[];
}

/** What web/public/render.tsx gives, once it is built. */
interface Renderer {
  ticketPage(drawn: { readonly language: Language; readonly files: Files; readonly ribbon: boolean }): string;
  sitePage(
    page: SitePage,
    look: {
      readonly language: Language;
      readonly files: Files;
      readonly ribbon: boolean;
      readonly isLarge: boolean;
      readonly address: string;
      readonly origin: string;
      readonly hasLogin: boolean;
    },
  ): string;
  promisePage(drawn: {
    readonly language: Language;
    readonly files: Files;
    readonly ribbon: boolean;
    readonly figures: PromiseReply;
    readonly days: readonly { readonly day: string; readonly waits: Waits }[];
    readonly centreId: number | null;
    readonly timeZone: string;
  }): string;
}

/** Serves the built screens from `folder`, and the pages that are drawn here: the visitor's, the promise, and the public site. */
export async function servePages(
  app: FastifyInstance,
  { folder, publicUrl }: { readonly folder: string; readonly publicUrl: string | null },
  data: PageData,
  city: SiteCity,
): Promise<void> {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    decorateReply: true,
  });
  // Scripts that work for the whole site are at its root: `shell` keeps them for the time without the server, `teller` shows messages.
  const script = (file: string) => (_request: unknown, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile(file, folder, { immutable: false, maxAge: 0 });
  serve(app, shellContract, { 'GET /shell.js': script('shell.js'), 'GET /teller.js': script('teller.js') });
  const screen = (name: string) => async (_request: unknown, reply: FastifyReply) =>
    page(reply, withSite(await readFile(join(folder, name, 'index.html'), 'utf8'), publicUrl));
  const shown = Object.entries(SCREENS).map(([name, file]) => [name, screen(file)]);
  serve(app, screenPageContract, Object.fromEntries(shown) as Handlers<typeof screenPageContract>);
  await serveDrawnPages(app, folder, data, city);
}

/**
 * Tells a screen where visitors find the site: it makes codes for their telephones, and may itself be open under a name that only the
 * hall knows.
 */
function withSite(html: string, publicUrl: string | null): string {
  if (publicUrl === null) return html;
  const { origin } = new URL(publicUrl);
  return html.replace('<head>', () => `<head><meta name="okno-site" content="${origin}">`);
}

async function serveDrawnPages(app: FastifyInstance, folder: string, data: PageData, city: SiteCity): Promise<void> {
  const built = join(folder, 'server/render.js');
  if (!existsSync(built)) return;
  const renderer = (await import(pathToFileURL(built).href)) as Renderer;
  const filesOf = builtFiles(folder);
  const ribbon = !data.real;

  const draw: Parameters<typeof siteRoutes>[2] = (shown, look) =>
    renderer.sitePage(shown, { ...look, files: filesOf('public/site.ts'), ribbon });
  await siteRoutes(app, city, draw);

  serve(app, drawnPageContract, {
    'GET /t': (request, reply) =>
      page(reply, renderer.ticketPage({ language: asked(request), files: filesOf('public/ticket.ts'), ribbon })),

    'GET /promise': async (request, reply) => {
      const { day = null, centre: centreId = null } = request.query;
      const [figures, days, timeZone] = await Promise.all([data.promise(day), data.promiseDays(), data.timeZone()]);
      const files = filesOf('public/promise.ts');
      return page(
        reply,
        renderer.promisePage({ language: asked(request), files, ribbon, figures, days, centreId, timeZone }),
      );
    },
  });
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
}

function asked({ query, headers }: RequestOf<(typeof drawnPageContract)['GET /t']>): Language {
  if (query.lang === 'en' || query.lang === 'ru') return query.lang;
  return languageOf(headers['accept-language']);
}

/** The letters of Russian and English. */
const PRELOADED_FONTS = /^golos-text-(cyrillic|latin)-wght-normal-.*\.woff2$/;

/** The names that the build gave to a module and its styles. */
function builtFiles(folder: string): (source: string) => Files {
  type Chunk = { readonly file: string; readonly css?: readonly string[]; readonly imports?: readonly string[] };
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const stylesOf = (source: string, seen: Set<string>): string[] => {
    const chunk = manifest[source];
    if (chunk === undefined || seen.has(source)) return [];
    seen.add(source);
    return [...(chunk.imports ?? []).flatMap((one) => stylesOf(one, seen)), ...(chunk.css ?? [])];
  };
  const fonts = readdirSync(join(folder, 'assets'))
    .filter((file) => PRELOADED_FONTS.test(file))
    .map((file) => `assets/${file}`);
  return (source) => ({
    script: manifest[source]?.file ?? '',
    styles: [...new Set(stylesOf(source, new Set()))],
    fonts,
  });
}
