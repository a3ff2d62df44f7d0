import type { AlarmTuning, ReserveTuning } from '../planning/reserve.ts';
import type { Policy } from '../queue/configuration.ts';
import type { Diversion } from './diversion.ts';
import type { CityPolicy, PlanRule } from './rehearse-city.ts';
import { AFTER_OPENINGS, BY_DUE, SHORT_FIRST, WITH_MARGIN } from './tuned.ts';

const AT_HOME: Diversion = { share: 0.3, where: 'home', gainMinutes: 0, minutesPerKm: 5 };
const IN_HALL: Diversion = { share: 0.3, where: 'hall', gainMinutes: 10, minutesPerKm: 5 };
const STINT_MINUTES = 20;
/** The least static plan, in steps of 0.02, with which a first-come hall keeps every limit on the seeds that are reported. */
const FEASIBLE_BETA = 1.44;
const NEAR: Policy = { kind: 'appointments-first', lookAheadSeconds: 300 };

interface Row {
  readonly ru: string;
  readonly en: string;
  readonly order?: Policy;
  readonly plan?: PlanRule;
  readonly reserve?: ReserveTuning | AlarmTuning | null;
  readonly diversion?: Diversion;
}

const byRoot = (beta: number): Pick<Row, 'plan' | 'reserve'> => ({
  plan: { kind: 'square-root', beta },
  reserve: null,
});
const alarm = (minutes: number, beta: number): Pick<Row, 'plan' | 'reserve'> => ({
  plan: { kind: 'square-root', beta },
  reserve: { kind: 'alarm', minutes },
});

/**
 * Every way to run the halls that is compared. What a row does not say: the order of being due, a plan with Okno's reserve, and
 * nobody moved. Figures of static plans and alarms are those fitted on seed 1 (docs/planning.md).
 */
const ROWS: Readonly<Record<string, Row>> = {
  'fifo-static': {
    ru: 'Живая очередь, постоянный план',
    en: 'First come, static plan',
    order: { kind: 'fifo' },
    ...byRoot(FEASIBLE_BETA),
  },
  'fifo-price': {
    ru: 'Живая очередь, план по цене срыва',
    en: 'First come, plan by the price of a breach',
    order: { kind: 'fifo' },
    plan: { kind: 'breach-price', theta: 74.76 },
    reserve: null,
  },
  'due-static': { ru: 'По сроку, постоянный план', en: 'By due time, static plan', ...byRoot(FEASIBLE_BETA) },
  'appointments-static': {
    ru: 'Сначала по записи, постоянный план',
    en: 'Appointments first, static plan',
    order: NEAR,
    ...byRoot(FEASIBLE_BETA),
  },
  'alarm-8': { ru: 'Резерв по длине очереди, 8 мин', en: 'Reserve by queue length, 8 min', ...alarm(8, -0.91129) },
  'alarm-8.5': {
    ru: 'Резерв по длине очереди, 8,5 мин',
    en: 'Reserve by queue length, 8.5 min',
    ...alarm(8.5, -0.42029),
  },
  'okno-fifo': { ru: 'Резерв Окна, живая очередь', en: 'Okno’s reserve, first come', order: { kind: 'fifo' } },
  'okno-appointments': { ru: 'Резерв Окна, сначала по записи', en: 'Okno’s reserve, appointments first', order: NEAR },
  okno: { ru: 'Окно: по сроку', en: 'Okno: by due time' },
  'okno-margin': { ru: 'Окно: по сроку, с запасом', en: 'Okno: by due time, with a margin', reserve: WITH_MARGIN },
  'okno-short': { ru: 'Окно: короткие чуть раньше', en: 'Okno: short services a little earlier', ...SHORT_FIRST },
  'okno-openings': {
    ru: 'Окно: короткие чуть раньше, реже открывать',
    en: 'Okno: short a little earlier, fewer openings',
    ...AFTER_OPENINGS,
  },
  'okno-hall': {
    ru: 'Окно: по сроку, совет в зале ехать дальше',
    en: 'Okno: by due time, sent on in the hall',
    diversion: IN_HALL,
  },
  'okno-home': { ru: 'Окно: по сроку, выбор из дома', en: 'Okno: by due time, choice at home', diversion: AT_HOME },
  'okno-short-home': {
    ru: 'Окно: короткие чуть раньше, выбор из дома',
    en: 'Okno: short a little earlier, choice at home',
    ...SHORT_FIRST,
    diversion: AT_HOME,
  },
};

export const CITY_POLICIES: readonly CityPolicy[] = Object.entries(ROWS).map(([policyId, row]) => ({
  policyId,
  name: { ru: row.ru, en: row.en },
  order: row.order ?? { kind: 'due-time' },
  plan: row.plan ?? { kind: 'with-reserve' },
  reserve: row.reserve === undefined ? BY_DUE : row.reserve,
  stintMinutes: STINT_MINUTES,
  diversion: row.diversion ?? null,
}));
