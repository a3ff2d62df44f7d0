import formbody from '@fastify/formbody';
import { readingPageContract, servicePageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CentreIdField } from '../../../contract/fields.ts';
import type { SitePage } from '../../../contract/site.ts';
import { ASKED_MAX } from '../../../core/language/typing.ts';
import { isFromOwnPage } from '../../platform/own-page.ts';
import { languageOf } from '../../platform/problem-reply.ts';
import { readerOf } from '../../platform/read-input.ts';
import type { DrawnPages } from '../pages/index.ts';
import { applicationPages } from './application-pages.ts';
import { openAsk, type Visitor } from './ask-api.ts';
import { bookingPages } from './booking-pages.ts';
import { cabinetPages } from './cabinet.ts';
import { centreCards, centrePage } from './centre-cards.ts';
import { coSignPages } from './co-sign-pages.ts';
import type { Site, SiteContext } from './context.ts';
import { homePages } from './home-pages.ts';
import { machinePages } from './machine-pages.ts';
import { originsOf } from './origins.ts';
import { ownBookingPages } from './own-booking-pages.ts';
import { news as newsOf } from './queries.ts';
import { cardOf, servicesOf, situationsOf } from './service-cards.ts';
import { serviceFinder } from './service-search.ts';
import { trouble, troubleOf } from './trouble.ts';

const readCentreId = readerOf(CentreIdField);
/** The number of services shown on the first page, and of centres next to a service. */
const POPULAR = 8;
const CENTRES_BESIDE = 6;
const NEWS_ON_HOME = 3;
const LARGE_COOKIE = 'okno-large';

/** The public site: drawn here, whole without any script. */
export async function siteRoutes(context: SiteContext, drawn: DrawnPages): Promise<void> {
  const { http, login } = context;
  await http.register(async (pages) => {
    await pages.register(formbody, { bodyLimit: 8 * 1024 });
    const site = siteOf(pages, context, drawn);
    http.troublePage.draw = (request, reply, { status, sentence }) => {
      const visitor = site.visitorOf(request);
      const page = { page: 'trouble', status, problem: sentence(visitor.language) } as const;
      return site.draw(visitor, reply, page, status);
    };
    // A form of another site may not write here with what this browser keeps.
    pages.addHook('preHandler', async (request, reply) => {
      if (request.method !== 'POST' || isFromOwnPage(request)) return;
      return troubleOf(site, site.visitorOf(request), reply, 'foreign-origin');
    });
    readingPages(pages, site);
    servicePages(pages, site);
    bookingPages(pages, site);
    ownBookingPages(pages, site);
    applicationPages(pages, site);
    homePages(pages, site);
    coSignPages(pages, site);
    if (login !== null) cabinetPages(pages, site, login);
    machinePages(pages, site);
  });
}

function siteOf(app: FastifyInstance, context: SiteContext, drawn: DrawnPages): Site {
  return {
    ...context,
    ask: openAsk(app),
    visitorOf: (request) => ({ request, language: languageFor(request) }),
    draw: ({ request, language }: Visitor, reply: FastifyReply, page: SitePage, status = 200) => {
      const isLarge = largeFor(request, reply);
      const origin = request.siteOrigin;
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .header('cache-control', isOwn(request, page) ? 'no-store' : 'private, no-cache')
        .header('content-language', language)
        .send(
          drawn.sitePage(page, { language, isLarge, address: request.url, origin, hasLogin: context.login !== null }),
        );
    },
  };
}

const OWN_PAGES = new Set<SitePage['page']>(['contact', 'check', 'booked', 'find', 'booking', 'cancel']);

/**
 * True for a page about the booking that this browser keeps. Going back to one asks us again: a page that the browser kept would speak of
 * a booking as it was. The answer to a form stays what it was: a browser that did not keep it could only send the form again.
 */
function isOwn({ method }: FastifyRequest, { page }: SitePage): boolean {
  return method === 'GET' && OWN_PAGES.has(page);
}

function readingPages(app: FastifyInstance, site: Site): void {
  const { db, isReal, draw, visitorOf } = site;

  serve(app, readingPageContract, {
    'GET /': async (request, reply) => {
      const [services, centres, news] = await Promise.all([
        servicesOf(site),
        centreCards(site, null),
        db.read((tx) => newsOf(tx)),
      ]);
      return draw(visitorOf(request), reply, {
        page: 'home',
        popular: services
          .filter(({ passport }) => passport !== null)
          .slice(0, POPULAR)
          .map(cardOf),
        situations: situationsOf(services),
        news: news.slice(0, NEWS_ON_HOME),
        open: centres.filter(({ isOpen }) => isOpen).length,
        isDemo: !isReal,
      });
    },

    'GET /situations': async (request, reply) =>
      draw(visitorOf(request), reply, { page: 'situations', situations: situationsOf(await servicesOf(site)) }),

    'GET /situations/:id': async (request, reply) => {
      const visitor = visitorOf(request);
      const situation = situationsOf(await servicesOf(site)).find(({ code }) => code === request.params.id);
      if (situation === undefined) return troubleOf(site, visitor, reply, 'unknown-page');
      return draw(visitor, reply, { page: 'situation', situation });
    },

    'GET /centres': async (request, reply) => {
      const from = readCentreId(request.query['from']);
      const [centres, origins] = await Promise.all([centreCards(site, from), originsOf(site)]);
      return draw(visitorOf(request), reply, { page: 'centres', centres, origins, from });
    },

    'GET /centres/:id': async (request, reply) => {
      const visitor = visitorOf(request);
      const centre = await centreNamed(site, request.params.id);
      return centre === null
        ? troubleOf(site, visitor, reply, 'unknown-page')
        : draw(visitor, reply, { page: 'centre', centre });
    },

    'GET /demo-post': async (request, reply) => {
      const visitor = visitorOf(request);
      const kept = await site.ask(visitor, 'GET /api/demo-post', {});
      if ('refused' in kept) return trouble(site, visitor, reply, kept.refused);
      return draw(visitor, reply, { page: 'post', messages: kept.reply });
    },

    'GET /news': async (request, reply) =>
      draw(visitorOf(request), reply, { page: 'news', news: await db.read((tx) => newsOf(tx)) }),
  });
}

async function centreNamed(site: Site, text: string) {
  const centreId = readCentreId(text);
  return centreId === null ? null : centrePage(site, centreId);
}

/** Services: all of them, what is found of them, and one. */
function servicePages(app: FastifyInstance, site: Site): void {
  const { lists, draw, visitorOf } = site;
  const finder = serviceFinder(site);

  serve(app, servicePageContract, {
    'GET /services': async (request, reply) => {
      const asked = (request.query['q'] ?? '').slice(0, ASKED_MAX);
      const found = asked.trim() === '' ? await servicesOf(site) : (await finder())(asked);
      return draw(visitorOf(request), reply, { page: 'services', asked, services: found.map(cardOf) });
    },

    'GET /services/:id': async (request, reply) => {
      const visitor = visitorOf(request);
      const service = (await servicesOf(site)).find(({ serviceId }) => serviceId === request.params.id);
      if (service === undefined) return troubleOf(site, visitor, reply, 'unknown-page');
      const given = (await lists.given()).filter(({ serviceId }) => serviceId === service.serviceId);
      const here = new Set(given.map(({ centreId }) => centreId));
      const centres = (await centreCards(site, null)).filter(({ centreId }) => here.has(centreId));
      const byWait = centres.toSorted((a, b) => (a.waitMinutes?.[0] ?? 999) - (b.waitMinutes?.[0] ?? 999));
      return draw(visitor, reply, {
        page: 'service',
        card: cardOf(service),
        passport: service.passport,
        minutes: given[0]?.minutes ?? 0,
        centres: byWait.slice(0, CENTRES_BESIDE),
        centresCount: centres.length,
      });
    },
  });
}

/** The language that the address names, or was chosen before, or the browser's. */
function languageFor({ query, cookies, headers }: FastifyRequest): 'ru' | 'en' {
  const { lang = cookies?.['okno-lang'] } = query as { lang?: string };
  return lang === 'en' || lang === 'ru' ? lang : languageOf(headers['accept-language']);
}

/** Large print by `size=large` in the address, kept until `size=usual`. */
function largeFor({ query, cookies, protocol }: FastifyRequest, reply: FastifyReply): boolean {
  const { size, lang } = query as { size?: string; lang?: string };
  const options = { path: '/', sameSite: 'lax', secure: protocol === 'https', maxAge: 365 * 86_400 } as const;
  if (lang === 'en' || lang === 'ru') void reply.setCookie('okno-lang', lang, options);
  if (size !== 'large' && size !== 'usual') return cookies?.[LARGE_COOKIE] === '1';
  void reply.setCookie(LARGE_COOKIE, size === 'large' ? '1' : '0', options);
  return size === 'large';
}
