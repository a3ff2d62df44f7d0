import { homeDraftContract } from '../../../../contract/home-drafts.ts';
import { mayAnywhere } from '../../../../core/access/asker.ts';
import { refuse } from '../../../../core/problems.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseContext } from '../context.ts';
import { keepHomeDraft, openHomeDraft } from './home-drafts.ts';

/** What is begun at home and finished at a window. */
export function homeDraftRoutes(context: CaseContext): void {
  serve(context.http, homeDraftContract, {
    'POST /api/home-drafts': ({ body }) => keepHomeDraft(context, body),

    'POST /api/home-drafts/open': async ({ body: { code }, asker }) => {
      if (!mayAnywhere(asker, 'take-applications')) return refuse('right-elsewhere', {});
      const { serviceId, version, variant, goodUntil } = await openHomeDraft(context, code);
      const { short: service } = await context.db.read((tx) => context.passport(tx, serviceId, version));
      return { serviceId, variant, service, goodUntil };
    },
  });
}
