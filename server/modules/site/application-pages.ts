import { applicationPageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance } from 'fastify';
import { siteCentres } from './centre-cards.ts';
import type { Site } from './context.ts';

/** The status of an application: asked for each time with the number and the code of its receipt; nothing is stored in the browser. */
export function applicationPages(app: FastifyInstance, site: Site): void {
  const { ask, draw, visitorOf } = site;
  serve(app, applicationPageContract, {
    'GET /application': async (request, reply) => {
      const number = (request.query.number ?? '').slice(0, 40);
      return draw(visitorOf(request), reply, { page: 'application-find', number, problem: null });
    },

    'POST /application': async (request, reply) => {
      const visitor = visitorOf(request);
      const { number = '', code = '' } = request.body ?? {};
      const asked = { number: number.slice(0, 40), code: code.slice(0, 12) };
      const answer = await ask(visitor, 'POST /api/application-status', { body: asked });
      if ('refused' in answer) {
        const { status, detail } = answer.refused;
        return draw(visitor, reply, { page: 'application-find', number, problem: detail }, status);
      }
      const { resultCentreId } = answer.reply;
      const centre = (await siteCentres(site)).find(({ centreId }) => centreId === resultCentreId);
      const where = centre === undefined ? null : { name: centre.name, address: centre.address, zone: centre.zone };
      return draw(visitor, reply, { page: 'application', status: answer.reply, code: asked.code, where });
    },
  });
}
