import { type Static, Type } from 'typebox';
import type { Course } from '../core/queue/course.ts';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  AskedInstant,
  CentreIdField,
  ClassLetterField,
  DrinkField,
  GroupIdField,
  Instant,
  lineField,
  PersonsField,
  ServiceIdField,
  SkillLevelField,
  SpecialistIdField,
  VisitIdField,
  VisitNumberField,
  WindowIdField,
} from './fields.ts';
import {
  closedObject,
  command,
  Nullable,
  SkillsField,
  VisitReply,
  VisitStateField,
  readingDay,
  writingDay,
} from './queue-shapes.ts';

const ofCentre = Type.Object({ centreId: CentreIdField });
const ofDay = Type.Object({ centreId: CentreIdField, day: AskedDayField });
const ofWindow = Type.Object({ centreId: CentreIdField, day: AskedDayField, windowId: WindowIdField });
const ofVisit = Type.Object({ centreId: CentreIdField, day: AskedDayField, visitId: VisitIdField });
const Milliseconds = Type.Integer({ minimum: 0, description: 'Milliseconds' });

const QueueRow = Type.Object({
  visitId: VisitIdField,
  number: VisitNumberField,
  groupId: GroupIdField,
  serviceId: ServiceIdField,
  classLetter: ClassLetterField,
  persons: PersonsField,
  state: VisitStateField,
  takenAt: Instant,
  since: Instant,
  slot: Nullable(Instant),
  due: Instant,
  waitMs: Milliseconds,
  breaksAt: Nullable(Instant),
  promiseBroken: Type.Boolean(),
  windowId: Nullable(WindowIdField),
  heldUntil: Nullable(Instant),
});

const DeskWindow = Type.Object(
  {
    windowId: WindowIdField,
    specialistId: Nullable(SpecialistIdField),
    skills: Type.Array(Type.Object({ groupId: GroupIdField, level: SkillLevelField })),
    readyAt: Nullable(Instant),
    answerBy: Nullable(Instant),
    served: Type.Integer({ description: 'How many services its specialist has finished today' }),
  },
  { title: 'DeskWindow' },
);

/** A specialist's figures of their own day at the window. */
const OwnFigures = Type.Object({
  served: Type.Integer(),
  meanServiceMs: Nullable(Milliseconds),
  meanWalkMs: Nullable(Milliseconds),
  workingMs: Type.Integer({ description: 'Since the window was opened, without pauses, in milliseconds' }),
  pausedMs: Milliseconds,
  sincePauseMs: Type.Integer({ description: 'How long the specialist has worked without a pause' }),
});

const CentreNow = Type.Object({
  centreId: CentreIdField,
  state: Type.Enum(['unopened', 'open', 'doors-closed', 'closed', 'unknown']),
  stopped: Type.Boolean(),
  waiting: Type.Integer(),
  working: Type.Integer({ description: 'Windows at work' }),
  longestWaitMs: Milliseconds,
  meanWaitMs: Type.Union([Milliseconds, Type.Null()], {
    description: 'Of the visitors who wait or were called within half an hour',
  }),
  promisesBroken: Type.Integer({ description: 'Today' }),
});

const Place = Type.Object({
  ahead: Type.Integer(),
  wait: Nullable(Type.Object({ q50Minutes: Type.Number(), q90Minutes: Type.Number() })),
  here: Type.Boolean({ description: 'The window that serves the visit may give this service itself' }),
});

/** The hall as staff see it. */
export const hallDeskContract = {
  'GET /api/centres/:centreId/queue': {
    right: 'run-hall',
    summary: 'Visitors in the hall by due, and the specialists at the windows with their skills',
    params: ofCentre,
    reply: Type.Object({
      at: Instant,
      visits: Type.Array(QueueRow),
      windows: Type.Array(DeskWindow),
      over15: Type.Integer({ description: 'Promises broken today' }),
      served: Type.Integer({ description: 'Visits served today' }),
      meanWaitMs: Nullable(Milliseconds),
    }),
    problems: readingDay,
  },
  'GET /api/centres/:centreId/days/:day/windows/:windowId/desk': {
    right: 'serve',
    summary: 'A specialist’s own window: the visit there with its history, and the figures of the day',
    params: ofWindow,
    reply: Type.Object({ visit: Nullable(VisitReply), window: DeskWindow, figures: OwnFigures }),
    problems: [...readingDay, 'not-this-day', 'unknown-window', 'not-your-window'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/skills': {
    right: 'run-hall',
    summary: 'Change the skills of the specialist at an open window for the rest of the day',
    params: ofWindow,
    body: closedObject({ ...command, skills: SkillsField }),
    reply: DeskWindow,
    problems: [...writingDay, 'unknown-window', 'window-state', 'window-not-equipped'],
  },
  'GET /api/centres/:centreId/days/:day/visits/:visitId/place': {
    right: 'serve',
    summary: 'The place in the line that a visit would have with another service now: shown before a transfer',
    params: ofVisit,
    query: Type.Object({ serviceId: ServiceIdField }),
    reply: Place,
    problems: [...readingDay, 'not-this-day', 'unknown-visit', 'unknown-service', 'service-off'],
  },
  'GET /api/centres/:centreId/numbers/:number': {
    right: 'give-tickets',
    summary: "The newest visit of today with this number, written in Cyrillic or Latin letters, with its page's secret",
    params: Type.Object({ centreId: CentreIdField, number: lineField(2, 8) }),
    reply: Type.Object({
      visitId: VisitIdField,
      number: VisitNumberField,
      state: VisitStateField,
      token: Type.String(),
    }),
    problems: [...readingDay, 'unknown-number'],
  },
  'GET /api/centres/:centreId/vouchers': {
    right: 'redeem',
    summary: 'The drinks of today: the visitors who may have one, and those who had one',
    params: ofCentre,
    reply: Type.Array(
      Type.Object({
        visitId: VisitIdField,
        number: VisitNumberField,
        state: VisitStateField,
        drink: Nullable(DrinkField),
      }),
    ),
    problems: readingDay,
  },
  'GET /api/centres/:centreId/days/:day/course': {
    right: 'see-figures',
    summary: 'The course of a day by half hours, computed from its events; today up to now',
    params: ofDay,
    reply: Type.Unsafe<Course>(Type.Object({}, { additionalProperties: true })),
    problems: [...readingDay, 'day-not-open'],
  },
  'GET /api/network/now': {
    right: 'look',
    summary: 'Every centre as it is now',
    reply: Type.Object({ at: Instant, centres: Type.Array(CentreNow) }),
    problems: [],
  },
  'GET /api/network/at': {
    right: 'see-figures',
    summary: 'Every centre as it was at a moment, computed from the events of that day',
    query: Type.Object({ at: AskedInstant }),
    reply: Type.Object({ at: Instant, centres: Type.Array(CentreNow) }),
    problems: ['moment-ahead', 'busy'],
  },
} as const satisfies Contract;

export type QueueRow = Static<typeof QueueRow>;
export type DeskWindow = Static<typeof DeskWindow>;
export type CentreNow = Static<typeof CentreNow>;
export type OwnFigures = Static<typeof OwnFigures>;
