import { addDays, businessDayAt, type TimeZone } from '../../../core/time/civil.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { openOidc, type OidcServer } from '../../platform/oidc.ts';
import type { BookingContext } from '../booking/index.ts';
import type { DrawnPages } from '../pages/index.ts';
import type { ExpectedWaits } from '../planning/index.ts';
import type { PromiseFigures } from '../promise/index.ts';
import type { SiteContext } from './context.ts';
import { drawnPages } from './drawn-pages.ts';
import { openLists } from './lists.ts';
import { forgetVisitors } from './queries.ts';
import { siteRoutes } from './routes.ts';
import { serviceSearchRoutes } from './service-search.ts';

/** The city’s site for residents. `pages`: null where no pages were built; the search of services answers all the same. */
export async function openSite(
  booking: BookingContext,
  { visitorOidc, keep }: { readonly visitorOidc: OidcServer | null; readonly keep: { readonly personsDays: number } },
  {
    pages,
    expectedWaits,
    promise,
  }: { readonly pages: DrawnPages | null; readonly expectedWaits: ExpectedWaits; readonly promise: PromiseFigures },
): Promise<void> {
  const { db, now, addJob } = booking;
  const login = visitorOidc === null ? null : openOidc(visitorOidc);
  const context: SiteContext = { ...booking, login, lists: openLists(booking), expectedWaits };
  serviceSearchRoutes(context);
  addJob({
    name: 'accounts of visitors of days past',
    everyMs: HOUR_MS,
    run: () => {
      const before = addDays(businessDayAt(now(), 'UTC' as TimeZone), -keep.personsDays);
      return db.write((tx) => forgetVisitors(tx, before, now()));
    },
  });
  if (pages === null) return;
  await siteRoutes(context, pages);
  drawnPages(context, pages, promise);
}
