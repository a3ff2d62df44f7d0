import type { FastifyInstance } from 'fastify';
import { homeDraftContract } from '../../../../contract/home-drafts.ts';
import { mayAnywhere } from '../../../../core/access/asker.ts';
import { refuse } from '../../../../core/problems.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseRoom } from '../room.ts';
import { keepHomeDraft, openHomeDraft } from './home.ts';

export interface HomeRoom extends CaseRoom {
  /** The date in the network's zone. */
  cityToday(): Promise<CivilDate>;
}

/** What is begun at home and finished at a window. */
export function homeDraftRoutes(app: FastifyInstance, room: HomeRoom): void {
  serve(app, homeDraftContract, {
    'POST /api/home-drafts': async ({ body }) => keepHomeDraft(room, await room.cityToday(), body),

    'POST /api/home-drafts/open': async ({ body: { code }, asker }) => {
      if (!mayAnywhere(asker, 'take-applications')) return refuse('right-elsewhere', {});
      const { serviceId, version, variant, goodUntil } = await openHomeDraft(room, code);
      const { short: service } = await room.db.read((tx) => room.passport(tx, serviceId, version));
      return { serviceId, variant, service, goodUntil };
    },
  });
}
