import type { FastifyInstance } from 'fastify';
import type { Site } from './booking-pages.ts';

interface Form {
  Body?: Readonly<Record<string, string | undefined>>;
}

/** The status of an application: asked for each time with the number and the code of its receipt; nothing is stored in the browser. */
export function applicationPages(app: FastifyInstance, { ask, draw, visitorOf, city }: Site): void {
  app.get<{ Querystring: { number?: string } }>('/application', { helmet: {} }, async (request, reply) => {
    const number = (request.query.number ?? '').slice(0, 40);
    return draw(visitorOf(request), reply, { page: 'application-find', number, problem: null });
  });

  app.post<Form>('/application', { helmet: {} }, async (request, reply) => {
    const visitor = visitorOf(request);
    const { number = '', code = '' } = request.body ?? {};
    const asked = { number: number.slice(0, 40), code: code.slice(0, 12) };
    const answer = await ask(visitor, 'POST /api/application-status', { body: asked });
    if ('refused' in answer) {
      const { status, detail } = answer.refused;
      return draw(visitor, reply, { page: 'application-find', number, problem: detail }, status);
    }
    const { resultCentreId } = answer.reply;
    const centre = (await city.centres()).find(({ centreId }) => centreId === resultCentreId);
    const where = centre === undefined ? null : { name: centre.name, address: centre.address, zone: centre.zone };
    return draw(visitor, reply, { page: 'application', status: answer.reply, code: asked.code, where });
  });
}
