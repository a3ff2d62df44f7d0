import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  CentreIdField,
  DayField,
  GroupIdField,
  Instant,
  PlannedDayField,
  VisitIdField,
  VisitNumberField,
} from './fields.ts';

const closed = { additionalProperties: false };
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const ofCentre = Type.Object({ centreId: CentreIdField });
const onDay = Type.Object({ day: AskedDayField });

/** Why a hall does not follow advice. */
export const REFUSALS = ['nobody-free', 'will-ease', 'other-work', 'not-so'] as const;

const OpenWindows = Type.Object({
  kind: Type.Literal('open-windows'),
  windows: Type.Integer({ description: 'How many more windows to open' }),
  withinMinutes: Type.Integer(),
  why: Type.Object({
    waiting: Type.Integer({ description: 'Visits that wait' }),
    open: Type.Integer({ description: 'Windows at work' }),
    workMinutes: Type.Integer({ description: 'The waiting work, in minutes of one window' }),
    atRisk: Type.Number({ description: 'How many of those who wait are expected to wait too long if nothing is done' }),
  }),
  effect: Type.Object({
    atRisk: Type.Number({ description: 'How many would be if the advice is followed' }),
    paidMinutes: Type.Integer({ description: 'What it costs, in minutes of one window' }),
  }),
});

const SendOn = Type.Object({
  kind: Type.Literal('send-on'),
  toCentreId: CentreIdField,
  name: Type.Object({ ru: Type.String(), en: Type.String() }),
  wayMinutes: Type.Integer(),
  waitHereMinutes: Type.Integer(),
  waitThereMinutes: Type.Integer(),
  savesMinutes: Type.Integer({ description: 'Minutes saved, travel and wait together; at least 10' }),
});

const AdviceReply = Type.Object({
  enabled: Type.Boolean({ description: 'False: the head of the centre has not switched advice on' }),
  risks: Type.Array(
    Type.Object({
      visitId: VisitIdField,
      number: VisitNumberField,
      waitedMinutes: Type.Number(),
      expectedMinutes: Nullable(Type.Number()),
      pBreach: Type.Number({ minimum: 0, maximum: 1, description: 'The probability of waiting longer than promised' }),
    }),
  ),
  advice: Type.Array(Type.Union([OpenWindows, SendOn])),
});

const Factors = Type.Object({
  level: Type.Number({ description: 'Visitors of a recent ordinary day' }),
  weekday: Type.Number(),
  season: Type.Number(),
  trend: Type.Number(),
  special: Type.Number(),
});

const HalfHour = Type.Object({
  startsMinute: Type.Integer({ description: 'Minutes from midnight of the centre' }),
  mean: Type.Number({ description: 'Visitors expected' }),
  low: Type.Number({ description: 'Nine of ten days are between low and high' }),
  high: Type.Number(),
  load: Type.Number({ description: 'Windows that would be busy if there were enough of them' }),
  need: Type.Integer({ description: 'Windows to plan, with a reserve to call' }),
  planned: Nullable(Type.Integer({ description: 'Windows planned; null: no plan' })),
});

const ExpectedVisitors = Type.Object({
  mean: Type.Number({ description: 'Visitors expected' }),
  low: Type.Number({ description: 'Nine of ten days are between low and high' }),
  high: Type.Number(),
});

const Outlook = Type.Object({
  centreId: CentreIdField,
  day: DayField,
  timeZone: Type.String(),
  historyDays: Type.Integer({ description: 'The number of days of history behind it' }),
  windows: Type.Integer({ description: 'Windows of the hall' }),
  serviceMinutes: Type.Number({ description: 'Average minutes of service for a visitor' }),
  visitors: Type.Number(),
  reasons: Factors,
  groups: Type.Array(
    Type.Object({
      groupId: GroupIdField,
      letter: Nullable(Type.String()),
      visitors: Type.Number(),
      halfHours: Type.Array(ExpectedVisitors),
    }),
  ),
  halfHours: Type.Array(HalfHour),
});

const WindowsByHalfHour = Type.Array(Type.Integer({ minimum: 0, maximum: 999 }), { minItems: 1, maxItems: 48 });
const Estimate = Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() });

const Rehearsed = Type.Object({
  days: Type.Integer({ description: 'The number of days that were simulated' }),
  meanWaitMinutes: Estimate,
  over15: Estimate,
  expectedBreaches: Type.Number({ description: 'Visitors of the day who would wait more than 15 minutes' }),
  plannedHours: Type.Number(),
  reserveHours: Type.Number(),
  overtimeHours: Type.Number(),
  openings: Type.Number({ description: 'How often a reserve window is called in a day' }),
  workHours: Type.Number({ description: 'The work alone' }),
});

export const Shift = Type.Object({
  start: Type.Integer({ minimum: 0, maximum: 48, description: 'Half hours from the opening' }),
  hours: Type.Integer({ minimum: 1, maximum: 24 }),
  slots: Type.Array(Type.Integer({ minimum: 0, maximum: 48 }), {
    maxItems: 48,
    uniqueItems: true,
    description: 'Half hours at the window; a break is left out',
  }),
});

const history = ['unknown-centre', 'centre-closed', 'no-history'] as const;

/** Advice for a running hall. */
export const adviceContract = {
  'GET /api/centres/:centreId/advice': {
    right: 'serve',
    summary: 'Visitors who are likely to wait longer than promised, and advice for the hall. Empty where advice is off',
    params: ofCentre,
    reply: AdviceReply,
    problems: ['unknown-centre', 'centre-closed', 'day-unreadable'],
  },
  'PUT /api/centres/:centreId/advice-setting': {
    right: 'run-centre',
    summary: 'Switch advice for a centre on or off',
    params: ofCentre,
    body: Type.Object({ enabled: Type.Boolean() }, closed),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/advice/answers': {
    right: 'run-hall',
    summary: 'Follow advice, or refuse it with a reason. The same advice does not return for ten minutes',
    params: ofCentre,
    body: Type.Object(
      {
        kind: Type.Enum(['open-windows', 'send-on']),
        windows: Nullable(Type.Integer({ minimum: 1, maximum: 999 })),
        toCentreId: Nullable(CentreIdField),
        refusal: Nullable(Type.Enum([...REFUSALS])),
      },
      closed,
    ),
    problems: ['unknown-centre', 'centre-closed', 'no-such-advice', 'day-unreadable'],
  },
  'GET /api/centres/:centreId/advice/answers': {
    right: 'see-figures',
    summary: 'The advice given to a hall on a day, with its outcomes, newest first',
    params: ofCentre,
    query: onDay,
    reply: Type.Array(
      Type.Object({
        at: Instant,
        kind: Type.Enum(['open-windows', 'send-on']),
        windows: Nullable(Type.Integer()),
        toCentreId: Nullable(CentreIdField),
        waiting: Type.Integer(),
        open: Type.Integer(),
        accepted: Type.Boolean(),
        refusal: Nullable(Type.Enum([...REFUSALS])),
      }),
    ),
    problems: ['unknown-centre'],
  },
} as const satisfies Contract;

/** The forecast of a day, the windows to plan for it, and their effect. */
export const planningContract = {
  'GET /api/centres/:centreId/outlook': {
    right: 'see-figures',
    summary: 'The forecast of a day by half hours, with its reasons and the windows to plan',
    params: ofCentre,
    query: onDay,
    reply: Outlook,
    problems: history,
  },
  'POST /api/centres/:centreId/shifts': {
    right: 'see-figures',
    summary: 'The fewest and cheapest shifts of 12, 8, 6 and 4 hours, with breaks, that staff the given windows',
    params: ofCentre,
    body: Type.Object({ windows: WindowsByHalfHour }, closed),
    reply: Type.Object({
      shifts: Type.Array(Shift),
      hours: Type.Number(),
      needHours: Type.Number({ description: 'Window hours that were asked for: no set of shifts costs less' }),
    }),
    problems: ['unknown-centre', 'no-shift-fits', 'planning-busy'],
  },
  'POST /api/centres/:centreId/rehearsals': {
    right: 'see-figures',
    summary: 'Simulate the expected day by the rules of the hall, with the given windows, with or without a reserve',
    params: ofCentre,
    body: Type.Object({ day: PlannedDayField, windows: WindowsByHalfHour, reserve: Type.Boolean() }, closed),
    reply: Rehearsed,
    problems: [...history, 'plan-length', 'planning-busy'],
  },
  'PUT /api/centres/:centreId/day-plan': {
    right: 'run-centre',
    summary: 'The windows of one day, half hour by half hour from the opening; null returns to the plan of the weekday',
    params: ofCentre,
    body: Type.Object({ day: PlannedDayField, windows: Nullable(WindowsByHalfHour) }, closed),
    problems: ['unknown-centre', 'centre-closed', 'plan-length', 'plan-past'],
  },
} as const satisfies Contract;

export type AdviceReply = Static<typeof AdviceReply>;
export type Outlook = Static<typeof Outlook>;
export type Rehearsed = Static<typeof Rehearsed>;
export type Shift = Static<typeof Shift>;
export type Refusal = (typeof REFUSALS)[number];
