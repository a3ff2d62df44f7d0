import { type Static, Type } from 'typebox';
import { ApplicationIdField } from './application-shapes.ts';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  CivilTimeField,
  CommandIdField,
  Instant,
  lineField,
  PlannedInstant,
  UuidField,
  Words,
} from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

const Barcode = lineField(1, 40, 'Twelve digits, as a scanner types them');
const AgencyId = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const ManifestId = UuidField;
const params = Type.Object({ manifestId: ManifestId });
const DirectionField = Type.Enum(['out', 'in', 'between']);

const Paper = Type.Object(
  {
    barcode: Type.String(),
    applicationId: ApplicationIdField,
    number: Nullable(Type.String()),
    kind: Type.String(),
    form: Type.Enum(['original', 'copy', 'form', 'result']),
    sheets: Type.Integer(),
    place: Type.Enum(['centre', 'shelf', 'manifest', 'agency', 'applicant', 'destroyed', 'missing']),
    cell: Nullable(Type.String()),
  },
  { title: 'Paper' },
);

const Departure = Type.Object(
  {
    agencyId: AgencyId,
    weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday' }),
    leavesAt: CivilTimeField,
  },
  { title: 'Departure', additionalProperties: false },
);

const ManifestRow = Type.Object(
  {
    manifestId: ManifestId,
    number: Type.String(),
    direction: DirectionField,
    centreId: CentreIdField,
    agencyId: Nullable(AgencyId),
    agency: Nullable(Words),
    toCentreId: Nullable(CentreIdField),
    state: Type.Enum(['open', 'sealed', 'handed', 'closed']),
    seal: Nullable(Type.String()),
    cutOff: Nullable(Instant),
    openedAt: Instant,
    sealedAt: Nullable(Instant),
    handedAt: Nullable(Instant),
    papers: Type.Integer(),
  },
  { title: 'ManifestRow' },
);

export const Manifest = Type.Object(
  {
    ...ManifestRow.properties,
    lines: Type.Array(
      Type.Object({
        ...Paper.properties,
        outcome: Type.Enum(['waiting', 'handed', 'refused', 'missing']),
        note: Nullable(Type.String()),
      }),
    ),
    late: Type.Array(Type.String(), { description: 'Numbers of applications that should have left by now' }),
  },
  { title: 'Manifest' },
);

const IN_HAND = ['unknown-manifest', 'right-elsewhere', 'manifest-not-open'] as const;

/** Papers with barcodes: those that wait, the shelf, and when couriers leave. */
export const paperContract = {
  'GET /api/centres/:centreId/papers': {
    right: 'take-applications',
    summary: 'Papers that wait at a centre: to be sent, on the shelf, or to be given back',
    params: Type.Object({ centreId: CentreIdField }),
    reply: Type.Array(
      Type.Object({
        ...Paper.properties,
        goesTo: Nullable(AgencyId),
        state: Type.String(),
        dispatchBy: Nullable(Type.String()),
        leavesAt: Nullable({
          ...Instant,
          title: undefined,
          description: 'When the next courier leaves for its destination',
        }),
        tooLate: Type.Boolean({ description: 'True: that courier leaves after the day by which it must be sent' }),
      }),
    ),
    problems: [],
  },
  'GET /api/centres/:centreId/courier-departures': {
    right: 'take-applications',
    summary: 'When couriers leave a centre for agencies, in the centre’s local time',
    params: Type.Object({ centreId: CentreIdField }),
    reply: Type.Array(Departure),
    problems: [],
  },
  'PUT /api/centres/:centreId/courier-departures': {
    right: 'carry-papers',
    summary: 'Write when couriers leave: the list replaces the older one',
    params: Type.Object({ centreId: CentreIdField }),
    body: closedObject({ departures: Type.Array(Departure, { maxItems: 500 }) }),
    reply: Type.Array(Departure),
    problems: ['unknown-agency', 'unknown-centre'],
  },
  'PUT /api/papers/:barcode/shelf': {
    right: 'take-applications',
    placed: true,
    summary: 'Put a paper into a cell of the shelf',
    params: Type.Object({ barcode: Barcode }),
    body: closedObject({ cell: Type.String({ pattern: '^[0-9A-Za-zА-Яа-я-]{1,12}$' }) }),
    reply: Paper,
    problems: ['unknown-paper', 'paper-elsewhere', 'right-elsewhere'],
  },
} as const satisfies Contract;

/** The manifests with which papers travel. */
export const manifestContract = {
  'GET /api/centres/:centreId/manifests': {
    right: 'carry-papers',
    summary: 'The manifests of a centre, the newest first',
    params: Type.Object({ centreId: CentreIdField }),
    reply: Type.Array(ManifestRow),
    problems: [],
  },
  'GET /api/agencies/:agencyId/manifests': {
    right: 'decide-applications',
    placed: true,
    summary: 'The manifests from and to an agency, the newest first',
    params: Type.Object({ agencyId: AgencyId }),
    reply: Type.Array(ManifestRow),
    problems: ['right-elsewhere'],
  },
  'POST /api/centres/:centreId/manifests': {
    right: 'carry-papers',
    status: 201,
    placed: true,
    summary:
      'Open a manifest: out to an agency, in from one, or between centres. An open one is returned instead of a second',
    params: Type.Object({ centreId: CentreIdField }),
    body: closedObject({
      commandId: CommandIdField,
      direction: DirectionField,
      agencyId: Type.Optional(AgencyId),
      toCentreId: Type.Optional(CentreIdField),
      cutOff: Type.Optional(PlannedInstant),
    }),
    reply: Manifest,
    problems: ['right-elsewhere', 'unknown-agency', 'unknown-centre', 'malformed-request', 'command-conflict'],
  },
  'GET /api/manifests/:manifestId': {
    right: 'look',
    placed: true,
    summary: 'A manifest with its papers',
    params,
    reply: Manifest,
    problems: ['unknown-manifest', 'right-elsewhere'],
  },
  'POST /api/manifests/:manifestId/papers': {
    right: 'look',
    placed: true,
    summary: 'Scan a paper into a manifest; one that is in another stays there',
    params,
    body: closedObject({ barcode: Barcode }),
    reply: Manifest,
    problems: [...IN_HAND, 'unknown-paper', 'paper-elsewhere', 'paper-not-for'],
  },
  'POST /api/manifests/:manifestId/take-out': {
    right: 'look',
    placed: true,
    summary: 'Take a paper out of an open manifest',
    params,
    body: closedObject({ barcode: Barcode }),
    reply: Manifest,
    problems: [...IN_HAND, 'unknown-paper', 'paper-elsewhere'],
  },
  'POST /api/manifests/:manifestId/seal': {
    right: 'look',
    placed: true,
    summary: 'Close the bag: nothing goes in or out, and the applications are on their way',
    params,
    body: closedObject({
      seal: lineField(1, 40),
      withoutMissing: Type.Optional(
        Type.Boolean({
          description: 'True: applications go although some of their papers are missing; that is logged',
        }),
      ),
    }),
    reply: Manifest,
    problems: [...IN_HAND, 'manifest-empty', 'papers-left-out', 'papers-missing', 'paper-not-for'],
  },
  'POST /api/manifests/:manifestId/hand-over': {
    right: 'look',
    placed: true,
    summary: 'Take over a manifest, paper by paper; refused and missing papers are written into an act',
    params,
    body: closedObject({
      commandId: CommandIdField,
      lines: Type.Array(
        closedObject({
          barcode: Barcode,
          outcome: Type.Enum(['handed', 'refused', 'missing']),
          note: Type.Optional(lineField(0, 200)),
        }),
        { minItems: 1, maxItems: 2_000 },
      ),
    }),
    reply: Manifest,
    problems: [
      'unknown-manifest',
      'right-elsewhere',
      'manifest-not-sealed',
      'manifest-taken-over',
      'sealed-by-you',
      'unknown-paper',
      'lines-missing',
      'lines-twice',
      'command-conflict',
    ],
  },
} as const satisfies Contract;

export type Paper = Static<typeof Paper>;
export type Manifest = Static<typeof Manifest>;
export type ManifestRow = Static<typeof ManifestRow>;
