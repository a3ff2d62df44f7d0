import { type Static, Type } from 'typebox';
import { APPLICATION_STATES, type MoveName, MOVES } from '../core/applications/life.ts';
import { NOTICE_FAULTS } from '../core/notices/faults.ts';
import { WAY_NAMES } from '../core/notices/templates.ts';
import { SIGNATURE_STATES } from '../core/applications/signers.ts';
import {
  CentreIdField,
  DateField,
  DayField,
  DocumentNumberField,
  Instant,
  lineField,
  PassportVersionField,
  ServiceIdField,
  UuidField,
  Words,
} from './fields.ts';
import { PersonIdField } from './persons.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

/** The shapes of applications in the API. */
export const ApplicationIdField = UuidField;
export const applicationParams = Type.Object({ applicationId: ApplicationIdField });
export const applicationVersionParams = Type.Object({
  applicationId: ApplicationIdField,
  version: PassportVersionField,
});
export const StateField = Type.Enum([...APPLICATION_STATES]);
export const MoveField = Type.Enum(Object.keys(MOVES) as MoveName[]);
export const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
export const Answers = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9.]{0,79}$' }),
  Type.String({ maxLength: 2_000 }),
);

/** An application without anything that identifies the applicant. */
export const ApplicationRow = Type.Object(
  {
    applicationId: ApplicationIdField,
    number: Nullable(Type.String()),
    state: StateField,
    refused: Type.Boolean(),
    centreId: CentreIdField,
    serviceId: ServiceIdField,
    service: Words,
    variant: Code,
    agencyId: Nullable(Code),
    packageId: Nullable(UuidField),
    stepId: Nullable(Code),
    responsible: Type.String(),
    registeredOn: Nullable(DayField),
    lastDay: Nullable(DayField),
    promised: Nullable(DayField),
    dispatchBy: Nullable(DayField),
    agencyBy: Nullable(DayField),
    termFault: Nullable(Type.String({ description: 'Why there are no dates, such as `calendar-missing 2027`' })),
    standing: Nullable(Type.Enum(['far', 'near', 'tomorrow', 'today', 'over'])),
    resultCentreId: Nullable(CentreIdField),
    readyOn: Nullable(DayField),
    storedUntil: Nullable(DayField),
    edition: Type.Integer(),
    changedAt: Instant,
  },
  { title: 'ApplicationRow' },
);

export const SeenField = Type.Enum([
  'original-shown',
  'original-kept',
  'copy',
  'scan',
  'from-agency',
  'from-result',
  'lawful-reason',
]);

export const Evidence = Type.Object({
  kind: Code,
  seen: SeenField,
  copies: Type.Integer(),
  sheets: Type.Integer(),
  reason: Nullable(Type.String({ description: 'Why it is not needed by law' })),
  issuedOn: Nullable(DayField),
  files: Type.Array(
    Type.Object({
      fileId: UuidField,
      name: Type.String(),
      contentType: Type.String(),
      state: Type.Enum(['waiting', 'clean', 'infected']),
    }),
  ),
});

export const GivenEvidence = closedObject({
  kind: Code,
  seen: SeenField,
  copies: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
  sheets: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
  reason: Type.Optional(
    Type.String({ minLength: 5, maxLength: 300, description: 'Why it is not needed: asked for with `lawful-reason`' }),
  ),
  issuedOn: Type.Optional({
    ...DateField,
    description: 'Required where the document is valid for a limited number of days',
  }),
  document: Type.Optional(
    closedObject(
      { number: DocumentNumberField, issuedOn: DateField },
      {
        description: 'Finds a scan that was made earlier',
      },
    ),
  ),
  fileIds: Type.Optional(Type.Array(UuidField, { maxItems: 40 })),
});

/** How the applicant is notified. */
export const Contact = closedObject({
  email: Type.Optional(lineField(0, 254)),
  phone: Type.Optional(lineField(0, 40)),
  language: Type.Enum(['ru', 'en']),
});

export const Charge = Type.Object({
  chargeId: UuidField,
  uin: Type.String(),
  amount: Type.Integer({ description: 'Kopecks' }),
  state: Type.Enum(['awaiting', 'paid', 'confirmed', 'cancelled', 'refund-asked', 'refunded']),
  payText: Nullable(
    Type.String({ description: 'The text of the payment code, ГОСТ Р 56042; null: the payee is not known here' }),
  ),
});

/** Everything in an application; the applicant is given only by id. */
export const ApplicationFile = Type.Object(
  {
    ...ApplicationRow.properties,
    version: Type.Integer(),
    timeZone: Type.String({ description: 'Of the centre' }),
    today: { ...DayField, title: undefined, description: 'The date at the centre' },
    personId: PersonIdField,
    representativeId: Nullable(PersonIdField),
    answers: Answers,
    contact: Nullable(Contact),
    note: Nullable(Type.String({ description: 'The agency’s message to the applicant' })),
    evidence: Type.Array(Evidence),
    signatures: Type.Array(
      Type.Object({
        signer: Code,
        name: Words,
        state: Type.Enum([...SIGNATURE_STATES]),
        way: Nullable(Type.Enum(['window', 'home'])),
        at: Nullable(Instant),
      }),
      { description: 'The signatures of others whose consent is needed' },
    ),
    charges: Type.Array(Charge),
    papers: Type.Array(
      Type.Object({
        barcode: Type.String(),
        kind: Code,
        form: Type.String(),
        sheets: Type.Integer(),
        place: Type.String(),
        where: Type.String(),
      }),
    ),
    queries: Type.Array(
      Type.Object({
        messageId: UuidField,
        agency: Words,
        evidence: Nullable(Code),
        state: Type.Enum(['waiting', 'sending', 'sent', 'rejected', 'answered', 'dead']),
        dueOn: Nullable(DayField),
        fault: Nullable(Type.String()),
      }),
      { description: 'Queries that the centre sent to agencies itself' },
    ),
    notices: Type.Array(
      Type.Object({
        noticeId: UuidField,
        kind: Type.String(),
        way: Type.Enum([...WAY_NAMES]),
        state: Type.Enum(['waiting', 'sending', 'sent', 'delivered', 'failed', 'withdrawn', 'late']),
        fault: Nullable(Type.Enum([...NOTICE_FAULTS])),
      }),
      { description: 'Messages to the applicant, and whether they were delivered' },
    ),
    events: Type.Array(
      Type.Object({
        at: Instant,
        actor: Type.String(),
        move: Type.String(),
        state: StateField,
        ground: Nullable(Type.String()),
        details: Type.Unknown(),
      }),
    ),
    stops: Type.Array(
      Type.Object({
        from: DayField,
        until: Nullable(DayField),
        clock: Type.Enum(['pause', 'restart']),
        latest: Nullable(DayField),
      }),
    ),
    moves: Type.Array(MoveField, { description: 'The moves that the caller can make now' }),
    code: Nullable(Type.String({ description: 'The code on the receipt, for the specialists of the centre' })),
  },
  { title: 'ApplicationFile' },
);

/** The status that the holder of the receipt sees. */
export const Status = Type.Object({
  number: Type.String(),
  service: Words,
  state: StateField,
  words: Words,
  refused: Type.Boolean(),
  registeredOn: Nullable(DayField),
  lastDay: Nullable(DayField),
  promised: Nullable(DayField),
  resultCentreId: Nullable(CentreIdField),
  storedUntil: Nullable(DayField),
  ground: Nullable(Words),
  toDo: Nullable(Words),
  awaiting: Type.Array(Charge),
  history: Type.Array(Type.Object({ at: Instant, state: StateField, words: Words })),
});

export type ApplicationStatus = Static<typeof Status>;
export type ApplicationRow = Static<typeof ApplicationRow>;
export type ApplicationFile = Static<typeof ApplicationFile>;
export type GivenEvidence = Static<typeof GivenEvidence>;
export type ApplicantContact = Static<typeof Contact>;
