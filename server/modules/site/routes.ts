import formbody from '@fastify/formbody';
import { readingPageContract, servicePageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SitePage } from '../../../contract/site.ts';
import { ASKED_MAX } from '../../../core/language/typing.ts';
import { problem, sentenceOf, statusOf } from '../../../core/problems.ts';
import { isFromOwnPage } from '../../platform/own-page.ts';
import { languageOf } from '../../platform/problem-reply.ts';
import { applicationPages } from './application-pages.ts';
import { bookingPages, readCentreId, type Site, trouble } from './booking-pages.ts';
import { originsOf } from './origins.ts';
import { ownBookingPages } from './own-booking-pages.ts';
import { accountIn, cabinetPages } from './cabinet.ts';
import { cardOf, centreCards, centrePage, servicesOf, situationsOf, type SiteCity } from './city.ts';
import { coSignPages } from './co-sign-pages.ts';
import { homePages } from './home-pages.ts';
import { openInside, type Visitor } from './inside.ts';
import { claimBooking } from './store.ts';
import { machinePages } from './machine-pages.ts';
import { serviceFinder } from './service-search.ts';

/** How a page of the site is drawn. */
export type Draw = (
  page: SitePage,
  look: {
    readonly language: 'ru' | 'en';
    readonly isLarge: boolean;
    readonly address: string;
    readonly origin: string;
    /** True where visitors can sign in. */
    readonly hasLogin: boolean;
  },
) => string;

/** The number of services shown on the first page, and of centres next to a service. */
const POPULAR = 8;
const CENTRES_BESIDE = 6;
const NEWS_ON_HOME = 3;
const LARGE_COOKIE = 'okno-large';

/** The public site: drawn here, whole without any script. */
export async function siteRoutes(app: FastifyInstance, city: SiteCity, drawPage: Draw): Promise<void> {
  await app.register(async (pages) => {
    await pages.register(formbody, { bodyLimit: 8 * 1024 });
    const site = siteOf(pages, city, drawPage);
    app.troublePage.draw = (request, reply, { status, sentence }) => {
      const visitor = site.visitorOf(request);
      const page = { page: 'trouble', status, problem: sentence(visitor.language) } as const;
      return site.draw(visitor, reply, page, status);
    };
    // A form of another site may not write here with what this browser keeps.
    pages.addHook('preHandler', async (request, reply) => {
      if (request.method !== 'POST' || isFromOwnPage(request)) return;
      const visitor = site.visitorOf(request);
      const foreign = problem('foreign-origin', {});
      const refused = {
        code: foreign.code,
        status: statusOf(foreign.code),
        detail: sentenceOf(foreign, visitor.language),
        params: {},
      };
      return trouble(site, visitor, reply, refused);
    });
    readingPages(pages, site);
    servicePages(pages, site);
    bookingPages(pages, site);
    ownBookingPages(pages, site);
    applicationPages(pages, site);
    homePages(pages, site);
    coSignPages(pages, site);
    if (city.login !== null) cabinetPages(pages, site, city.login);
    machinePages(pages, site);
  });
}

function siteOf(app: FastifyInstance, city: SiteCity, drawPage: Draw): Site {
  return {
    mine: async (request, bookingId) => {
      const accountId = await accountIn({ city }, request);
      if (accountId !== null) await city.db.write((tx) => claimBooking(tx, accountId, bookingId));
    },
    city,
    ask: openInside(app),
    visitorOf: (request) => ({ request, language: languageFor(request) }),
    draw: ({ request, language }: Visitor, reply: FastifyReply, page: SitePage, status = 200) => {
      const isLarge = largeFor(request, reply);
      const origin = request.siteOrigin;
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .header('cache-control', isOwn(request, page) ? 'no-store' : 'private, no-cache')
        .header('content-language', language)
        .send(drawPage(page, { language, isLarge, address: request.url, origin, hasLogin: city.login !== null }));
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
  const { city, draw, visitorOf } = site;

  serve(app, readingPageContract, {
    'GET /': async (request, reply) => {
      const [services, centres, news] = await Promise.all([servicesOf(city), centreCards(city, null), city.news()]);
      return draw(visitorOf(request), reply, {
        page: 'home',
        popular: services
          .filter(({ passport }) => passport !== null)
          .slice(0, POPULAR)
          .map(cardOf),
        situations: situationsOf(services),
        news: news.slice(0, NEWS_ON_HOME),
        open: centres.filter(({ isOpen }) => isOpen).length,
        isDemo: !city.isReal,
      });
    },

    'GET /situations': async (request, reply) =>
      draw(visitorOf(request), reply, { page: 'situations', situations: situationsOf(await servicesOf(city)) }),

    'GET /situations/:id': async (request, reply) => {
      const visitor = visitorOf(request);
      const situation = situationsOf(await servicesOf(city)).find(({ code }) => code === request.params.id);
      if (situation === undefined) return notFound(site, visitor, reply);
      return draw(visitor, reply, { page: 'situation', situation });
    },

    'GET /centres': async (request, reply) => {
      const from = readCentreId(request.query['from']);
      const [centres, origins] = await Promise.all([centreCards(city, from), originsOf(city)]);
      return draw(visitorOf(request), reply, { page: 'centres', centres, origins, from });
    },

    'GET /centres/:id': async (request, reply) => {
      const visitor = visitorOf(request);
      const centre = await centreNamed(city, request.params.id);
      return centre === null ? notFound(site, visitor, reply) : draw(visitor, reply, { page: 'centre', centre });
    },

    'GET /demo-post': async (request, reply) => {
      const visitor = visitorOf(request);
      const kept = await site.ask(visitor, 'GET /api/demo-post', {});
      if ('refused' in kept) return trouble(site, visitor, reply, kept.refused);
      return draw(visitor, reply, { page: 'post', messages: kept.reply });
    },

    'GET /news': async (request, reply) => draw(visitorOf(request), reply, { page: 'news', news: await city.news() }),
  });
}

async function centreNamed(city: SiteCity, text: string) {
  const centreId = readCentreId(text);
  return centreId === null ? null : centrePage(city, centreId);
}

/** Services: all of them, what is found of them, and one. */
function servicePages(app: FastifyInstance, site: Site): void {
  const { city, draw, visitorOf } = site;
  const finder = serviceFinder(city);

  serve(app, servicePageContract, {
    'GET /services': async (request, reply) => {
      const asked = (request.query['q'] ?? '').slice(0, ASKED_MAX);
      const found = asked.trim() === '' ? await servicesOf(city) : (await finder())(asked);
      return draw(visitorOf(request), reply, { page: 'services', asked, services: found.map(cardOf) });
    },

    'GET /services/:id': async (request, reply) => {
      const visitor = visitorOf(request);
      const service = (await servicesOf(city)).find(({ serviceId }) => serviceId === request.params.id);
      if (service === undefined) return notFound(site, visitor, reply);
      const given = (await city.given()).filter(({ serviceId }) => serviceId === service.serviceId);
      const here = new Set(given.map(({ centreId }) => centreId));
      const centres = (await centreCards(city, null)).filter(({ centreId }) => here.has(centreId));
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

function notFound(site: Site, visitor: Visitor, reply: FastifyReply): FastifyReply {
  const missing = problem('unknown-page', {});
  const detail = sentenceOf(missing, visitor.language);
  return trouble(site, visitor, reply, { status: 404, code: missing.code, detail, params: {} });
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
