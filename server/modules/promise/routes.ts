import type { FastifyInstance } from 'fastify';
import { promiseContract, promiseTableContract, type PromiseReply, type Waits } from '../../../contract/promise.ts';
import { refuse } from '../../../core/problems.ts';
import { csvOf } from '../../../core/tables/csv.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { briefly } from '../../platform/cache-briefly.ts';
import type { Db } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import { daysServed, NO_WAITS, waitsOn } from '../queue/index.ts';
import { promiseOn } from './figures.ts';
import { setPrice } from './queries.ts';

/** How old public figures may be. */
const FRESH_MS = 5_000;
const DAYS_FRESH_MS = 60_000;
const DAYS = 31;

export interface PromiseSetting {
  readonly db: Db;
  now(): Instant;
  /** The network's business day now. */
  today(): Promise<CivilDate>;
  centres(): Promise<Parameters<typeof promiseOn>[1]>;
}

/** What pages ask for: the figures of a day (null: today), and the waits of the days behind it. */
export interface PromiseFigures {
  onDay(day: CivilDate | null): Promise<PromiseReply>;
  days(): Promise<readonly { readonly day: CivilDate; readonly waits: Waits }[]>;
}

/** The promise in public. */
export function promiseRoutes(app: FastifyInstance, { db, now, today, centres }: PromiseSetting): PromiseFigures {
  const onDay = briefly(FRESH_MS, async (day: CivilDate) => promiseOn(db, await centres(), day, now()));
  const figures = async (asked: CivilDate | null) => {
    const current = await today();
    const day = asked ?? current;
    return day > current ? refuse('moment-ahead', {}) : onDay(day);
  };
  const days = briefly(DAYS_FRESH_MS, async (until: CivilDate) => {
    const found: { day: CivilDate; waits: Waits }[] = [];
    for (const day of await db.read((tx) => daysServed(tx, until, DAYS)))
      found.push({ day, waits: (await db.read((tx) => waitsOn(tx, day))).get(null) ?? NO_WAITS });
    return found;
  });

  serve(app, promiseContract, {
    'GET /api/promise': ({ query: { day = null } }) => figures(day),

    'GET /api/promise/days': async () => days(await today()),

    'PUT /api/drinks/:drink/price': async ({ params: { drink }, body: { from, kopecks }, asker }) => {
      await db.write(async (tx) => {
        await setPrice(tx, drink, from, kopecks);
        await audit(tx, asker, { action: 'drink-price', object: drink, details: { from, kopecks } });
      });
    },
  });

  serve(app, promiseTableContract, {
    'GET /promise.csv': async ({ query: { day = null } }, reply) => {
      const found = await figures(day);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="okno-promise-${found.day}.csv"`)
        .send(csvOf(COLUMNS, rowsOf(found), ','));
    },
  });
  return { onDay: figures, days: async () => days(await today()) };
}

const COLUMNS = (
  'day centre_id centre waits mean_s p50_s p90_s p99_s over_15_min over_share ' +
  'ratings satisfied satisfied_low satisfied_high vouchers redeemed cost_kopecks'
).split(' ');

function rowsOf({ day, network, centres }: PromiseReply) {
  const seconds = (ms: number | null) => (ms === null ? '' : Math.round(ms / 1_000));
  const known = (value: number | null) => value ?? '';
  const all = [{ centreId: '', name: { ru: 'Вся сеть' }, ...network }, ...centres];
  return all.map(({ centreId, name, waits, satisfied, drinks }) => {
    const times = [waits.meanMs, waits.p50Ms, waits.p90Ms, waits.p99Ms].map(seconds);
    const content = [satisfied.share, satisfied.low, satisfied.high].map(known);
    const waited = [waits.n, ...times, waits.over, known(waits.overShare)];
    return [
      day,
      centreId,
      name.ru,
      ...waited,
      satisfied.n,
      ...content,
      drinks.vouchers,
      drinks.redeemed,
      drinks.costKopecks,
    ];
  });
}
