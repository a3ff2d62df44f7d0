import type { PromiseFigures, PromiseReply, Waits } from '../../../contract/promise.ts';
import { shareOf } from '../../../core/figures/shares.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Db } from '../../platform/handles.ts';
import { drinksOn, NO_WAITS, waitsOn } from '../queue/index.ts';
import { ratingsOn } from '../ratings/index.ts';
import { pricesOn } from './queries.ts';

/** One in 2,000 may wait longer: 35 of 70,000. */
const BUDGET_SHARE = 1 / 2_000;
const GOAL_SATISFIED = 0.97;
/** Fewer ratings than this are not published: each could be guessed. */
const RATINGS_MIN = 30;

interface Named {
  readonly centreId: CentreId;
  readonly name: { readonly ru: string; readonly en: string };
  readonly district: { readonly ru: string; readonly en: string };
}

/** The figures of a day, of the network and of each centre that has any. */
export async function promiseOn(db: Db, centres: readonly Named[], day: CivilDate, at: Instant): Promise<PromiseReply> {
  const { waits, ratings, drinks, prices } = await db.read(async (tx) => ({
    waits: await waitsOn(tx, day),
    ratings: await ratingsOn(tx, day),
    drinks: await drinksOn(tx, day),
    prices: await pricesOn(tx, day),
  }));
  const figuresOf = (found: Waits | undefined, centreIds: ReadonlySet<CentreId> | null): PromiseFigures => {
    const here = <Row>(rows: Iterable<readonly [CentreId, Row]>): Row[] =>
      [...rows].filter(([centreId]) => centreIds?.has(centreId) ?? true).map(([, row]) => row);
    const rated = here(ratings);
    const had = here(drinks.map((row) => [row.centreId, row] as const));
    const known = found ?? NO_WAITS;
    return {
      waits: known,
      satisfied: satisfiedOf(sum(rated, 'n'), sum(rated, 'satisfied')),
      drinks: {
        vouchers: known.over,
        redeemed: sum(had, 'n'),
        costKopecks: had.reduce((cost, { drink, n }) => cost + n * (prices.get(drink) ?? 0), 0),
      },
    };
  };
  return {
    day,
    at,
    budgetShare: BUDGET_SHARE,
    goalSatisfied: GOAL_SATISFIED,
    network: figuresOf(waits.get(null), null),
    centres: centres.map(({ centreId, name, district }) => ({
      centreId,
      name,
      district,
      ...figuresOf(waits.get(centreId), new Set([centreId])),
    })),
  };
}

function satisfiedOf(n: number, satisfied: number): PromiseFigures['satisfied'] {
  const found = n < RATINGS_MIN ? null : shareOf(satisfied, n);
  return found === null ? { n, share: null, low: null, high: null } : { n, ...found };
}

function sum<Key extends string>(rows: readonly { readonly [K in Key]: number }[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
