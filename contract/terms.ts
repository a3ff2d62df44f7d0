import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { DayField } from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

const Spans = Type.String({
  pattern: '^(\\d\\d-\\d\\d(\\.\\.\\d\\d-\\d\\d)?( \\d\\d-\\d\\d(\\.\\.\\d\\d-\\d\\d)?)*)?$',
  maxLength: 1_000,
  description: 'Days and spans, such as `01-01..01-08 02-23`',
});

/** A year of the production calendar, where it differs from Monday to Friday. */
export const CalendarYearBody = closedObject({
  act: Type.String({ minLength: 1, maxLength: 300, description: 'The decree' }),
  rest: Spans,
  short: Spans,
  work: Spans,
  decree: Spans,
  provisional: Type.Boolean(),
});

const Recount = Type.Object({
  serial: Type.Integer(),
  seen: Type.Integer(),
  moved: Type.Integer({ description: 'Applications whose last day moved' }),
  ended: Type.Boolean(),
});

/** The production calendar, by which terms are counted. */
export const termContract = {
  'GET /api/calendar': {
    right: 'look',
    summary: 'The loaded years',
    reply: Type.Object({
      serial: Type.Integer({ description: 'Grows with every change' }),
      years: Type.Array(
        Type.Object({
          year: Type.Integer(),
          version: Type.Integer({ description: '0: as shipped with the program' }),
          workingDays: Type.Integer(),
          ...CalendarYearBody.properties,
        }),
      ),
      recount: Nullable(Recount),
      missing: Nullable(Type.Integer({ description: 'The next year, when it is near and not loaded' })),
    }),
    problems: [],
  },
  'PUT /api/calendar/:year': {
    right: 'publish-catalogue',
    summary: 'Load a year or change one: a new version of it. The terms of open applications are computed again',
    params: Type.Object({ year: Type.Integer({ minimum: 1992, maximum: 2200 }) }),
    body: CalendarYearBody,
    reply: Type.Object({ serial: Type.Integer(), from: DayField }),
    problems: ['calendar-malformed', 'calendar-gap'],
  },
} as const satisfies Contract;

export type CalendarYearBody = Static<typeof CalendarYearBody>;
