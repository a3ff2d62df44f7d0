import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  DateField,
  DayField,
  DocumentNumberField,
  EditionField,
  PersonNameField,
  UuidField,
  VisitIdField,
  lineField,
} from './fields.ts';
import { closedObject } from './queue-shapes.ts';

export const PersonIdField = UuidField;
const Short = lineField(0, 60);

/** Why somebody opens personal data: for a visit at his window, for an application that he works on, or for a reason that he states. */
export const Purpose = Type.Union([
  closedObject({ kind: Type.Literal('visit'), centreId: CentreIdField, day: DayField, visitId: VisitIdField }),
  closedObject({ kind: Type.Literal('task'), applicationId: UuidField }),
  closedObject({
    kind: Type.Literal('reason'),
    centreId: CentreIdField,
    reason: lineField(10, 300, 'Without names: it stands in the log'),
  }),
]);

const IdentityDocument = closedObject({
  kind: Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: 'Such as `passport`' }),
  number: DocumentNumberField,
  issuedOn: DateField,
  issuedBy: Type.Optional(lineField(0, 300)),
  validUntil: Type.Optional(DateField),
});

/** Who somebody is: one record for a life, with many documents. */
export const Identity = closedObject(
  {
    surname: Type.Optional(PersonNameField),
    name: Type.Optional(PersonNameField),
    patronymic: Type.Optional(PersonNameField),
    birth: DateField,
    sex: Type.Optional(Type.Enum(['f', 'm'])),
    birthPlace: Type.Optional(lineField(0, 200)),
    citizenship: Type.Optional(Short),
    snils: Type.Optional(lineField(0, 20)),
    inn: Type.Optional(lineField(0, 20)),
    phone: Type.Optional(lineField(0, 60)),
    email: Type.Optional(lineField(0, 254)),
    address: Type.Optional(lineField(0, 300)),
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
        closedObject({ snils: lineField(0, 20) }),
        closedObject({ document: closedObject({ kind: lineField(1, 60), number: DocumentNumberField }) }),
        closedObject({
          surname: Type.Optional(PersonNameField),
          name: Type.Optional(PersonNameField),
          birth: DateField,
        }),
      ]),
    }),
    reply: Type.Array(Person),
    problems: ['purpose-needed', 'number-faulty', 'identity-faulty', 'no-master-key', 'foreign-centre'],
  },
  'POST /api/persons': {
    right: 'take-applications',
    placed: true,
    summary: 'Write down a person who is not known yet',
    body: closedObject({ purpose: Purpose, identity: Identity }),
    reply: Person,
    problems: ['purpose-needed', 'number-faulty', 'identity-faulty', 'no-master-key', 'person-known', 'foreign-centre'],
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
    body: closedObject({ purpose: Purpose, edition: EditionField, identity: Identity }),
    reply: Person,
    problems: [
      'purpose-needed',
      'unknown-person',
      'edition-changed',
      'number-faulty',
      'identity-faulty',
      'no-master-key',
      'person-known',
      'foreign-centre',
    ],
  },
} as const satisfies Contract;

export type Identity = Static<typeof Identity>;
export type Purpose = Static<typeof Purpose>;
export type Person = Static<typeof Person>;
