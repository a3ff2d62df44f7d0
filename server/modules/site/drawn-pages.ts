import { drawnPageContract } from '../../../contract/screen-pages.ts';
import { cityZone } from '../../platform/city.ts';
import { languageOf } from '../../platform/problem-reply.ts';
import { type RequestOf, serve } from '../../platform/serve.ts';
import { type DrawnPages, sendPage } from '../pages/index.ts';
import type { PromiseFigures } from '../promise/index.ts';
import type { SiteContext } from './context.ts';

/** The page of a ticket, and the promise in public. */
export function drawnPages({ http, db }: SiteContext, pages: DrawnPages, promise: PromiseFigures): void {
  serve(http, drawnPageContract, {
    'GET /t': (request, reply) => sendPage(reply, pages.ticketPage(asked(request))),

    'GET /promise': async (request, reply) => {
      const { day = null, centre: centreId = null } = request.query;
      const figures = await promise.onDay(day);
      const days = await promise.days();
      const timeZone = await db.read((tx) => cityZone(tx));
      return sendPage(reply, pages.promisePage({ language: asked(request), figures, days, centreId, timeZone }));
    },
  });
}

function asked({ query, headers }: RequestOf<(typeof drawnPageContract)['GET /t']>): 'ru' | 'en' {
  if (query.lang === 'en' || query.lang === 'ru') return query.lang;
  return languageOf(headers['accept-language']);
}
