import { ratingContract } from '../../../contract/ratings.ts';
import { refuse } from '../../../core/problems.ts';
import type { WindowId } from '../../../core/queue/ids.ts';
import type { Day } from '../../../core/queue/day.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { serve } from '../../platform/serve.ts';
import { type HallContext, readToken, stateOfVisit } from '../queue/index.ts';
import { putRating, type Rated, ratingOf } from './queries.ts';

/** The tablet of a window asks the visitor whom the window served last, within these minutes. */
const LAST_VISIT_MS = 10 * 60_000;

/** One touch after the service. */
export function ratingRoutes({ http, db, now, directory, halls, visitKey }: HallContext): void {
  const rate = async (rated: Rated, mark: number, at: 'own-page' | 'kiosk' | 'tablet') => {
    const state = await db.read((tx) => stateOfVisit(tx, rated));
    if (state === null) return refuse('unknown-visit', { visitId: rated.visitId });
    if (state !== 'finished') return refuse('not-served-yet', {});
    return (await db.write((tx) => putRating(tx, rated, mark, at, now()))) || refuse('rating-final', {});
  };

  serve(http, ratingContract, {
    'POST /api/own-visit/rating': async ({ body: { token, mark } }) => {
      const { key, visitId } = readToken(visitKey, token) ?? refuse('unknown-token', {});
      const rated = { ...key, visitId };
      if (mark !== undefined) await rate(rated, mark, 'own-page');
      return (await db.read((tx) => ratingOf(tx, rated, now()))) ?? { mark: null, mayChange: true };
    },

    'POST /api/centres/:centreId/days/:day/visits/:visitId/rating': async ({ params, body: { mark, at } }) => {
      await rate({ ...params, centreId: await directory.hallOf(params.centreId) }, mark, at);
    },

    'GET /api/centres/:centreId/windows/:windowId/last-visit': async ({ params: { centreId, windowId } }) => {
      const key = await halls.today(centreId);
      const last = await halls.dayBook.view(key, (day) => lastServedAt(day, windowId, now() - LAST_VISIT_MS));
      return { visit: last === null ? null : { ...last, day: key.day, state: 'finished' as const } };
    },
  });
}

/** The visitor whom a window served last to the end, if that was after a moment. */
function lastServedAt({ visits }: Day, windowId: WindowId, after: Instant): { visitId: string; number: string } | null {
  let last: { visitId: string; number: string } | null = null;
  let lastAt = after;
  for (const { visitId, number, steps, state } of visits.values()) {
    const step = steps.at(-1);
    const at = step?.endedAt ?? null;
    if (state !== 'finished' || step?.windowId !== windowId || at === null || at <= lastAt) continue;
    [last, lastAt] = [{ visitId, number }, at];
  }
  return last;
}
