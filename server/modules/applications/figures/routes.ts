import type { FastifyInstance } from 'fastify';
import { applicationFigureContract } from '../../../../contract/application-figures.ts';
import { shownCount, withoutSmallGroups } from '../../../../core/figures/small-groups.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import { FIGURE_DAYS_MAX, mustBeDays } from '../../../platform/days.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseRoom } from '../room.ts';
import { countApplications, type FigureKind } from './queries.ts';

type Words = { readonly ru: string; readonly en: string };

export interface FigureRoom extends Pick<CaseRoom, 'db'> {
  /** The date in the network's zone. */
  cityToday(): Promise<CivilDate>;
  /** What services, centres and agencies are called, by their keys. */
  names(by: FigureKind): Promise<ReadonlyMap<string, Words>>;
}

/** What is counted of applications. */
export function applicationFigureRoutes(app: FastifyInstance, room: FigureRoom): void {
  serve(app, applicationFigureContract, {
    'GET /api/application-figures': async ({ query: { from, to, by } }) => {
      mustBeDays(from, to, FIGURE_DAYS_MAX);
      const today = await room.cityToday();
      const [counted, names] = await Promise.all([
        room.db.read((tx) => countApplications(tx, by, [from, to], today)),
        room.names(by),
      ]);
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
