import { type Static, Type } from 'typebox';
import type { Hall } from '../core/queue/hall.ts';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  CommandIdField,
  DayField,
  GroupIdField,
  Instant,
  PauseReasonField,
  PersonsField,
  SpecialistIdField,
  VisitIdField,
  VisitNumberField,
  WindowIdField,
} from './fields.ts';

const Nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

const WindowStateField = Type.Enum(['closed', 'not-ready', 'free', 'calling', 'serving', 'paused']);

/** A visitor is asked to a window. */
const Call = Type.Object({
  visitId: VisitIdField,
  number: VisitNumberField,
  groupId: GroupIdField,
  windowId: WindowIdField,
  at: Instant,
});

/** What the visitor is given. */
const Ticket = Type.Object({
  visitId: VisitIdField,
  number: VisitNumberField,
  groupId: GroupIdField,
  takenAt: Instant,
  due: Type.Integer({ description: 'The visitor should be called by this moment (milliseconds since 1970 UTC)' }),
  call: Nullable(Call),
});

const Visit = Type.Object({
  visitId: VisitIdField,
  number: VisitNumberField,
  groupId: GroupIdField,
  persons: PersonsField,
  state: Type.Enum(['waiting', 'called', 'serving', 'finished', 'no-show', 'lapsed']),
  takenAt: Instant,
  due: Instant,
  calledAt: Nullable(Instant),
  startedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  windowId: Nullable(WindowIdField),
});

const HallSchema = Type.Object({
  centreId: CentreIdField,
  day: DayField,
  seq: Type.Integer({ description: "The place of the last event in the day's log" }),
  state: Type.Enum(['unopened', 'open', 'doors-closed', 'closed']),
  timeZone: Nullable(Type.String()),
  doorsOpen: Nullable(Instant),
  doorsClose: Nullable(Instant),
  windows: Type.Array(
    Type.Object({
      windowId: WindowIdField,
      state: WindowStateField,
      since: Instant,
      pauseReason: Nullable(PauseReasonField),
      groupIds: Type.Array(GroupIdField),
      visit: Nullable(Type.Object({ visitId: VisitIdField, number: VisitNumberField, groupId: GroupIdField })),
    }),
  ),
  waiting: Type.Array(Type.Object({ groupId: GroupIdField, visits: Type.Integer() })),
  calls: Type.Array(Type.Object({ number: VisitNumberField, windowId: WindowIdField, at: Instant })),
});

const HallReply = Type.Unsafe<Hall>(HallSchema);

const ofCentre = Type.Object({ centreId: CentreIdField });
const ofDay = Type.Object({ centreId: CentreIdField, day: DayField });
const ofWindow = Type.Object({ centreId: CentreIdField, day: DayField, windowId: WindowIdField });
const command = { commandId: CommandIdField };
const withVisit = Type.Object({ ...command, visitId: VisitIdField }, { additionalProperties: false });

/** A window after a command: its state, who is called (if the command called anyone), and when it was written. */
const WindowReply = Type.Object({
  windowId: WindowIdField,
  state: WindowStateField,
  call: Nullable(Call),
  at: Instant,
});

const onDay = [
  'unknown-centre',
  'centre-closed',
  'not-this-day',
  'day-closed',
  'command-conflict',
  'busy',
  'outcome-unknown',
  'overloaded',
  'clock-behind',
  'day-unreadable',
] as const;
const atWindow = [...onDay, 'unknown-window', 'window-state'] as const;
const withVisitAtWindow = [...atWindow, 'unknown-visit', 'visit-not-here'] as const;

export const queueContract = {
  'GET /api/centres/:centreId/hall': {
    summary: 'The hall of the centre as it is now, on its current business day',
    params: ofCentre,
    reply: HallReply,
    problems: ['unknown-centre', 'centre-closed', 'busy', 'day-unreadable'],
  },
  'GET /api/centres/:centreId/live': {
    summary: 'The hall live: an event `hall`, then `queue` for each event, id `day/seq`; Last-Event-ID resumes',
    params: ofCentre,
    problems: ['unknown-centre', 'centre-closed', 'busy', 'day-unreadable'],
  },
  'POST /api/centres/:centreId/days/:day/visits': {
    summary: 'Take a ticket. If a window is free the visitor is called at once',
    params: ofDay,
    body: Type.Object(
      { ...command, groupId: GroupIdField, persons: Type.Optional(PersonsField) },
      { additionalProperties: false },
    ),
    reply: Ticket,
    problems: [...onDay, 'unknown-group', 'doors-not-open', 'doors-closed'],
  },
  'GET /api/centres/:centreId/days/:day/visits/:visitId': {
    summary: 'One visit of a day',
    params: Type.Object({ centreId: CentreIdField, day: DayField, visitId: VisitIdField }),
    reply: Visit,
    problems: ['unknown-centre', 'centre-closed', 'not-this-day', 'unknown-visit', 'busy', 'day-unreadable'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/open': {
    summary: 'A specialist sits down at a window and says which groups can be served',
    params: ofWindow,
    body: Type.Object(
      {
        ...command,
        specialistId: SpecialistIdField,
        groupIds: Type.Array(GroupIdField, { minItems: 1, maxItems: 40 }),
      },
      { additionalProperties: false },
    ),
    reply: WindowReply,
    problems: [...atWindow, 'window-not-equipped', 'specialist-elsewhere'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/ready': {
    summary: 'The window can receive: the first in the order of calling is called, now or as soon as somebody comes',
    params: ofWindow,
    body: Type.Object(command, { additionalProperties: false }),
    reply: WindowReply,
    problems: atWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/start': {
    summary: 'The called visitor has come to the window',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: withVisitAtWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/finish': {
    summary: 'The visitor has been served',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: withVisitAtWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/no-show': {
    summary: 'The called visitor did not come',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: withVisitAtWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/pause': {
    summary: 'The window receives nobody for a while; the board shows the reason',
    params: ofWindow,
    body: Type.Object({ ...command, reason: PauseReasonField }, { additionalProperties: false }),
    reply: WindowReply,
    problems: atWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/close': {
    summary: 'The specialist leaves the window',
    params: ofWindow,
    body: Type.Object(command, { additionalProperties: false }),
    reply: WindowReply,
    problems: atWindow,
  },
} as const satisfies Contract;

export type Ticket = Static<typeof Ticket>;
export type Call = Static<typeof Call>;
export type WindowReply = Static<typeof WindowReply>;
