import { coSignPageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance } from 'fastify';
import { DateField } from '../../../contract/fields.ts';
import { readerOf } from '../../platform/read-input.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Site } from './context.ts';

const readBirth = readerOf(DateField);
/** Nobody is asked for who was born then: what cannot be read is told as what is not known. */
const NOBODYS_BIRTH = '1900-01-01' as CivilDate;

/** A person whose consent an application needs reads it at home, and signs. Nothing of it is in an address. */
export function coSignPages(app: FastifyInstance, { ask, draw, visitorOf }: Site): void {
  serve(app, coSignPageContract, {
    'GET /co-sign': async (request, reply) => draw(visitorOf(request), reply, { page: 'co-sign-find', problem: null }),

    'POST /co-sign': async (request, reply) => {
      const visitor = visitorOf(request);
      const { code = '', birth = '', digest } = request.body ?? {};
      const day = readBirth(birth) ?? NOBODYS_BIRTH;
      const proof = { code: code.slice(0, 20), birth: day };
      const signed =
        digest === undefined ? null : await ask(visitor, 'POST /api/co-signature/sign', { body: { ...proof, digest } });
      const problem = signed !== null && 'refused' in signed ? signed.refused.detail : null;
      const shown = await ask(visitor, 'POST /api/co-signature', { body: proof });
      if ('refused' in shown) {
        const { status, detail } = shown.refused;
        return draw(visitor, reply, { page: 'co-sign-find', problem: detail }, status);
      }
      const page = { page: 'co-sign', code: proof.code, birth: day, shown: shown.reply, problem } as const;
      return draw(visitor, reply, page, problem === null ? 200 : 409);
    },
  });
}
