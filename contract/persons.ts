import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, DayField, VisitIdField } from './fields.ts';
import { closedObject } from './queue-shapes.ts';

export const PersonIdField = Type.String({ format: 'uuid' });
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Short = Type.String({ maxLength: 60 });

/** Why somebody opens personal data: for a visit at his window, for an application that he works on, or for a reason that he states. */
export const Purpose = Type.Union([
  closedObject({ kind: Type.Literal('visit'), centreId: CentreIdField, day: DayField, visitId: VisitIdField }),
  closedObject({ kind: Type.Literal('task'), applicationId: Type.String({ format: 'uuid' }) }),
  closedObject({
    kind: Type.Literal('reason'),
    centreId: CentreIdField,
    reason: Type.String({ minLength: 10, maxLength: 300, description: 'Without names: it stands in the log' }),
  }),
]);

const IdentityDocument = closedObject({
  kind: Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: 'Such as `passport`' }),
  number: Type.String({ minLength: 1, maxLength: 40 }),
  issuedOn: DayField,
  issuedBy: Type.Optional(Type.String({ maxLength: 300 })),
  validUntil: Type.Optional(DayField),
});

/** Who somebody is: one record for a life, with many documents. */
export const Identity = closedObject(
  {
    surname: Name,
    name: Name,
    patronymic: Type.Optional(Short),
    birth: DayField,
    sex: Type.Optional(Type.Enum(['f', 'm'])),
    birthPlace: Type.Optional(Type.String({ maxLength: 200 })),
    citizenship: Type.Optional(Short),
    snils: Type.Optional(Type.String({ maxLength: 20 })),
    inn: Type.Optional(Type.String({ maxLength: 20 })),
    phone: Type.Optional(Short),
    email: Type.Optional(Type.String({ maxLength: 254 })),
    address: Type.Optional(Type.String({ maxLength: 300 })),
    documents: Type.Array(IdentityDocument, { maxItems: 30 }),
  },
  { title: 'Identity' },
);

const Person = Type.Object(
  { personId: PersonIdField, edition: Type.Integer(), identity: Identity },
  { title: 'Person' },
);

/** Persons. Every search and every reading is logged with its purpose; nothing of them stands in an address. */
export const personContract = {
  'POST /api/persons/search': {
    right: 'take-applications',
    placed: true,
    summary: 'Find persons by insurance number, by a document, or by name and birth',
    body: closedObject({
      purpose: Purpose,
      by: Type.Union([
        closedObject({ snils: Type.String({ maxLength: 20 }) }),
        closedObject({ document: closedObject({ kind: Type.String(), number: Type.String({ maxLength: 40 }) }) }),
        closedObject({ surname: Name, name: Name, birth: DayField }),
      ]),
    }),
    reply: Type.Array(Person),
    problems: ['purpose-needed', 'number-faulty', 'no-master-key', 'foreign-centre'],
  },
  'POST /api/persons': {
    right: 'take-applications',
    placed: true,
    summary: 'Write down a person who is not known yet',
    body: closedObject({ purpose: Purpose, identity: Identity }),
    reply: Person,
    problems: ['purpose-needed', 'number-faulty', 'no-master-key', 'person-known', 'foreign-centre'],
  },
  'POST /api/persons/:personId/read': {
    right: 'take-applications',
    placed: true,
    summary: 'Read a person',
    params: Type.Object({ personId: PersonIdField }),
    body: closedObject({ purpose: Purpose }),
    reply: Person,
    problems: ['purpose-needed', 'unknown-person', 'no-master-key', 'foreign-centre'],
  },
  'PUT /api/persons/:personId': {
    right: 'take-applications',
    placed: true,
    summary: 'Write what has changed of a person; older documents stay',
    params: Type.Object({ personId: PersonIdField }),
    body: closedObject({ purpose: Purpose, edition: Type.Integer(), identity: Identity }),
    reply: Person,
    problems: [
      'purpose-needed',
      'unknown-person',
      'edition-changed',
      'number-faulty',
      'no-master-key',
      'person-known',
      'foreign-centre',
    ],
  },
} as const satisfies Contract;

export type Identity = Static<typeof Identity>;
export type Purpose = Static<typeof Purpose>;
export type Person = Static<typeof Person>;
