import { type Static, Type } from 'typebox';
import { ApplicationIdField } from './application-shapes.ts';
import type { Contract } from './contract.ts';
import { DayField, Instant, NameWords, UuidField, lineField } from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

const AgencyId = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const params = Type.Object({ agencyId: AgencyId });
const Line = lineField(0, 200);

/** How mock agencies behave. */
export const AGENCY_BEHAVIOURS = [
  'instant',
  'slow',
  'silent-but-done',
  'late-reject',
  'double-answer',
  'question',
  'refuses',
  'loses-paper',
] as const;

const AgencySetting = closedObject({
  url: Type.Optional(
    Type.String({ maxLength: 500, description: 'Where messages are posted (https); for the adapter `api`' }),
  ),
  poll: Type.Optional(Type.Boolean({ description: 'True: its answers are fetched from there, too' })),
  behaviour: Type.Optional(Type.Enum([...AGENCY_BEHAVIOURS])),
  payee: Type.Optional(
    closedObject(
      {
        name: Line,
        account: Type.String({ pattern: '^\\d{20}$' }),
        bank: Line,
        bic: Type.String({ pattern: '^\\d{9}$' }),
        correspondentAccount: Type.String({ pattern: '^\\d{20}$' }),
        inn: Type.Optional(Type.String({ pattern: '^\\d{10}$' })),
        kpp: Type.Optional(Type.String({ pattern: '^\\d{9}$' })),
        oktmo: Type.Optional(Type.String({ pattern: '^\\d{8}(\\d{3})?$' })),
      },
      { description: 'The payee of fees' },
    ),
  ),
});

const Agency = Type.Object(
  { agencyId: AgencyId, name: NameWords, adapter: Type.Enum(['paper', 'api', 'mock']), setting: AgencySetting },
  { title: 'Agency' },
);

const Message = Type.Object({
  messageId: UuidField,
  applicationId: ApplicationIdField,
  number: Nullable(Type.String()),
  kind: Type.Enum(['application', 'query', 'withdrawal', 'addition', 'term-over']),
  evidence: Nullable(Code),
  state: Type.Enum(['waiting', 'sending', 'sent', 'rejected', 'answered', 'dead']),
  dueOn: Nullable(DayField),
  attempts: Type.Integer(),
  fault: Nullable(Type.String()),
  madeAt: Instant,
});

/** What an agency says of a message. */
const AgencySays = Type.Union([
  closedObject({
    kind: Type.Literal('decision'),
    positive: Type.Boolean(),
    ground: Type.Optional(Code),
    note: Type.Optional(Type.String({ maxLength: 1_000 })),
  }),
  closedObject({ kind: Type.Literal('suspend'), ground: Code }),
  closedObject({ kind: Type.Literal('resume') }),
  closedObject({
    kind: Type.Literal('question'),
    ground: Code,
    note: Type.Optional(Type.String({ maxLength: 1_000 })),
  }),
  closedObject({
    kind: Type.Literal('reject'),
    reason: Type.String({ minLength: 1, maxLength: 200, description: 'Why the message cannot be read' }),
  }),
  closedObject({ kind: Type.Literal('evidence') }),
  closedObject(
    {
      kind: Type.Literal('no-evidence'),
      note: Type.Optional(Type.String({ maxLength: 1_000, description: 'Names nobody' })),
    },
    { description: 'The answer to a query: the agency has no such record' },
  ),
]);

/** An answer, under the agency’s own id for it. */
export const AnswerBody = closedObject({
  answerId: lineField(1, 100),
  messageId: UuidField,
  says: AgencySays,
});

/** Agencies: how they are reached, the messages to them and their answers. */
export const agencyContract = {
  'GET /api/agencies': {
    right: 'look',
    summary: 'All agencies by name',
    reply: Type.Array(
      Type.Object({ agencyId: AgencyId, name: NameWords, adapter: Type.Enum(['paper', 'api', 'mock']) }),
    ),
    problems: [],
  },
  'GET /api/agency-settings': {
    right: 'operate',
    summary: 'All agencies and how they are reached; never their secrets',
    reply: Type.Array(Agency),
    problems: [],
  },
  'PUT /api/agencies/:agencyId': {
    right: 'operate',
    summary: 'Add an agency, or change how it is reached',
    params,
    body: closedObject({ name: NameWords, adapter: Type.Enum(['paper', 'api', 'mock']), setting: AgencySetting }),
    reply: Type.Object({
      agencyId: AgencyId,
      secret: Nullable(
        Type.String({ description: 'The secret that signs its messages; shown once, when the adapter `api` is set' }),
      ),
    }),
    problems: ['no-master-key', 'agency-not-reachable'],
  },
  'GET /api/agencies/:agencyId/messages': {
    right: 'decide-applications',
    placed: true,
    summary: 'Messages to an agency that it has not answered: those that were given up first, then by due date',
    params,
    reply: Type.Array(Message),
    problems: ['right-elsewhere'],
  },
  'POST /api/agencies/:agencyId/messages/:messageId/resend': {
    right: 'decide-applications',
    status: 202,
    placed: true,
    summary: 'Send a message again that was given up or rejected; its id stays',
    params: Type.Object({ agencyId: AgencyId, messageId: UuidField }),
    problems: ['right-elsewhere', 'unknown-message'],
  },
  'POST /api/agencies/:agencyId/answers': {
    right: 'decide-applications',
    placed: true,
    summary:
      'Receive an agency’s answer to a message, once for each id of its own; a repeated answer is acknowledged and changes nothing',
    params,
    body: AnswerBody,
    reply: Type.Object({ outcome: Type.Enum(['taken', 'conflict', 'known']) }),
    problems: ['right-elsewhere', 'unknown-message'],
  },
  'GET /api/status-feed': {
    right: 'book-as-partner',
    summary: 'Changes of applications since the last event that was read: states by number, without names',
    query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })) }),
    reply: Type.Array(
      Type.Object({
        eventId: Type.Integer(),
        at: Instant,
        number: Type.String(),
        state: Type.Enum([
          'registered',
          'sent',
          'at-agency',
          'suspended',
          'needs-action',
          'decided',
          'ready',
          'done',
          'refused',
          'cancelled',
        ]),
      }),
    ),
    problems: [],
  },
} as const satisfies Contract;

export type AgencySays = Static<typeof AgencySays>;
export type Agency = Static<typeof Agency>;
export type AgencySetting = Static<typeof AgencySetting>;
