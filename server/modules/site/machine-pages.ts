import { machinePageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance } from 'fastify';
import { type CivilDate, weekdayOf } from '../../../core/time/civil.ts';
import { siteCentres } from './centre-cards.ts';
import type { SiteContext } from './context.ts';
import { news } from './queries.ts';
import { servicesOf, situationsOf } from './service-cards.ts';

/** What programs read: the list of pages, news as a feed, and who may look where. */
export function machinePages(app: FastifyInstance, context: SiteContext): void {
  serve(app, machinePageContract, {
    'GET /sitemap.xml': async (request, reply) => {
      const [services, centres] = await Promise.all([servicesOf(context), siteCentres(context)]);
      const pages = [
        '',
        'services',
        'situations',
        'centres',
        'news',
        'promise',
        'my-booking',
        ...services.map(({ serviceId }) => `services/${serviceId}`),
        ...situationsOf(services).map(({ code }) => `situations/${code}`),
        ...centres.map(({ centreId }) => `centres/${centreId}`),
      ];
      const urls = pages.map((page) => `<url><loc>${request.siteOrigin}/${page}</loc></url>`).join('');
      const xml = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`;
      return reply.type('application/xml; charset=utf-8').send(xml);
    },

    'GET /robots.txt': (request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send(
          `User-agent: *\nDisallow: /book/c\nDisallow: /book/done\nDisallow: /api/\nDisallow: /office\nSitemap: ${request.siteOrigin}/sitemap.xml\n`,
        ),

    'GET /news.xml': async (request, reply) => {
      const items = (await context.db.read((tx) => news(tx))).map(
        ({ newsId, day, title, text }) =>
          `<item><title>${escaped(title.ru)}</title><link>${request.siteOrigin}/news#n${newsId}</link>` +
          `<guid isPermaLink="false">okno-news-${newsId}</guid><pubDate>${mailDate(day as CivilDate)}</pubDate>` +
          `<description>${escaped(text.ru)}</description></item>`,
      );
      const head = `<title>Мои документы: новости</title><link>${request.siteOrigin}/news</link><description>Новости центров госуслуг</description>`;
      const xml = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${head}<language>ru</language>${items.join('')}</channel></rss>`;
      return reply.type('application/rss+xml; charset=utf-8').send(xml);
    },
  });
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as feeds want it (RFC 822). */
function mailDate(day: CivilDate): string {
  const [year = '', month = '1', date = ''] = day.split('-');
  return `${WEEKDAYS[weekdayOf(day) - 1]}, ${date} ${MONTHS[Number(month) - 1]} ${year} 00:00:00 GMT`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
