import { type Static, Type } from 'typebox';
import { APPLICATION_STATES } from '../core/applications/life.ts';
import { Answers, ApplicationIdField } from './application-shapes.ts';
import { Condition, FormField } from './catalogue.ts';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  CentreIdField,
  CommandIdField,
  DayField,
  Instant,
  lineField,
  ServiceIdField,
  UuidField,
  VisitIdField,
  Words,
} from './fields.ts';
import { PersonIdField } from './persons.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const templateParams = Type.Object({ templateId: Code });
const packageParams = Type.Object({ packageId: UuidField });

const Step = closedObject({
  stepId: Code,
  serviceId: ServiceIdField,
  variant: Code,
  name: Words,
  usual: Type.Boolean({ description: 'Included unless the applicant does not want it' }),
  needs: Type.Array(
    closedObject({
      step: Code,
      evidence: Nullable(Code),
      facts: Type.Array(lineField(0, 80), { maxItems: 40 }),
    }),
    { maxItems: 20 },
  ),
  when: Type.Optional(Condition),
});

/** The template of a package: services that belong together. */
export const PackageTemplate = closedObject(
  {
    name: Words,
    facts: Type.Array(FormField, { maxItems: 60 }),
    steps: Type.Array(Step, { minItems: 1, maxItems: 40 }),
  },
  { title: 'PackageTemplate' },
);

const Version = Type.Object({
  version: Type.Integer(),
  state: Type.Enum(['draft', 'published']),
  publishedAt: Nullable(Instant),
  template: PackageTemplate,
});

/** A package of one person: its steps, their states and dates. */
export const PackageFile = Type.Object(
  {
    packageId: UuidField,
    templateId: Code,
    name: Words,
    centreId: CentreIdField,
    personId: PersonIdField,
    facts: Answers,
    fields: Type.Array(FormField),
    more: Type.Array(Type.Object({ stepId: Code, name: Words }), {
      description: 'Steps that could be added',
    }),
    steps: Type.Array(
      Type.Object({
        stepId: Code,
        name: Words,
        applicationId: ApplicationIdField,
        edition: Type.Integer(),
        number: Nullable(Type.String()),
        state: Type.Enum([...APPLICATION_STATES]),
        refused: Type.Boolean(),
        needs: Type.Array(Code),
        waitsFor: Type.Array(Code),
        begins: Nullable(DayField),
        lastDay: Nullable(DayField),
      }),
    ),
    lastDay: Nullable(DayField),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'The number of steps in each state' }),
  },
  { title: 'PackageFile' },
);

/** Packages: several services that belong together, with shared questions asked once. */
export const packageContract = {
  'GET /api/package-templates': {
    right: 'look',
    summary: 'The published templates',
    reply: Type.Array(
      Type.Object({ templateId: Code, version: Type.Integer(), draft: Type.Boolean(), template: PackageTemplate }),
    ),
    problems: [],
  },
  'GET /api/package-templates/:templateId': {
    right: 'look',
    summary: 'All versions of a template, newest first',
    params: templateParams,
    reply: Type.Object({ templateId: Code, versions: Type.Array(Version) }),
    problems: ['unknown-package'],
  },
  'PUT /api/package-templates/:templateId/draft': {
    right: 'write-catalogue',
    summary: 'Write the draft of a template; of a new one too',
    params: templateParams,
    body: PackageTemplate,
    reply: Type.Object({ version: Type.Integer() }),
    problems: ['package-faulty'],
  },
  'POST /api/package-templates/:templateId/publish': {
    right: 'publish-catalogue',
    summary: 'Put the draft in force; it is frozen then. Its author may not publish it',
    params: templateParams,
    reply: Type.Object({ version: Type.Integer() }),
    problems: ['no-draft', 'package-faulty', 'second-person-needed'],
  },
  'POST /api/packages': {
    right: 'take-applications',
    status: 201,
    location: '/api/packages/:packageId',
    placed: true,
    summary: 'Begin a package: a draft for each step, blocked where a result is needed first',
    body: closedObject({
      commandId: CommandIdField,
      templateId: Code,
      centreId: CentreIdField,
      personId: PersonIdField,
      facts: Answers,
      steps: Type.Optional(
        Type.Array(Code, { maxItems: 40, uniqueItems: true, description: 'The usual ones when left out' }),
      ),
      visit: Type.Optional(closedObject({ day: AskedDayField, visitId: VisitIdField })),
      anotherBecause: Type.Optional(Type.String({ minLength: 5, maxLength: 300 })),
    }),
    reply: PackageFile,
    problems: [
      'package-open',
      'form-faulty',
      'step-not-offered',
      'unknown-package',
      'unknown-person',
      'purpose-needed',
      'visit-persons-used-up',
      'unknown-visit',
      'unknown-service',
      'unknown-variant',
      'service-elsewhere',
      'right-elsewhere',
      'command-conflict',
      'no-master-key',
    ],
  },
  'GET /api/packages/:packageId': {
    right: 'take-applications',
    placed: true,
    summary: 'A package with its current state and the dates that can be expected',
    params: packageParams,
    reply: PackageFile,
    problems: ['unknown-package', 'no-master-key'],
  },
  'POST /api/packages/:packageId/steps': {
    right: 'take-applications',
    placed: true,
    summary: 'Add a step to a package that is under way',
    params: packageParams,
    body: closedObject({ commandId: CommandIdField, stepId: Code }),
    reply: PackageFile,
    problems: ['unknown-package', 'step-not-offered', 'unknown-service', 'command-conflict', 'no-master-key'],
  },
  'PUT /api/packages/:packageId/facts': {
    right: 'take-applications',
    placed: true,
    summary: 'Save the shared answers; every open form of the package is filled in with them',
    params: packageParams,
    body: closedObject({ facts: Answers }),
    reply: PackageFile,
    problems: ['unknown-package', 'form-faulty', 'no-master-key'],
  },
} as const satisfies Contract;

export type PackageTemplateBody = Static<typeof PackageTemplate>;
export type PackageFile = Static<typeof PackageFile>;
