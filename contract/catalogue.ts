import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import type { CheckedNumber } from '../core/persons/numbers.ts';
import { TEMPLATE_NAMES } from '../core/applications/template.ts';
import {
  AskedDayField,
  CentreIdField,
  DayField,
  GroupIdField,
  Instant,
  KopecksField,
  lineField,
  PassportVersionField,
  PlannedDayField,
  RowIdField,
  RuleDateField,
  ServiceIdField,
  SkillLevelField,
  Words,
} from './fields.ts';
import { PAID_BEFORE } from '../core/applications/paid-before.ts';

const closed = { additionalProperties: false };
const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const Text = Type.String({ minLength: 1, maxLength: 4_000 });
const Days = Type.Integer({ minimum: 0, maximum: 3_650 });

export const Condition = Type.Object(
  { field: lineField(1, 80), is: Type.Array(lineField(0, 60), { minItems: 1, maxItems: 60 }) },
  closed,
);

const NUMBERS = ['snils', 'inn', 'passport', 'ogrn', 'uin'] as const satisfies readonly CheckedNumber[];

/** A question of a form, of a passport or of a package. */
export const FormField = Type.Object(
  {
    name: Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
    label: Words,
    kind: Type.Enum(['text', 'long', 'number', 'date', 'choice', 'yes-no', 'phone', 'email', ...NUMBERS]),
    optional: Type.Optional(Type.Boolean()),
    options: Type.Optional(
      Type.Array(Type.Object({ value: lineField(0, 60), label: Words }, closed), { maxItems: 60 }),
    ),
    fact: Type.Optional(
      Type.String({
        pattern: '^[a-z]+\\.[a-zA-Z]+$',
        maxLength: 80,
        description: 'The canonical fact, such as `person.snils`',
      }),
    ),
    when: Type.Optional(Condition),
  },
  { ...closed, title: 'FormField' },
);

const Evidence = Type.Object(
  {
    kind: Code,
    name: Words,
    need: Type.Enum(['must', 'optional', 'if-present']),
    broughtBy: Type.Enum(['applicant', 'agency-query', 'centre']),
    original: Type.Enum(['not-needed', 'shown', 'handed-over']),
    copies: Type.Integer({ minimum: 0, maximum: 10 }),
    alternatives: Type.Union([Code, Type.Null()], { description: 'One of all documents with the same code is enough' }),
    shelfLifeDays: Type.Union([Days, Type.Null()]),
    when: Type.Optional(Condition),
    askedOf: Type.Optional(Code),
  },
  closed,
);

/** Why something is refused or stopped. Only a ground that is listed here may be given. */
const Ground = Type.Object(
  { text: Words, act: Type.String({ maxLength: 1_000 }), code: Type.Optional(Code), fix: Type.Optional(Words) },
  closed,
);

const Term = Type.Object(
  {
    count: Type.Integer({ minimum: 0, maximum: 365 }),
    unit: Type.Enum(['working-day', 'calendar-day', 'month', 'hour', 'same-visit']),
    starts: Type.Enum(['same-day', 'same-visit', 'next-day', 'next-working-day', 'on-receipt-by-agency']),
    lastDay: Type.Optional(
      Type.Enum(['next-working', 'previous-working', 'none'], {
        description: 'Of calendar days; next-working when left out',
      }),
    ),
    extensionMax: Type.Optional(Type.Integer({ minimum: 0, maximum: 365, description: 'The number of units, once' })),
    includesTransfer: Type.Boolean(),
    promisedCount: Type.Union([Type.Integer({ minimum: 0, maximum: 365 }), Type.Null()]),
  },
  closed,
);

const FieldName = FormField.properties.name;

/** Another person who has to agree: the other spouse, all owners. */
const Signer = Type.Object({ code: Code, name: Words, when: Type.Optional(Condition) }, closed);

/** How days away are counted: full days, without those of leaving and of coming back. */
const Absence = Type.Object(
  { left: FieldName, back: FieldName, moreThanDays: Days, fileWithinDays: Days },
  { ...closed, description: 'left and back: the fields of the form that hold the days' },
);

/** A document that is printed to be signed. */
const DocumentTemplate = Type.Object(
  {
    code: Code,
    name: Words,
    text: Type.Object(
      { ru: Text, en: Text },
      {
        ...closed,
        description: `With {answer:FIELD} and ${TEMPLATE_NAMES.map((name) => `{${name}}`).join(', ')} in it`,
      },
    ),
    withAnswers: Type.Boolean({ description: 'True: the answers of the form follow the text' }),
  },
  closed,
);

/** A variant of the service: for what and by whom it is asked. */
const Variant = Type.Object(
  {
    code: Code,
    name: Words,
    applicants: Type.Array(Type.Enum(['person', 'entrepreneur', 'organisation']), { minItems: 1 }),
    form: Type.Optional(Type.Array(FormField, { maxItems: 80 })),
    evidence: Type.Array(Evidence, { maxItems: 60 }),
    signers: Type.Optional(Type.Array(Signer, { maxItems: 10 })),
    absence: Type.Optional(Absence),
    templates: Type.Optional(Type.Array(DocumentTemplate, { maxItems: 20 })),
    acceptanceRefusals: Type.Array(Ground, { maxItems: 60 }),
    suspensions: Type.Array(
      Type.Object(
        {
          ...Ground.properties,
          daysMax: Days,
          days: Type.Enum(['working-day', 'calendar-day']),
          clock: Type.Enum(['pause', 'restart']),
        },
        closed,
      ),
      { maxItems: 60 },
    ),
    refusals: Type.Array(Ground, { maxItems: 60 }),
    term: Type.Union([Term, Type.Null()], { description: 'Null: not known yet' }),
    fees: Type.Array(
      Type.Object(
        {
          amount: KopecksField,
          kbk: Type.Union([Type.String({ pattern: '^\\d{20}$' }), Type.Null()]),
          benefits: Type.Array(Words, { maxItems: 60 }),
          paidBefore: Type.Optional(
            Type.Enum([...PAID_BEFORE], {
              description: 'The step before which it must be paid; left out: before the decision',
            }),
          ),
        },
        closed,
      ),
      { maxItems: 20 },
    ),
    results: Type.Array(
      Type.Object(
        {
          name: Words,
          positive: Type.Boolean(),
          form: Type.Enum(['paper', 'electronic', 'both']),
          collectedBy: Type.Enum(['applicant', 'representative', 'any-with-passport']),
          storageDays: Days,
          unclaimed: Type.Enum(['return-to-agency', 'destroy']),
        },
        closed,
      ),
      { maxItems: 20 },
    ),
  },
  closed,
);

/** A service passport: everything that is promised of a service. Named after the technological scheme of a one-stop centre. */
export const Passport = Type.Object(
  {
    official: Words,
    short: Words,
    plain: Words,
    level: Type.Enum(['federal', 'city']),
    agency: Type.Union([Type.Object({ code: Code, name: Words }, closed), Type.Null()]),
    acts: Type.Array(Text, { maxItems: 40 }),
    channels: Type.Array(Type.Enum(['centre', 'portal', 'mobile-centre', 'agency']), { minItems: 1 }),
    variants: Type.Array(Variant, { minItems: 1, maxItems: 40 }),
    extraterritorial: Type.Enum(['any', 'listed', 'by-address']),
    givenAt: Type.Array(Type.Enum(['district', 'flagship', 'mobile', 'seasonal']), { minItems: 1 }),
    equipment: Type.Array(Code, { maxItems: 20 }),
    appointment: Type.Enum(['no', 'possible', 'required']),
    skillLevel: SkillLevelField,
    minutesAtWindow: Type.Integer({ minimum: 1, maximum: 240 }),
    lifeSituations: Type.Array(Code, { maxItems: 40 }),
    expiredIdentity: Type.Optional(
      Type.Boolean({ description: 'True where a document that has run out is replaced: it is accepted as it is' }),
    ),
    askedAs: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 100 }), {
        maxItems: 200,
        description: 'Other names that people use for it, in any language: for the search',
      }),
    ),
    sources: Type.Optional(
      Type.Array(
        Type.Object(
          {
            of: Type.Enum(['name', 'documents', 'term', 'fee', 'result', 'place', 'grounds']),
            source: Type.String({ minLength: 1, maxLength: 300 }),
            // The clock of a demonstration may show an earlier day than the one on which a person really checked.
            checkedOn: AskedDayField,
            recalled: Type.Boolean({ description: 'True: written from memory, must be compared with the act' }),
          },
          closed,
        ),
        { maxItems: 40 },
      ),
    ),
  },
  { ...closed, title: 'Passport' },
);

const Version = Type.Object({
  version: Type.Integer(),
  state: Type.Enum(['draft', 'published']),
  validFrom: Type.Union([DayField, Type.Null()]),
  publishedAt: Type.Union([Instant, Type.Null()]),
  passport: Passport,
});

const params = Type.Object({ serviceId: ServiceIdField });

/** Service passports. */
export const catalogueContract = {
  'GET /api/catalogue': {
    right: 'look',
    summary: 'Every service by its group, as it is in force today',
    reply: Type.Array(
      Type.Object({
        serviceId: ServiceIdField,
        groupId: GroupIdField,
        letter: Type.String(),
        group: Words,
        name: Words,
        version: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: only a draft so far' }),
        draft: Type.Boolean(),
        pilotOnly: Type.Boolean(),
      }),
    ),
    problems: [],
  },
  'GET /api/catalogue/:serviceId': {
    right: 'look',
    summary: 'All versions of a passport, newest first',
    params,
    reply: Type.Object({ serviceId: ServiceIdField, groupId: GroupIdField, versions: Type.Array(Version) }),
    problems: ['unknown-service'],
  },
  'GET /api/catalogue/:serviceId/differences': {
    right: 'look',
    summary: 'The differences between two versions of a passport',
    params,
    query: Type.Object({ from: PassportVersionField, to: PassportVersionField }),
    reply: Type.Array(Type.Object({ path: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
    problems: ['unknown-version'],
  },
  'GET /api/catalogue-schema': {
    right: 'look',
    summary: 'The JSON Schema of a passport: the methodologist’s form is drawn from it',
    reply: Type.Unknown(),
    problems: [],
  },
  'GET /api/catalogue-export': {
    right: 'look',
    summary: 'The complete passports that are in force today',
    reply: Type.Array(
      Type.Object({ serviceId: ServiceIdField, groupId: GroupIdField, version: Type.Integer(), passport: Passport }),
    ),
    problems: [],
  },
  'GET /api/catalogue-export/cpsv-ap': {
    right: 'look',
    summary: 'The same as JSON-LD in the vocabulary of CPSV-AP 3.2',
    reply: Type.Unknown(),
    problems: [],
  },
  'PUT /api/catalogue/:serviceId/draft': {
    right: 'write-catalogue',
    summary: 'Write the draft of a passport; of a new service too',
    params,
    body: Type.Object({ groupId: GroupIdField, passport: Passport }, closed),
    reply: Type.Object({ version: Type.Integer() }),
    problems: ['unknown-group', 'passport-faulty'],
  },
  'POST /api/catalogue/:serviceId/publish': {
    right: 'publish-catalogue',
    summary: 'Put the draft in force from a date on; it is frozen then. Its author may not publish it',
    params,
    body: Type.Object({ validFrom: RuleDateField, pilotOnly: Type.Boolean() }, closed),
    reply: Type.Object({ version: Type.Integer() }),
    problems: ['no-draft', 'days-reversed', 'second-person-needed'],
  },
} as const satisfies Contract;

/** Pilots: services or rules that some centres try first. */
export const pilotContract = {
  'GET /api/pilots': {
    right: 'look',
    summary: 'Pilots, by service and centre',
    reply: Type.Array(
      Type.Object({
        pilotId: Type.Integer(),
        centreId: CentreIdField,
        serviceId: Type.Union([ServiceIdField, Type.Null()]),
        rule: Type.Union([Type.String(), Type.Null()]),
        value: Type.Unknown(),
        from: DayField,
        to: DayField,
      }),
    ),
    problems: [],
  },
  'POST /api/pilots': {
    right: 'publish-catalogue',
    status: 201,
    summary: 'Try a service or another rule at one centre first, for some days',
    body: Type.Object(
      {
        centreId: CentreIdField,
        serviceId: Type.Union([ServiceIdField, Type.Null()]),
        rule: Type.Union([Type.String({ pattern: '^[a-zA-Z]{1,40}$' }), Type.Null()]),
        value: Type.Unknown(),
        from: PlannedDayField,
        to: PlannedDayField,
      },
      closed,
    ),
    reply: Type.Object({ pilotId: Type.Integer() }),
    problems: ['unknown-centre', 'unknown-service', 'days-reversed', 'days-too-many', 'pilot-overlaps', 'pilot-faulty'],
  },
  'DELETE /api/pilots/:pilotId': {
    right: 'publish-catalogue',
    summary: 'End a pilot today; one that has not begun is taken back',
    params: Type.Object({ pilotId: RowIdField }),
    problems: ['unknown-pilot'],
  },
} as const satisfies Contract;

export type Passport = Static<typeof Passport>;
