import { type Static, Type } from 'typebox';
import { SAFE_REASONS } from '../core/queue/explain.ts';
import type { Contract } from './contract.ts';
import { CentreIdField, DayField, Words } from './fields.ts';
import { closedObject, command, inRunningDay, Ticket, VisitReply } from './queue-shapes.ts';

/** The secret of a ticket. It travels in bodies only: addresses are written into the logs of proxies. */
export const TokenField = Type.String({ pattern: '^[A-Za-z0-9_-]{40,80}$' });
const withToken = closedObject({ token: TokenField });

export const OwnVisit = Type.Object(
  {
    ...VisitReply.properties,
    centreId: CentreIdField,
    day: DayField,
    centre: Words,
    timeZone: Type.String(),
  },
  { title: 'OwnVisit' },
);

const problems = ['unknown-token', 'ticket-over', 'unknown-visit', 'unknown-centre', 'busy', 'day-unreadable'] as const;
const changing = [...problems, 'centre-closed', ...inRunningDay, 'visit-state'] as const;

/** The visitor's own page: opened by the secret of a ticket until the day is over. */
export const ownVisitContract = {
  'POST /api/own-visit/look': {
    right: 'own-visit',
    summary: 'The visit that the secret of a ticket opens',
    body: withToken,
    reply: OwnVisit,
    problems,
  },
  'POST /api/own-visit/reasons': {
    right: 'own-visit',
    summary: 'Why others were called before this visit, counted by kind; kinds of fewer than three are merged',
    body: withToken,
    reply: Type.Array(Type.Object({ reason: Type.Enum([...SAFE_REASONS]), calls: Type.Integer() })),
    problems: [...problems, 'day-not-open'],
  },
  'POST /api/own-visit/return': {
    right: 'own-visit',
    summary: 'A new ticket for a visitor who had one yesterday and was not served: due as an appointment at opening',
    body: withToken,
    reply: Ticket,
    problems: [
      ...changing,
      'unknown-service',
      'service-off',
      'no-claim',
      'doors-closed',
      'quota-reached',
      'numbers-used',
    ],
  },
  'POST /api/own-visit/actions/:action': {
    right: 'own-visit',
    summary:
      'Actions of the visitor: check in, step aside for ten minutes, line up again, leave, undo that within five minutes',
    params: Type.Object({ action: Type.Enum(['check-in', 'hold', 'back', 'leave', 'undo-leave']) }),
    body: closedObject({ ...command, token: TokenField }),
    reply: OwnVisit,
    problems: [...changing, 'left-for-good'],
  },
} as const satisfies Contract;

export type OwnVisit = Static<typeof OwnVisit>;
