import type { FastifyInstance } from 'fastify';
import { ratingContract } from '../../../contract/ratings.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId, WindowId } from '../../../core/queue/ids.ts';
import type { VisitState } from '../../../core/queue/day.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Db } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import { putRating, type Rated, ratingOf } from './store.ts';

export interface RatingSetting {
  readonly db: Db;
  now(): Instant;
  /** The visit that a ticket's secret is for; null for a secret that was not made here. */
  placeOf(token: string): Rated | null;
  /** The state of a visit, of whatever day; null when there is none. */
  stateOf(rated: Rated): Promise<VisitState | null>;
  /** Who was served last at a window today; null when nobody was lately. */
  lastAt(
    centreId: CentreId,
    windowId: WindowId,
  ): Promise<{ visitId: string; day: CivilDate; number: string; state: VisitState } | null>;
  /** The centre in whose hall a centre receives. Throws unknown-centre. */
  hallOf(centreId: CentreId): Promise<CentreId>;
}

/** One touch after the service. */
export function ratingRoutes(app: FastifyInstance, setting: RatingSetting): void {
  const { db, now } = setting;
  const rate = async (rated: Rated, mark: number, at: 'own-page' | 'kiosk' | 'tablet') => {
    const state = await setting.stateOf(rated);
    if (state === null) return refuse('unknown-visit', { visitId: rated.visitId });
    if (state !== 'finished') return refuse('not-served-yet', {});
    return (await db.write((tx) => putRating(tx, rated, mark, at, now()))) || refuse('rating-final', {});
  };

  serve(app, ratingContract, {
    'POST /api/own-visit/rating': async ({ body: { token, mark } }) => {
      const rated = setting.placeOf(token) ?? refuse('unknown-token', {});
      if (mark !== undefined) await rate(rated, mark, 'own-page');
      return (await db.read((tx) => ratingOf(tx, rated, now()))) ?? { mark: null, mayChange: true };
    },

    'POST /api/centres/:centreId/days/:day/visits/:visitId/rating': async ({ params, body: { mark, at } }) => {
      await rate({ ...params, centreId: await setting.hallOf(params.centreId) }, mark, at);
      return { done: true as const };
    },

    'GET /api/centres/:centreId/windows/:windowId/last-visit': async ({ params: { centreId, windowId } }) => ({
      visit: await setting.lastAt(centreId, windowId),
    }),
  });
}
