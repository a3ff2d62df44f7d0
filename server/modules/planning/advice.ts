import type { AdviceReply } from '../../../contract/planning.ts';
import type { ReserveRule } from '../../../core/planning/reserve.ts';
import { adviseWindows, risksOf } from '../../../core/queue/advice.ts';
import type { Day } from '../../../core/queue/day.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import { waitRange } from '../../../core/queue/wait-range.ts';
import { kmBetween, NEAR_KM, NEAR_LEAST } from '../../../core/rehearsal/diversion.ts';
import { WITH_MARGIN } from '../../../core/rehearsal/tuned.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import type { HallOutlook } from './hall-outlook.ts';
import type { HallContext } from '../queue/index.ts';
import { type PlannedCentre, plannedCentres } from './planned-halls.ts';
import { answersOn, isAdviceOn } from './queries.ts';

type Advised = AdviceReply['advice'][number];

const STINT_MINUTES = 20;
const SEATING_MINUTES = 2;
/** A visitor is sent on only if travel and wait together are shorter by this much. */
const SAVES_MIN = 10;
const MINUTES_PER_KM = 5;
/** What was answered is not advised again for so long. */
const QUIET_MS = 10 * MINUTE;

/** What a hall should do now. Nothing where its head has not switched advice on. */
export async function adviceFor(
  context: HallContext,
  outlookAt: (key: DayKey) => Promise<HallOutlook>,
  centreId: CentreId,
): Promise<AdviceReply> {
  const key = await context.halls.today(centreId);
  if (!(await context.db.read((tx) => isAdviceOn(tx, key.centreId)))) return { enabled: false, risks: [], advice: [] };
  const now = context.now();
  // Without a forecast (a new centre) the hall is advised by what waits alone.
  const rule = await outlookAt(key).then(ruleOf, () => null);
  const [seen, answers] = await Promise.all([
    context.halls.dayBook.view(key, (day) => ({
      risks: risksOf(day, now),
      windows: adviseWindows(day, now, rule),
      waitHere: waitShown(day, now),
    })),
    context.db.read((tx) => answersOn(tx, key.centreId, key.day)),
  ]);
  const sendOn = seen.waitHere === null ? [] : await nearer(context, key.centreId, seen.waitHere, now);
  const quiet = answers.filter(({ at }) => at > now - QUIET_MS);
  const isNews = (advised: Advised) => !quiet.some((answer) => answersIt(answer, advised));
  return { enabled: true, risks: seen.risks, advice: [...seen.windows, ...sendOn].filter(isNews) };
}

/** Advice to open a number of windows is not repeated, unless the number has grown. */
function answersIt(
  {
    kind,
    windows,
    toCentreId,
  }: { readonly kind: string; readonly windows: number | null; readonly toCentreId: CentreId | null },
  advised: Advised,
): boolean {
  if (advised.kind !== kind) return false;
  return advised.kind === 'open-windows' ? advised.windows <= (windows ?? 0) : advised.toCentreId === toCentreId;
}

function ruleOf({ outlook, windowsMax }: HallOutlook): ReserveRule {
  const limits = { stintMinutes: STINT_MINUTES, seatingMinutes: SEATING_MINUTES, windowsMax };
  return { tuning: WITH_MARGIN, limits, load: outlook.load };
}

/** The longest wait that a visitor who came now would be shown, in minutes; null when nobody would be served. */
function waitShown(day: Day, now: Instant): number | null {
  const waits = day.configuration.services
    .filter(({ off }) => !off)
    .flatMap((service) => waitRange(day, service, now + day.configuration.walkInLimitMinutes * MINUTE, now) ?? []);
  return waits.length === 0 ? null : Math.max(...waits.map(({ q50Minutes }) => q50Minutes));
}

/** The near centre that saves most, if it saves enough. */
async function nearer(context: HallContext, centreId: CentreId, waitHere: number, now: Instant): Promise<Advised[]> {
  if (waitHere < SAVES_MIN) return [];
  const centres = await plannedCentres(context);
  const here = centres.find((centre) => centre.centreId === centreId);
  const waits = await Promise.all(
    nearTo(here, centres).map(async ({ centre, km }) => {
      const wait = await context.halls
        .today(centre.centreId)
        .then((key) => context.halls.dayBook.view(key, (day) => (day.state === 'open' ? waitShown(day, now) : null)))
        .catch(() => null);
      return wait === null ? [] : [{ centre, way: km * MINUTES_PER_KM, wait }];
    }),
  );
  const [best] = waits.flat().sort((a, b) => a.way + a.wait - (b.way + b.wait));
  if (best === undefined) return [];
  const saves = waitHere - best.way - best.wait;
  if (saves < SAVES_MIN) return [];
  const { centreId: toCentreId, name } = best.centre;
  return [
    {
      kind: 'send-on',
      toCentreId,
      name,
      wayMinutes: Math.round(best.way),
      waitHereMinutes: Math.round(waitHere),
      waitThereMinutes: Math.round(best.wait),
      savesMinutes: Math.floor(saves),
    },
  ];
}

function nearTo(here: PlannedCentre | undefined, centres: readonly PlannedCentre[]) {
  const placed = centres.flatMap((centre) => {
    const { latitude, longitude } = centre;
    return latitude === null || longitude === null ? [] : [{ centre, place: { latitude, longitude } }];
  });
  const own = placed.find(({ centre }) => centre.centreId === here?.centreId);
  if (own === undefined) return [];
  return placed
    .filter((other) => other !== own)
    .map(({ centre, place }) => ({ centre, km: kmBetween(own.place, place) }))
    .sort((a, b) => a.km - b.km)
    .filter(({ km }, index) => km <= NEAR_KM || index < NEAR_LEAST);
}
