import { type Static, Type } from 'typebox';
import { DOCUMENT_KINDS } from '../core/persons/identity.ts';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  BirthField,
  CentreIdField,
  DateField,
  DocumentNumberField,
  EditionField,
  Instant,
  lineField,
  LongRowIdField,
  PersonNameField,
  UuidField,
  VisitIdField,
} from './fields.ts';
import { closedObject } from './queue-shapes.ts';

export const PersonIdField = UuidField;
const Short = lineField(0, 60);

/** Why staff open personal data: for a visit at their window, for an application that they work on, or for a reason that they state. */
export const Purpose = Type.Union([
  closedObject({ kind: Type.Literal('visit'), centreId: CentreIdField, day: AskedDayField, visitId: VisitIdField }),
  closedObject({ kind: Type.Literal('task'), applicationId: UuidField }),
  closedObject({
    kind: Type.Literal('reason'),
    centreId: CentreIdField,
    reason: lineField(10, 300, 'Without names: it is written in the log'),
  }),
]);

const IdentityDocument = closedObject({
  kind: Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: `One of ${DOCUMENT_KINDS.join(', ')}` }),
  number: DocumentNumberField,
  issuedOn: DateField,
  issuedBy: Type.Optional(lineField(0, 300)),
  validUntil: Type.Optional(DateField),
});

/** A person: one record for a life, with many documents. */
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

/** The limit of opened persons is used up: a second person has to agree. */
const USED_UP = ['reasons-used-up', 'visit-persons-used-up'] as const;

/** Persons. Every search and every reading is logged with its purpose; nothing of them is in an address. */
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
          birth: BirthField,
        }),
      ]),
    }),
    reply: Type.Array(Person),
    problems: ['purpose-needed', ...USED_UP, 'number-faulty', 'identity-faulty', 'no-master-key', 'foreign-centre'],
  },
  'POST /api/persons': {
    right: 'take-applications',
    status: 201,
    placed: true,
    summary: 'Add a person who is not known yet',
    body: closedObject({
      purpose: Purpose,
      identity: Identity,
      namesake: Type.Optional(
        Type.Boolean({ description: 'True: not the known person of this name and date of birth' }),
      ),
    }),
    reply: Person,
    problems: [
      'purpose-needed',
      ...USED_UP,
      'number-faulty',
      'identity-faulty',
      'no-master-key',
      'person-known',
      'person-alike',
      'foreign-centre',
    ],
  },
  'POST /api/persons/:personId/read': {
    right: 'take-applications',
    placed: true,
    summary: 'Read a person',
    params: Type.Object({ personId: PersonIdField }),
    body: closedObject({ purpose: Purpose }),
    reply: Person,
    problems: ['purpose-needed', ...USED_UP, 'unknown-person', 'no-master-key', 'foreign-centre'],
  },
  'PUT /api/persons/:personId': {
    right: 'take-applications',
    placed: true,
    summary: 'Change a person’s record; older documents are kept',
    params: Type.Object({ personId: PersonIdField }),
    body: closedObject({ purpose: Purpose, edition: EditionField, identity: Identity }),
    reply: Person,
    problems: [
      'purpose-needed',
      ...USED_UP,
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

const PersonLook = Type.Object({
  lookId: Type.Integer(),
  at: Instant,
  actorKind: Type.String(),
  who: Type.Union([Type.String({ description: 'The name of a member of staff or of a key' }), Type.Null()]),
  action: Type.Enum(['searched', 'read', 'added', 'changed']),
  centreId: Type.Union([CentreIdField, Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()], {
    description: 'None where staff looked through an application that they began themselves',
  }),
  persons: Type.Integer({ description: 'How many records were opened' }),
});

const LookRelease = Type.Object({
  releaseId: UuidField,
  who: Type.String(),
  reason: Type.String(),
  at: Instant,
});

const ofCentre = Type.Object({ centreId: CentreIdField });
const older = Type.Object({
  before: Type.Optional(LongRowIdField),
});

/** Looks at personal data for a stated reason, to be reviewed; and more of them with the agreement of a second person. */
export const personLookContract = {
  'GET /api/person-looks': {
    right: 'read-audit',
    summary:
      'Looks at personal data for stated reasons, or through an application of one’s own, in the whole network, newest first',
    query: older,
    reply: Type.Array(PersonLook),
    problems: [],
  },
  'GET /api/centres/:centreId/person-looks': {
    right: 'run-centre',
    summary:
      'Looks at personal data for stated reasons, or through an application of one’s own, at a centre, newest first',
    params: ofCentre,
    query: older,
    reply: Type.Array(PersonLook),
    problems: ['foreign-centre'],
  },
  'GET /api/centres/:centreId/look-releases': {
    right: 'run-hall',
    summary: 'Staff of a centre who have used up the hourly looks for stated reasons and ask a second person for more',
    params: ofCentre,
    reply: Type.Array(LookRelease),
    problems: ['foreign-centre'],
  },
  'POST /api/centres/:centreId/look-releases/:releaseId': {
    right: 'run-hall',
    summary: 'As the second person, allow or refuse the same number of looks for another hour',
    params: Type.Object({ centreId: CentreIdField, releaseId: UuidField }),
    body: closedObject({ agreed: Type.Boolean() }),
    problems: ['unknown-release', 'same-person', 'foreign-centre'],
  },
} as const satisfies Contract;

export type Identity = Static<typeof Identity>;
export type Purpose = Static<typeof Purpose>;
export type Person = Static<typeof Person>;
export type PersonLookReply = Static<typeof PersonLook>;
export type LookReleaseReply = Static<typeof LookRelease>;
