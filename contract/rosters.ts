import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  CentreIdField,
  DayField,
  EditionField,
  GroupIdField,
  PlannedDayField,
  UuidField,
} from './fields.ts';
import { Shift } from './planning.ts';

const closed = { additionalProperties: false };
const ofCentre = Type.Object({ centreId: CentreIdField });
const inWeek = Type.Object({ day: AskedDayField });
const AccountId = UuidField;

const RosterShift = Type.Object({ accountId: AccountId, day: PlannedDayField, ...Shift.properties }, closed);

const RosterDay = Type.Object({
  day: DayField,
  opensMinute: Type.Integer({ description: 'Minutes from midnight of the centre' }),
  need: Type.Array(Type.Integer(), { description: 'Windows to plan, half hour by half hour from the opening' }),
  over: Type.Boolean({ description: 'The day is past: its shifts can no longer change' }),
});

const Roster = Type.Object({
  monday: DayField,
  version: Type.Integer({ description: 'The state of the week; 0: nothing was saved yet' }),
  days: Type.Array(RosterDay, { description: 'The days of the week on which the centre receives' }),
  people: Type.Array(Type.Object({ accountId: AccountId, name: Type.String() })),
  shifts: Type.Array(RosterShift),
  groupIds: Type.Array(GroupIdField, { description: 'The service groups of the hall' }),
});

const terms = {
  weekHours: Type.Integer({ minimum: 0, maximum: 60, description: 'Hours a week by the contract; 0: not at windows' }),
  shiftHours: Type.Array(Type.Enum([12, 8, 6, 4]), {
    maxItems: 4,
    uniqueItems: true,
    description: 'The lengths of shift that the person works; none: all',
  }),
  groupIds: Type.Union([Type.Array(GroupIdField, { minItems: 1, maxItems: 60, uniqueItems: true }), Type.Null()], {
    description: 'The service groups that the person knows; null: all',
  }),
};

const Colleague = Type.Object({
  accountId: AccountId,
  ...terms,
  daysOff: Type.Array(DayField),
  ratherNot: Type.Array(DayField),
  standing: Type.Array(
    Type.Object({
      day: DayField,
      startsMinute: Type.Integer(),
      hours: Type.Integer(),
      weekHours: Type.Union([Type.Number(), Type.Null()], { description: 'Null: a day of the week before or after' }),
    }),
    {
      description:
        'Shifts that the roster of this week does not decide on: past ones, those of other weeks and centres',
    },
  ),
});

/** Rosters: the shifts of a centre in a week. */
export const rosterContract = {
  'GET /api/centres/:centreId/roster': {
    right: 'serve',
    summary: 'The roster of the week of a day, with the windows that are needed',
    params: ofCentre,
    query: inWeek,
    reply: Roster,
    problems: ['unknown-centre'],
  },
  'PUT /api/centres/:centreId/roster': {
    right: 'run-centre',
    summary: 'Save the shifts of a week from today on; the plans of its days follow them',
    params: ofCentre,
    body: Type.Object(
      {
        day: PlannedDayField,
        version: { ...EditionField, description: 'The state that was changed' },
        shifts: Type.Array(RosterShift, { maxItems: 1_000 }),
      },
      closed,
    ),
    reply: Type.Object({ version: Type.Integer() }),
    problems: [
      'unknown-centre',
      'centre-closed',
      'plan-past',
      'unknown-colleague',
      'no-such-shift',
      'roster-breaks-rules',
      'roster-changed',
    ],
  },
  'POST /api/centres/:centreId/roster/suggestions': {
    right: 'run-centre',
    summary:
      'Draft shifts for the rest of a week: the need is met as far as there is staff, every rule is kept, wishes where possible',
    params: ofCentre,
    body: Type.Object({ day: PlannedDayField }, closed),
    reply: Type.Object({ shifts: Type.Array(RosterShift) }),
    problems: ['unknown-centre', 'plan-past', 'nobody-to-roster', 'nobody-knows', 'no-shift-fits', 'planning-busy'],
  },
} as const satisfies Contract;

/** Staff who can be rostered. */
export const colleagueContract = {
  'GET /api/centres/:centreId/roster/people': {
    right: 'run-centre',
    summary: 'Staff who can be rostered: contract, skills, days off and wishes of a week',
    params: ofCentre,
    query: inWeek,
    reply: Type.Array(Colleague),
    problems: ['unknown-centre'],
  },
  'PUT /api/centres/:centreId/roster/people/:accountId': {
    right: 'run-centre',
    summary: 'Change how a member of staff works here from now on',
    params: Type.Object({ centreId: CentreIdField, accountId: AccountId }),
    body: Type.Object(terms, closed),
    problems: ['unknown-centre', 'unknown-colleague'],
  },
  'PUT /api/centres/:centreId/roster/people/:accountId/days/:day': {
    right: 'run-centre',
    summary: 'Mark a day on which a member of staff does not work or would rather not; null removes the mark',
    params: Type.Object({ centreId: CentreIdField, accountId: AccountId, day: PlannedDayField }),
    body: Type.Object({ mark: Type.Union([Type.Enum(['off', 'rather-not']), Type.Null()]) }, closed),
    problems: ['unknown-centre', 'unknown-colleague'],
  },
} as const satisfies Contract;

export type RosterReply = Static<typeof Roster>;
export type RosterShift = Static<typeof RosterShift>;
export type ColleagueReply = Static<typeof Colleague>;
