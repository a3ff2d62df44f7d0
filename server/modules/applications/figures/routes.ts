import { applicationFigureContract } from '../../../../contract/application-figures.ts';
import { shownCount, withoutSmallGroups } from '../../../../core/figures/small-groups.ts';
import { cityDay } from '../../../platform/city.ts';
import { FIGURE_DAYS_MAX, mustBeDays } from '../../../platform/days.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseContext } from '../context.ts';
import { namesOf } from './names.ts';
import { countApplications } from './queries.ts';

/** What is counted of applications. */
export function applicationFigureRoutes(context: CaseContext): void {
  serve(context.http, applicationFigureContract, {
    'GET /api/application-figures': async ({ query: { from, to, by } }) => {
      mustBeDays(from, to, FIGURE_DAYS_MAX);
      const { counted, names } = await context.db.read(async (tx) => {
        const today = await cityDay(tx, context.now());
        return {
          counted: await countApplications(tx, by, [from, to], today),
          names: await namesOf(tx, context, by, today),
        };
      });
      const groups = counted.map(({ key, registered, ...counts }) => ({ key, size: registered, counts }));
      return withoutSmallGroups(groups).map(({ key, size, counts }) => ({
        key,
        name: key === null ? null : (names.get(key) ?? { ru: key, en: key }),
        registered: size,
        open: shownCount(counts['open'] ?? 0),
        refused: shownCount(counts['refused'] ?? 0),
        late: shownCount(counts['late'] ?? 0),
      }));
    },
  });
}
