import { type Static, Type } from 'typebox';
import { APPLICATION_STATES, type MoveName, MOVES } from '../core/applications/life.ts';
import { WAY_NAMES } from '../core/notices/templates.ts';
import { SIGNATURE_STATES } from '../core/applications/signers.ts';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  CommandIdField,
  DateField,
  DayField,
  DocumentNumberField,
  EditionField,
  Instant,
  PassportVersionField,
  ServiceIdField,
  UuidField,
  VisitIdField,
  Words,
  lineField,
} from './fields.ts';
import { PersonIdField } from './persons.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

export const ApplicationIdField = UuidField;
const params = Type.Object({ applicationId: ApplicationIdField });
const versionParams = Type.Object({ applicationId: ApplicationIdField, version: PassportVersionField });
const StateField = Type.Enum([...APPLICATION_STATES]);
const MoveField = Type.Enum(Object.keys(MOVES) as MoveName[]);
const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
export const Answers = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9.]{0,79}$' }),
  Type.String({ maxLength: 2_000 }),
);

/** An application without anything that says whose it is. */
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

const SeenField = Type.Enum([
  'original-shown',
  'original-kept',
  'copy',
  'scan',
  'from-agency',
  'from-result',
  'lawful-reason',
]);

const Evidence = Type.Object({
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

const GivenEvidence = closedObject({
  kind: Code,
  seen: SeenField,
  copies: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
  sheets: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
  reason: Type.Optional(
    Type.String({ minLength: 5, maxLength: 300, description: 'Why it is not needed: asked for with `lawful-reason`' }),
  ),
  issuedOn: Type.Optional({ ...DayField, description: 'Asked for where the document is good for some days only' }),
  document: Type.Optional(
    closedObject(
      { number: DocumentNumberField, issuedOn: DateField },
      {
        description: 'By this a scan that was made before is found again',
      },
    ),
  ),
  fileIds: Type.Optional(Type.Array(UuidField, { maxItems: 40 })),
});

/** How the applicant hears of it. */
const Contact = closedObject({
  email: Type.Optional(lineField(0, 254)),
  phone: Type.Optional(lineField(0, 40)),
  language: Type.Enum(['ru', 'en']),
});

const Charge = Type.Object({
  chargeId: UuidField,
  uin: Type.String(),
  amount: Type.Integer({ description: 'Kopecks' }),
  state: Type.Enum(['awaiting', 'paid', 'confirmed', 'cancelled', 'refund-asked', 'refunded']),
  payText: Nullable(
    Type.String({ description: 'The text of the payment code, ГОСТ Р 56042; null: the payee is not known here' }),
  ),
});

/** Everything of an application; whose it is stands only as an id. */
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
    note: Nullable(Type.String({ description: 'What the agency wrote to the applicant' })),
    evidence: Type.Array(Evidence),
    signatures: Type.Array(
      Type.Object({
        signer: Code,
        name: Words,
        state: Type.Enum([...SIGNATURE_STATES]),
        way: Nullable(Type.Enum(['window', 'home'])),
        at: Nullable(Instant),
      }),
      { description: 'Of others whose consent is needed' },
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
      { description: 'What the centre asked of agencies itself' },
    ),
    notices: Type.Array(
      Type.Object({
        noticeId: UuidField,
        kind: Type.String(),
        way: Type.Enum([...WAY_NAMES]),
        state: Type.Enum(['waiting', 'sending', 'sent', 'delivered', 'failed', 'withdrawn', 'late']),
        fault: Nullable(Type.String()),
      }),
      { description: 'What the applicant was told, and whether he heard of it' },
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
    moves: Type.Array(MoveField, { description: 'What the asker can do now' }),
    code: Nullable(Type.String({ description: 'The code on the receipt, for the specialists of the centre' })),
  },
  { title: 'ApplicationFile' },
);

/** What whoever holds the receipt is told. */
const Status = Type.Object({
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

const WORK_PROBLEMS = ['unknown-application', 'foreign-centre', 'no-master-key'] as const;

/** Applications at the window and at agencies. */
export const applicationContract = {
  'POST /api/applications': {
    right: 'take-applications',
    placed: true,
    summary: 'Begin an application: a draft, pinned to the version of the passport in force today',
    body: closedObject({
      commandId: CommandIdField,
      centreId: CentreIdField,
      serviceId: ServiceIdField,
      variant: Code,
      personId: PersonIdField,
      representative: Type.Optional(
        closedObject({
          personId: PersonIdField,
          mandate: closedObject({
            kind: Code,
            number: lineField(0, 60),
            until: Type.Optional(DateField),
          }),
        }),
      ),
      visit: Type.Optional(closedObject({ day: DayField, visitId: VisitIdField })),
      homeCode: Type.Optional(
        Type.String({ minLength: 12, maxLength: 20, description: 'Of what was begun at home; it is used up' }),
      ),
      anotherBecause: Type.Optional(lineField(5, 300)),
      correctionOf: Type.Optional(ApplicationIdField),
    }),
    reply: ApplicationFile,
    problems: [
      ...WORK_PROBLEMS,
      'unknown-service',
      'unknown-variant',
      'unknown-person',
      'application-open',
      'service-elsewhere',
      'unknown-home-draft',
      'identity-expired',
      'mandate-expired',
      'not-a-correction',
      'command-conflict',
      'right-elsewhere',
    ],
  },
  'GET /api/applications': {
    right: 'take-applications',
    placed: true,
    summary: 'Applications of a centre that are open, or are waiting there to be given out; without names',
    query: Type.Object({
      centreId: CentreIdField,
      state: Type.Optional(StateField),
      mine: Type.Optional(Type.Enum(['yes'])),
    }),
    reply: Type.Array(ApplicationRow),
    problems: ['foreign-centre'],
  },
  'GET /api/agencies/:agencyId/applications': {
    right: 'decide-applications',
    placed: true,
    summary: 'Applications that lie with an agency, the most urgent first',
    params: Type.Object({ agencyId: Code }),
    query: Type.Object({ state: Type.Optional(StateField) }),
    reply: Type.Array(ApplicationRow),
    problems: ['right-elsewhere'],
  },
  'POST /api/applications/find': {
    right: 'take-applications',
    placed: true,
    summary: 'Find an application by its number, or by the barcode of one of its papers',
    body: closedObject({ text: lineField(3, 40) }),
    reply: ApplicationFile,
    problems: [...WORK_PROBLEMS],
  },
  'GET /api/applications/:applicationId': {
    right: 'look',
    placed: true,
    summary: 'Everything of an application: for its centre, the centre of its result, and its agency',
    params,
    reply: ApplicationFile,
    problems: [...WORK_PROBLEMS],
  },
  'PUT /api/applications/:applicationId/draft': {
    right: 'take-applications',
    placed: true,
    summary:
      'Write the answers and what was seen, of a draft or of what was sent back to be corrected; nobody else’s words are written over',
    params,
    body: closedObject({
      edition: EditionField,
      answers: Answers,
      evidence: Type.Array(GivenEvidence, { maxItems: 60 }),
      contact: Type.Optional(Contact),
      resultCentreId: Type.Optional(CentreIdField),
    }),
    reply: ApplicationFile,
    problems: [
      ...WORK_PROBLEMS,
      'edition-changed',
      'contact-malformed',
      'contact-extension',
      'row-twice',
      'move-not-allowed',
      'unknown-file',
      'file-not-clean',
      'unknown-centre',
      'evidence-unknown',
      'evidence-not-by-hand',
      'evidence-reason-needed',
      'evidence-too-old',
    ],
  },
  'POST /api/applications/:applicationId/move': {
    right: 'look',
    placed: true,
    summary: 'Do the next thing: who may do what stands in the table of moves',
    params,
    body: closedObject({
      commandId: CommandIdField,
      move: MoveField,
      ground: Type.Optional(Code),
      note: Type.Optional(Type.String({ maxLength: 1_000, description: 'For the applicant; sealed' })),
      collector: Type.Optional(
        closedObject({
          personId: PersonIdField,
          documentSeen: Type.Literal(true),
          signed: Type.Literal(true),
        }),
      ),
    }),
    reply: ApplicationFile,
    problems: [
      ...WORK_PROBLEMS,
      'move-not-allowed',
      'ground-needed',
      'form-faulty',
      'identity-expired',
      'mandate-expired',
      'evidence-missing',
      'evidence-too-old',
      'signatures-missing',
      'needs-result',
      'identity-not-checked',
      'payment-missing',
      'service-elsewhere',
      'role-not-enough',
      'right-elsewhere',
      'command-conflict',
      'stop-malformed',
    ],
  },
  'POST /api/applications/:applicationId/extend': {
    right: 'look',
    placed: true,
    summary: 'Make the term longer, once, within what the passport allows: for whoever decides',
    params,
    body: closedObject({ commandId: CommandIdField, count: Type.Integer({ minimum: 1, maximum: 365 }) }),
    reply: ApplicationFile,
    problems: [...WORK_PROBLEMS, 'right-elsewhere', 'extension-not-allowed', 'move-not-allowed', 'command-conflict'],
  },
  'GET /api/applications/:applicationId/versions/:version': {
    right: 'publish-catalogue',
    summary: 'What would change for an application under another version of its passport',
    params: versionParams,
    reply: Type.Array(Type.Object({ path: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
    problems: ['unknown-application', 'unknown-service', 'unknown-variant'],
  },
  'POST /api/applications/:applicationId/versions/:version': {
    right: 'publish-catalogue',
    summary: 'Move an open application to another version of its passport; what was charged stays',
    params: versionParams,
    reply: ApplicationRow,
    problems: ['unknown-application', 'unknown-service', 'unknown-variant', 'move-not-allowed'],
  },
  'POST /api/application-status': {
    right: 'look',
    summary: 'What becomes of an application: by the number and the code on the receipt',
    body: closedObject({ number: lineField(0, 40), code: lineField(0, 12) }),
    reply: Status,
    problems: ['unknown-application', 'no-master-key'],
  },
} as const satisfies Contract;

export type ApplicationStatus = Static<typeof Status>;
export type ApplicationRow = Static<typeof ApplicationRow>;
export type ApplicationFile = Static<typeof ApplicationFile>;
export type GivenEvidence = Static<typeof GivenEvidence>;
export type ApplicantContact = Static<typeof Contact>;
