import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, DayField, Done, GroupIdField, Instant, VisitIdField, VisitNumberField } from './fields.ts';

const closed = { additionalProperties: false };
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const ofCentre = Type.Object({ centreId: CentreIdField });
const onDay = Type.Object({ day: DayField });

/** Why a hall does not follow advice. */
export const REFUSALS = ['nobody-free', 'will-ease', 'other-work', 'not-so'] as const;

const OpenWindows = Type.Object({
  kind: Type.Literal('open-windows'),
  windows: Type.Integer({ description: 'How many more windows to open' }),
  withinMinutes: Type.Integer(),
  why: Type.Object({
    waiting: Type.Integer({ description: 'Visits that wait' }),
    open: Type.Integer({ description: 'Windows that work' }),
    workMinutes: Type.Integer({ description: 'The work that waits, in minutes of one window' }),
    atRisk: Type.Number({ description: 'How many of those who wait are expected to wait too long as it is' }),
  }),
  effect: Type.Object({
    atRisk: Type.Number({ description: 'How many would be if it is done' }),
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
  savesMinutes: Type.Integer({ description: 'By so much way and wait together are shorter; at least 10' }),
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
  level: Type.Number({ description: 'Visitors of an ordinary day of late' }),
  weekday: Type.Number(),
  season: Type.Number(),
  trend: Type.Number(),
  special: Type.Number(),
});

const HalfHour = Type.Object({
  startsMinute: Type.Integer({ description: 'Minutes from midnight of the centre' }),
  mean: Type.Number({ description: 'Visitors expected' }),
  low: Type.Number({ description: 'Nine of ten days lie between low and high' }),
  high: Type.Number(),
  load: Type.Number({ description: 'Windows that would be busy if there were enough' }),
  need: Type.Integer({ description: 'Windows to plan, with a reserve to call' }),
  planned: Nullable(Type.Integer({ description: 'Windows planned; null: no plan' })),
});

const ExpectedVisitors = Type.Object({
  mean: Type.Number({ description: 'Visitors expected' }),
  low: Type.Number({ description: 'Nine of ten days lie between low and high' }),
  high: Type.Number(),
});

const Outlook = Type.Object({
  centreId: CentreIdField,
  day: DayField,
  timeZone: Type.String(),
  historyDays: Type.Integer({ description: 'On so many days of history this rests' }),
  windows: Type.Integer({ description: 'Windows that the hall has' }),
  serviceMinutes: Type.Number({ description: 'What a visitor takes on average' }),
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
  days: Type.Integer({ description: 'So many days were played' }),
  meanWaitMinutes: Estimate,
  over15: Estimate,
  expectedBreaches: Type.Number({ description: 'Visitors of the day who would wait more than 15 minutes' }),
  plannedHours: Type.Number(),
  reserveHours: Type.Number(),
  overtimeHours: Type.Number(),
  openings: Type.Number({ description: 'How often a reserve window is called in a day' }),
  workHours: Type.Number({ description: 'The bare work' }),
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

/** What a running hall should do now. */
export const adviceContract = {
  'GET /api/centres/:centreId/advice': {
    right: 'serve',
    summary: 'Who is likely to wait longer than promised, and what the hall should do now. Empty where advice is off',
    params: ofCentre,
    reply: AdviceReply,
    problems: ['unknown-centre', 'centre-closed', 'day-unreadable'],
  },
  'PUT /api/centres/:centreId/advice-setting': {
    right: 'run-centre',
    summary: 'The head of a centre switches advice on or off',
    params: ofCentre,
    body: Type.Object({ enabled: Type.Boolean() }, closed),
    reply: Done,
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/advice/answers': {
    right: 'run-hall',
    summary: 'Advice is followed, or refused with a reason. For ten minutes the same is not advised again',
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
    reply: Done,
    problems: ['unknown-centre', 'centre-closed', 'no-such-advice', 'day-unreadable'],
  },
  'GET /api/centres/:centreId/advice/answers': {
    right: 'see-figures',
    summary: 'What a hall was advised on a day and what came of it, newest first',
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

/** What is expected of a day, what to plan for it, and what that would give. */
export const planningContract = {
  'GET /api/centres/:centreId/outlook': {
    right: 'see-figures',
    summary: 'What is expected on a day, half hour by half hour, why, and the windows to plan for it',
    params: ofCentre,
    query: onDay,
    reply: Outlook,
    problems: history,
  },
  'POST /api/centres/:centreId/shifts': {
    right: 'see-figures',
    summary: 'Few and cheap shifts of 12, 8, 6 and 4 hours with their breaks that give so many windows',
    params: ofCentre,
    body: Type.Object({ windows: WindowsByHalfHour }, closed),
    reply: Type.Object({
      shifts: Type.Array(Shift),
      hours: Type.Number(),
      needHours: Type.Number({ description: 'Hours of windows that were asked for: no shifts are cheaper' }),
    }),
    problems: ['unknown-centre', 'no-shift-fits', 'planning-busy'],
  },
  'POST /api/centres/:centreId/rehearsals': {
    right: 'see-figures',
    summary:
      'Plays a day as it is expected through the rules of the hall, with so many windows, with or without a reserve',
    params: ofCentre,
    body: Type.Object({ day: DayField, windows: WindowsByHalfHour, reserve: Type.Boolean() }, closed),
    reply: Rehearsed,
    problems: [...history, 'plan-length', 'planning-busy'],
  },
  'PUT /api/centres/:centreId/day-plan': {
    right: 'run-centre',
    summary:
      'The windows of one day, half hour by half hour from the opening; null goes back to the plan of the weekday',
    params: ofCentre,
    body: Type.Object({ day: DayField, windows: Nullable(WindowsByHalfHour) }, closed),
    reply: Done,
    problems: ['unknown-centre', 'centre-closed', 'plan-length', 'plan-past'],
  },
} as const satisfies Contract;

export type AdviceReply = Static<typeof AdviceReply>;
export type Outlook = Static<typeof Outlook>;
export type Rehearsed = Static<typeof Rehearsed>;
export type Shift = Static<typeof Shift>;
export type Refusal = (typeof REFUSALS)[number];
