import { normal, random, streamOf } from '../../core/rehearsal/random.ts';
import { addDays, type CivilDate, weekdayOf } from '../../core/time/civil.ts';
import { type ArrivalCount } from '../../server/modules/planning/index.ts';
import type { NewCentre } from '../../server/modules/network/index.ts';
import { SHAPE_OF_A_DAY, VISITS_A_WINDOW } from '../robots/demand.ts';
import { demoGroups } from './groups.ts';

/** So far back the demo's history goes. */
const WEEKS = 12;
/** Mondays are busy and Saturdays quiet, as in most offices. */
const WEEKDAYS = [1.2, 1.02, 0.98, 1, 1.05, 0.75, 0.6];
const DAY_DEVIATION = 0.07;
const SUM = SHAPE_OF_A_DAY.reduce((sum, weight) => sum + weight, 0);

/** The weeks before the demo at one of its centres, by half hours and service groups: what its plans are made from. */
export function demoHistory({ centreId, hours, windows, groups }: NewCentre, before: CivilDate): ArrivalCount[] {
  const counts: ArrivalCount[] = [];
  const offered = demoGroups.filter(({ groupId }) => groups.some((group) => group.groupId === groupId));
  const shares = offered.reduce((sum, { share }) => sum + share, 0);
  for (let back = 7 * WEEKS; back > 0; back -= 1) {
    const day = addDays(before, -back);
    const weekday = weekdayOf(day);
    const open = hours.find((row) => row.weekday === weekday && row.validTo === null);
    if (open === undefined) continue;
    const draw = random(streamOf(centreId, back));
    const visitors =
      windows.length * VISITS_A_WINDOW * (WEEKDAYS[weekday - 1] ?? 1) * Math.exp(DAY_DEVIATION * normal(draw));
    const [first, last] = [halfHourOf(open.opens), halfHourOf(open.closes)];
    for (let halfHour = first; halfHour < last; halfHour += 1) {
      const place = Math.floor(((halfHour - first) / (last - first)) * SHAPE_OF_A_DAY.length);
      const here = (visitors * (SHAPE_OF_A_DAY[place] ?? 0) * SHAPE_OF_A_DAY.length) / (SUM * (last - first));
      for (const { groupId, share } of offered) {
        const mean = (here * share) / shares;
        const came = Math.round(mean + Math.sqrt(mean) * normal(draw));
        if (came > 0) counts.push({ centreId, day, groupId, halfHour, visitors: came });
      }
    }
  }
  return counts;
}

function halfHourOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 2 + Math.floor(minute / 30);
}
