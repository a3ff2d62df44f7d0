import { Type } from 'typebox';
import { CLOSE_REASONS, HOLD_REASONS, PICK_REASONS, STOP_REASONS } from '../core/queue/events.ts';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  AskedInstant,
  CentreIdField,
  ClassLetterField,
  DrinkField,
  LanguageField,
  lineField,
  OutcomeField,
  PauseReasonField,
  PersonsField,
  QuantityField,
  ServiceIdField,
  SpecialistIdField,
  VisitIdField,
  WindowIdField,
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
const ofDay = Type.Object({ centreId: CentreIdField, day: AskedDayField });
const ofVisit = Type.Object({ centreId: CentreIdField, day: AskedDayField, visitId: VisitIdField });
const ofWindow = Type.Object({ centreId: CentreIdField, day: AskedDayField, windowId: WindowIdField });
const onlyCommand = closedObject(command);
const withVisit = closedObject({ ...command, visitId: VisitIdField });
const HoldMinutes = Type.Integer({ minimum: 1, maximum: 240, description: 'The number of minutes' });

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
    gives: ['text/event-stream'],
    problems: readingDay,
  },
  'GET /api/centres/:centreId/waits': {
    right: 'look',
    summary: 'The expected wait of a visitor who arrives now, by service: shown before they choose',
    params: ofCentre,
    reply: Type.Array(WaitReply),
    problems: readingDay,
  },
  'GET /api/centres/:centreId/days/:day/hall': {
    right: 'look',
    summary: 'The hall as it was at a moment of a day',
    params: ofDay,
    query: Type.Object({ at: AskedInstant }),
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
        Type.String({
          pattern: '^[a-z0-9-]{1,60}$',
          description: 'The ground of the class; kept apart, never in the log',
        }),
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
    summary: 'Check in a visitor who took the ticket at home',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/hold': {
    right: 'give-tickets',
    summary: 'Let a waiting visit step aside for some minutes at the visitor’s wish; its wait stops meanwhile',
    params: ofVisit,
    body: closedObject({ ...command, minutes: HoldMinutes }),
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/back': {
    right: 'give-tickets',
    summary: 'Line a held visit up again before its time is up',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/leave': {
    right: 'give-tickets',
    summary: 'End a visit whose visitor does not want to be served any more',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: ofOneVisit,
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/reactivate': {
    right: 'give-tickets',
    summary:
      'Bring back a no-show, due by class, or, within five minutes, a visitor who left by mistake, due as before',
    params: ofVisit,
    body: onlyCommand,
    reply: VisitReply,
    problems: [...ofOneVisit, 'returns-used', 'left-for-good'],
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/change': {
    right: 'give-tickets',
    summary: 'Change the service, class or number of persons of a waiting visit; number and place are kept',
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
    summary: 'Give the drink to a visitor who waited longer than promised, once',
    params: ofVisit,
    body: closedObject({ ...command, drink: DrinkField }),
    reply: VisitReply,
    problems: [...writingDay, 'unknown-visit', 'no-voucher', 'voucher-used'],
  },

  'POST /api/centres/:centreId/days/:day/windows/:windowId/open': {
    right: 'serve',
    summary: 'Open a window: the specialist says, once a day, which groups they serve and how well',
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
    summary: 'Call the next visitor, or answer the call that was made automatically: the specialist is there',
    params: ofWindow,
    body: onlyCommand,
    reply: WindowReply,
    problems: atWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/recall': {
    right: 'serve',
    summary: 'Repeat the call of the called visitor',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: [...withVisitAtWindow, 'recalls-used', 'too-soon'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/start': {
    right: 'serve',
    summary: 'Begin serving the called visitor, who has come to the window',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: withVisitAtWindow,
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/add-service': {
    right: 'serve',
    summary: 'Add a service to the visit at the window',
    params: ofWindow,
    body: closedObject({ ...command, visitId: VisitIdField, ...given }),
    reply: WindowReply,
    problems: [...withVisitAtWindow, ...offered],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/finish': {
    right: 'serve',
    summary: 'Finish the service, with the outcome; the next service of the visit goes on here or waits',
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
    summary: 'Record that the called visitor did not come',
    params: ofWindow,
    body: withVisit,
    reply: WindowReply,
    problems: [...withVisitAtWindow, 'too-soon'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/hold': {
    right: 'serve',
    summary: 'Let the visitor at the window step aside for some minutes, at their wish or at the specialist’s',
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
    summary: 'Transfer the visitor at the window to another service, keeping number and due; they may come back here',
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
    summary: 'As a hall administrator, call a waiting visitor out of order, for a reason that is written in the log',
    params: ofWindow,
    body: closedObject({ ...command, visitId: VisitIdField, reason: Type.Enum([...PICK_REASONS]) }),
    reply: WindowReply,
    problems: [...atWindow, 'unknown-visit', 'visit-state', 'window-cannot-serve'],
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/pause': {
    right: 'serve',
    stricter: { member: 'agreed', right: 'run-hall' },
    summary: 'Pause a window, now or after its visitor; the board shows the reason',
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
    summary: 'Close a window, now or after its visitor',
    params: ofWindow,
    body: onlyCommand,
    reply: WindowReply,
    problems: atWindow,
  },

  'POST /api/centres/:centreId/days/:day/stop': {
    right: 'run-hall',
    summary: 'Stop the hall (alarm, power): every clock is frozen and nobody loses their place',
    params: ofDay,
    body: closedObject({ ...command, reason: Type.Enum([...STOP_REASONS]) }),
    reply: HallReply,
    problems: writingDay,
  },
  'POST /api/centres/:centreId/days/:day/resume': {
    right: 'run-hall',
    summary: 'Resume the hall: everything that was due is due later by the length of the stop',
    params: ofDay,
    body: onlyCommand,
    reply: HallReply,
    problems: [...writingDay, 'hall-not-stopped'],
  },
  'POST /api/centres/:centreId/days/:day/close-doors': {
    right: 'run-hall',
    summary: 'Give no more tickets today; visitors who have one are served',
    params: ofDay,
    body: closedObject({ ...command, reason: Type.Enum([...CLOSE_REASONS]) }),
    reply: HallReply,
    problems: [...writingDay, 'doors-closed'],
  },
  'POST /api/centres/:centreId/days/:day/open-doors': {
    right: 'run-hall',
    summary: 'Give tickets again today, after the doors were closed early',
    params: ofDay,
    body: closedObject(command),
    reply: HallReply,
    problems: [...writingDay, 'doors-open', 'doors-closed'],
  },
} as const satisfies Contract;

export type { Call, Ticket, VisitReply, WindowReply } from './queue-shapes.ts';
