import { homePageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance } from 'fastify';
import { type Answers, type FieldFault, type FormField, homeFields } from '../../../core/applications/form.ts';
import type { Site } from './context.ts';
import { cardOf, servicesOf } from './service-cards.ts';
import { troubleOf } from './trouble.ts';

type Body = Readonly<Record<string, string | undefined>>;

/** An application begun at home: its questions on one page, and a code for the window. The applicant's identity is not asked here. */
export function homePages(app: FastifyInstance, site: Site): void {
  const { ask, draw, visitorOf } = site;

  serve(app, homePageContract, {
    'GET /services/:id/begin': async (request, reply) => {
      const visitor = visitorOf(request);
      const form = await formOf(site, request.params.id, request.query.variant, {});
      if (form === null) return troubleOf(site, visitor, reply, 'unknown-page');
      return draw(visitor, reply, { page: 'home-form', ...form, faults: [], problem: null });
    },

    'POST /services/:id/begin': async (request, reply) => {
      const visitor = visitorOf(request);
      const { variant, ...typed } = request.body ?? {};
      const answers = answersIn(typed);
      const form = await formOf(site, request.params.id, variant, answers);
      if (form === null) return troubleOf(site, visitor, reply, 'unknown-page');
      const body = { serviceId: form.card.serviceId, variant: form.variant, answers } as never;
      const kept = await ask(visitor, 'POST /api/home-drafts', { body });
      if ('refused' in kept) {
        const { status, detail, params } = kept.refused;
        const faults = (params['fields'] ?? []) as { field: string; fault: FieldFault }[];
        return draw(visitor, reply, { page: 'home-form', ...form, faults, problem: detail }, status);
      }
      const { code, goodUntil } = kept.reply;
      const until = new Intl.DateTimeFormat('ru', { dateStyle: 'short', timeZone: 'UTC' }).format(goodUntil);
      return draw(visitor, reply, { page: 'home-kept', card: form.card, code, until });
    },
  });
}

/** What is asked of a service at home, with the answers so far; null where there is no such service. */
async function formOf(site: Site, serviceId: string, code: string | undefined, answers: Answers) {
  const service = (await servicesOf(site)).find((one) => one.serviceId === serviceId);
  const variants = service?.passport?.variants ?? [];
  const variant = variants.find((one) => one.code === code) ?? variants[0];
  if (service === undefined || variant === undefined) return null;
  return {
    card: cardOf(service),
    variants: variants.map(({ code: one, name }) => ({ code: one, name })),
    variant: variant.code,
    fields: homeFields((variant.form ?? []) as readonly FormField[], answers),
    answers,
  };
}

const ANSWER_MAX = 2_000;

/** Only what was filled in: what is left empty is not an answer. */
function answersIn(typed: Body): Answers {
  const named = Object.entries(typed).filter(([name]) => /^[a-zA-Z][a-zA-Z0-9]{0,39}$/.test(name));
  return Object.fromEntries(
    named.flatMap(([name, text = '']) => (text.trim() === '' ? [] : [[name, text.trim().slice(0, ANSWER_MAX)]])),
  );
}
