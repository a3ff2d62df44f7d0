import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { AskedDayField, CentreIdField, DayField, DrinkField, Instant, PlannedDayField, Words } from './fields.ts';
import { Nullable } from './queue-shapes.ts';

const Milliseconds = Type.Integer({ minimum: 0, description: 'Milliseconds' });
const Proportion = Type.Number({ minimum: 0, maximum: 1 });

/** Figures of the waits that are over, from the published rule (docs/queue-rules.md). Null: no data. */
const Waits = Type.Object({
  n: Type.Integer({ description: 'The number of waits counted' }),
  meanMs: Nullable(Milliseconds),
  p50Ms: Nullable(Milliseconds),
  p90Ms: Nullable(Milliseconds),
  p99Ms: Nullable(Milliseconds),
  over: Type.Integer({ description: 'Waits longer than promised, including those that are not over' }),
  overShare: Nullable(Proportion),
});

const Satisfied = Type.Object({
  n: Type.Integer({ description: 'Ratings' }),
  /** Null where fewer than thirty have rated: they could be guessed. */
  share: Nullable(Proportion),
  low: Nullable(Proportion),
  high: Nullable(Proportion),
});

const Drinks = Type.Object({
  vouchers: Type.Integer(),
  redeemed: Type.Integer(),
  costKopecks: Type.Integer({ description: 'Kopecks' }),
});

const Figures = Type.Object({ waits: Waits, satisfied: Satisfied, drinks: Drinks });

const PromiseReply = Type.Object({
  day: DayField,
  at: Instant,
  /** One visitor in this number may wait longer: 35 of 70,000. */
  budgetShare: Proportion,
  goalSatisfied: Proportion,
  network: Figures,
  centres: Type.Array(Type.Object({ centreId: CentreIdField, name: Words, district: Words, ...Figures.properties })),
});

/** The promise in public: figures that anyone can check. */
export const promiseContract = {
  'GET /api/promise': {
    right: 'look',
    summary: 'The waits, the satisfaction and the drinks of a day, of the network and of each centre',
    query: Type.Object({ day: Type.Optional(AskedDayField) }),
    reply: PromiseReply,
    problems: ['moment-ahead'],
  },
  'GET /api/promise/days': {
    right: 'look',
    summary: 'The same of the network, day by day, newest first, at most thirty-one days',
    reply: Type.Array(Type.Object({ day: DayField, waits: Waits })),
    problems: [],
  },
  'PUT /api/drinks/:drink/price': {
    right: 'operate',
    summary: 'The cost of a drink of the promise from a day on',
    params: Type.Object({ drink: DrinkField }),
    body: Type.Object(
      { from: PlannedDayField, kopecks: Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Kopecks' }) },
      { additionalProperties: false },
    ),
    problems: [],
  },
} as const satisfies Contract;

export const promiseTableContract = {
  'GET /promise.csv': {
    right: null,
    summary: 'The promise of a day as a table: one line for the network and one for each centre',
    query: Type.Object({ day: Type.Optional(AskedDayField) }),
    gives: ['text/csv'],
    problems: ['moment-ahead'],
  },
} as const satisfies Contract;

export type PromiseReply = Static<typeof PromiseReply>;
export type PromiseFigures = Static<typeof Figures>;
export type Waits = Static<typeof Waits>;
