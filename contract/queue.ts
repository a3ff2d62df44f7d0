import { Type } from 'typebox';
import { CLOSE_REASONS, HOLD_REASONS, PICK_REASONS, STOP_REASONS } from '../core/queue/events.ts';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  ClassLetterField,
  DayField,
  DrinkField,
  Instant,
  LanguageField,
  OutcomeField,
  PauseReasonField,
  PersonsField,
  QuantityField,
  ServiceIdField,
  SpecialistIdField,
  VisitIdField,
  WindowIdField,
  lineField,
} from './fields.ts';
import {
  closedObject,
  command,
  ExplanationReply,
  given,
  HallReply,
  Nullable,
  SkillsField,
  Ticket,
  VisitReply,
  WaitReply,
  WindowReply,
  readingDay,
  writingDay,
} from './queue-shapes.ts';

const ofCentre = Type.Object({ centreId: CentreIdField });
const ofDay = Type.Object({ centreId: CentreIdField, day: DayField });
const ofVisit = Type.Object({ centreId: CentreIdField, day: DayField, visitId: VisitIdField });
const ofWindow = Type.Object({ centreId: CentreIdField, day: DayField, windowId: WindowIdField });
const onlyCommand = closedObject(command);
const withVisit = closedObject({ ...command, visitId: VisitIdField });
const HoldMinutes = Type.Integer({ minimum: 1, maximum: 240, description: 'For how many minutes' });

const ofOneVisit = [...writingDay, 'unknown-visit', 'visit-state'] as const;
const atWindow = [...writingDay, 'not-your-window', 'unknown-window', 'window-state'] as const;
const withVisitAtWindow = [...atWindow, 'unknown-visit', 'visit-not-here'] as const;
const offered = ['unknown-service', 'service-off'] as const;

export const queueContract = {
  'GET /api/centres/:centreId/hall': {
    right: 'look',
    summary: 'The hall of the centre as it is now, on its current business day',
    params: ofCentre,
    reply: HallReply,
    problems: readingDay,
  },
  'GET /api/centres/:centreId/live': {
    right: 'look',
    summary: 'The hall live: an event `hall`, then `queue` for each event, id `day/seq`; Last-Event-ID resumes',
    params: ofCentre,
    problems: readingDay,
  },
  'GET /api/centres/:centreId/waits': {
    right: 'look',
    summary: 'How long somebody who came now would wait, by service: what a visitor sees before choosing',
    params: ofCentre,
    reply: Type.Array(WaitReply),
    problems: readingDay,
  },
  'GET /api/centres/:centreId/days/:day/hall': {
    right: 'look',
    summary: 'The hall as it was at a moment of a day',
    params: ofDay,
    query: Type.Object({ at: Instant }),
    reply: HallReply,
    problems: [...readingDay, 'day-not-open'],
  },

  'POST /api/centres/:centreId/days/:day/visits': {
    right: 'give-tickets',
    summary: 'Take a ticket. If a window is free the visitor is called at once',
    params: ofDay,
    body: closedObject({
      ...command,
      services: Type.Array(closedObject(given), { minItems: 1, maxItems: 5 }),
      persons: Type.Optional(PersonsField),
      classLetter: Type.Optional(ClassLetterField),
      language: Type.Optional(LanguageField),
      remote: Type.Optional(Type.Boolean({ description: 'Taken from home; must be checked in before its call' })),
      ground: Type.Optional(
        Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: 'Why the class; kept apart, never in the log' }),
      ),
      contact: Type.Optional(lineField(3, 200, 'Phone or e-mail; kept apart, never in the log')),
    }),
    reply: Ticket,
    problems: [
      ...writingDay,
      ...offered,
      'unknown-class',
      'doors-not-open',
      'doors-closed',
      'no-time-left',
      'remote-off',
      'quota-reached',
      'numbers-used',
    ],
  },
  'GET /api/centres/:centreId/days/:day/visits/:visitId': {
    right: 'give-tickets',
    summary: 'One visit of a day',
    params: ofVisit,
    reply: VisitReply,
    problems: [...readingDay, 'not-this-day', 'unknown-visit'],
  },
  'GET /api/centres/:centreId/days/:day/visits/:visitId/explanation': {
    right: 'serve',
    summary: 'Why others were called before this visit: every call made while it waited, with its reason',
    params: ofVisit,
    reply: ExplanationReply,
    problems: [...readingDay, 'day-not-open', 'unknown-visit'],
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/check-in': {
    right: 'give-tickets',
    summary: 'A visitor with a ticket from home has come',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/hold': {
    right: 'give-tickets',
    summary: 'A waiting visit steps aside for some minutes at the wish of the visitor; its wait stands meanwhile',
    params: ofVisit,
    body: closedObject({ ...command, minutes: HoldMinutes }),
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/back': {
    right: 'give-tickets',
    summary: 'A held visit lines up again before its time is up',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/leave': {
    right: 'give-tickets',
    summary: 'The visitor does not want to be served any more',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/reactivate': {
    right: 'give-tickets',
    summary:
      'A no-show has come after all: due again by class. Who left by mistake, within five minutes: due as before',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: [...ofOneVisit, 'returns-used', 'left-for-good'],
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/change': {
    right: 'give-tickets',
    summary: 'Another service, class or number of persons for a visit that waits: number and place stay',
    params: ofVisit,
    body: closedObject({
      ...command,
      services: Type.Optional(Type.Array(closedObject(given), { minItems: 1, maxItems: 5 })),
      persons: Type.Optional(PersonsField),
      classLetter: Type.Optional(ClassLetterField),
    }),
    reply: VisitReply,
    problems: [...ofOneVisit, ...offered, 'unknown-class', 'no-time-left', 'quota-reached', 'nothing-changed'],
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/redeem': {
    right: 'redeem',
    summary: 'The drink of a visitor who waited longer than promised, once',
    params: ofVisit,
    body: closedObject({ ...command, drink: DrinkField }),
    reply: VisitReply,
    problems: [...writingDay, 'unknown-visit', 'no-voucher', 'voucher-used'],
  },

  'POST /api/centres/:centreId/days/:day/windows/:windowId/open': {
    right: 'serve',
    summary: 'A specialist sits down at a window and says, once a day, which groups can be served, and how well',
    params: ofWindow,
    body: closedObject({
      ...command,
      specialistId: SpecialistIdField,
      skills: SkillsField,
    }),
    reply: WindowReply,
    problems: [
      'not-yourself',
      ...atWindow,
      'window-not-equipped',
      'skills-fixed',
      'specialist-elsewhere',
      'specialist-at-centre',
    ],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/ready': {
    right: 'serve',
    summary: 'The specialist is there: the next visitor is called, or the call that was made by itself is answered',
    params: ofWindow,
    body: onlyCommand,
    reply: WindowReply,
    problems: atWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/recall': {
    right: 'serve',
    summary: 'The called visitor is called once more',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: [...withVisitAtWindow, 'recalls-used', 'too-soon'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/start': {
    right: 'serve',
    summary: 'The called visitor has come to the window',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: withVisitAtWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/add-service': {
    right: 'serve',
    summary: 'The visitor at the window wants one more service in the same visit',
    params: ofWindow,
    body: closedObject({ ...command, visitId: VisitIdField, ...given }),
    reply: WindowReply,
    problems: [...withVisitAtWindow, ...offered],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/finish': {
    right: 'serve',
    summary: 'The service is over, with what was really given; the next service of the visit goes on here or waits',
    params: ofWindow,
    body: closedObject({
      ...command,
      visitId: VisitIdField,
      given: Type.Optional(closedObject({ serviceId: ServiceIdField, quantity: QuantityField })),
      outcome: Type.Optional(OutcomeField),
    }),
    reply: WindowReply,
    problems: [...withVisitAtWindow, 'unknown-service'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/no-show': {
    right: 'serve',
    summary: 'The called visitor did not come',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: [...withVisitAtWindow, 'too-soon'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/hold': {
    right: 'serve',
    summary: 'The visitor at the window steps aside for some minutes: at their wish, or at ours',
    params: ofWindow,
    body: closedObject({
      ...command,
      visitId: VisitIdField,
      minutes: HoldMinutes,
      reason: Type.Enum([...HOLD_REASONS]),
    }),
    reply: WindowReply,
    problems: [...ofOneVisit, 'not-your-window', 'visit-not-here'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/transfer': {
    right: 'serve',
    summary: 'The visitor at the window goes to another service, keeping number and due; and may come back here',
    params: ofWindow,
    body: closedObject({
      ...command,
      visitId: VisitIdField,
      ...given,
      toWindowId: Type.Optional(Nullable(WindowIdField)),
      returnHere: Type.Optional(Type.Boolean()),
    }),
    reply: WindowReply,
    problems: [...withVisitAtWindow, ...offered, 'transfer-not-back', 'transfer-pointless'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/pick': {
    right: 'run-hall',
    summary: 'A hall administrator calls a waiting visitor out of order, for a reason that stands in the log',
    params: ofWindow,
    body: closedObject({ ...command, visitId: VisitIdField, reason: Type.Enum([...PICK_REASONS]) }),
    reply: WindowReply,
    problems: [...atWindow, 'unknown-visit', 'visit-state', 'window-cannot-serve'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/pause': {
    right: 'serve',
    stricter: { member: 'agreed', right: 'run-hall' },
    summary: 'The window receives nobody for a while, now or after its visitor; the board shows the reason',
    params: ofWindow,
    body: closedObject({
      ...command,
      reason: PauseReasonField,
      agreed: Type.Optional(Type.Boolean({ description: 'A service may lose its last window' })),
    }),
    reply: WindowReply,
    problems: [...atWindow, 'last-window'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/close': {
    right: 'serve',
    summary: 'The specialist leaves the window, now or after its visitor',
    params: ofWindow,
    body: onlyCommand,
    reply: WindowReply,
    problems: atWindow,
  },

  'POST /api/centres/:centreId/days/:day/stop': {
    right: 'run-hall',
    summary: 'The hall stands still (alarm, power): every clock is frozen and nobody loses their place',
    params: ofDay,
    body: closedObject({ ...command, reason: Type.Enum([...STOP_REASONS]) }),
    reply: HallReply,
    problems: writingDay,
  },
  'POST /api/centres/:centreId/days/:day/resume': {
    right: 'run-hall',
    summary: 'The hall goes on: everything that was due is due later by the time it stood still',
    params: ofDay,
    body: onlyCommand,
    reply: HallReply,
    problems: [...writingDay, 'hall-not-stopped'],
  },
  'POST /api/centres/:centreId/days/:day/close-doors': {
    right: 'run-hall',
    summary: 'No more tickets today; who has one is served',
    params: ofDay,
    body: closedObject({ ...command, reason: Type.Enum([...CLOSE_REASONS]) }),
    reply: HallReply,
    problems: [...writingDay, 'doors-closed'],
  },
  'POST /api/centres/:centreId/days/:day/open-doors': {
    right: 'run-hall',
    summary: 'Tickets are given again today, after the doors were closed before their hour',
    params: ofDay,
    body: closedObject(command),
    reply: HallReply,
    problems: [...writingDay, 'doors-open', 'doors-closed'],
  },
} as const satisfies Contract;

export type { Call, Ticket, VisitReply, WindowReply } from './queue-shapes.ts';
