import { type Static, type TSchema, Type } from 'typebox';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  CentreIdField,
  CivilTimeField,
  BookingsWithoutRoom,
  DryRun,
  GroupIdField,
  HappenedInstant,
  lineField,
  NameWords,
  RowIdField,
  RuleDateField,
  WindowIdField,
  Words,
} from './fields.ts';

const closed = { additionalProperties: false };
const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

const District = Type.Object({
  districtId: RowIdField,
  parentId: Type.Union([RowIdField, Type.Null()], {
    description: 'The district that contains it; null: directly in the network',
  }),
  name: NameWords,
});

const ZoneId = Type.Integer({ minimum: 1, maximum: 99 });
const Kind = Type.String({ pattern: '^[a-z][a-z-]{1,39}$' });

/** The parts of a centre's file that are written whole, each a list. */
export const CENTRE_PARTS = {
  hours: Type.Object(
    {
      weekday: Type.Integer({ minimum: 1, maximum: 7 }),
      from: RuleDateField,
      to: Nullable(RuleDateField),
      opens: CivilTimeField,
      closes: CivilTimeField,
    },
    closed,
  ),
  zones: Type.Object({ zoneId: ZoneId, name: NameWords }, closed),
  windows: Type.Object(
    {
      windowId: WindowIdField,
      zoneId: Nullable(ZoneId),
      groupIds: Type.Array(GroupIdField, { maxItems: 60, uniqueItems: true }),
    },
    closed,
  ),
  equipment: Type.Object(
    {
      equipmentId: Type.Integer({ minimum: 1, maximum: 100_000 }),
      kind: Kind,
      name: NameWords,
      amenity: Type.Boolean({ description: 'For visitors’ comfort, such as a place for children' }),
      windowId: Nullable(WindowIdField),
      brokenSince: Nullable(HappenedInstant),
    },
    closed,
  ),
  accessibility: Type.Object(
    { need: Type.Enum(['wheelchair', 'mobility', 'vision', 'hearing']), level: Type.Enum(['full', 'partial', 'none']) },
    closed,
  ),
  stops: Type.Object({ day: AskedDayField, opens: CivilTimeField, closes: CivilTimeField, place: NameWords }, closed),
} as const;

const Details = Type.Object(
  {
    kind: Type.Enum(['district', 'flagship', 'mobile', 'seasonal']),
    name: NameWords,
    districtId: RowIdField,
    address: lineField(0, 500),
    latitude: Nullable(Type.Number({ minimum: -90, maximum: 90 })),
    longitude: Nullable(Type.Number({ minimum: -180, maximum: 180 })),
    phone: lineField(0, 40),
    openedOn: Nullable(RuleDateField),
    hallOf: Type.Union([CentreIdField, Type.Null()], { description: 'The centre in whose hall this one receives' }),
  },
  closed,
);

const ShutReason = Type.Enum(['repair', 'move', 'ended', 'other']);

const CentreFile = Type.Object({
  centreId: CentreIdField,
  code: Type.String(),
  ...Details.properties,
  shut: Type.Union([ShutReason, Type.Null()]),
  hours: Type.Array(CENTRE_PARTS.hours),
  zones: Type.Array(CENTRE_PARTS.zones),
  windows: Type.Array(CENTRE_PARTS.windows),
  equipment: Type.Array(CENTRE_PARTS.equipment),
  accessibility: Type.Array(CENTRE_PARTS.accessibility),
  stops: Type.Array(CENTRE_PARTS.stops),
});

const params = Type.Object({ centreId: CentreIdField });

/** The levels of the network and its history. */
export const districtContract = {
  'GET /api/districts': {
    right: 'look',
    summary: 'The levels of the network',
    reply: Type.Array(District),
    problems: [],
  },
  'POST /api/districts': {
    right: 'change-network',
    status: 201,
    summary: 'Add a district',
    body: Type.Object({ parentId: District.properties.parentId, name: NameWords }, closed),
    reply: District,
    problems: ['district-named-so', 'unknown-district'],
  },
  'PUT /api/districts/:districtId': {
    right: 'change-network',
    summary: 'Rename a district, or move it in the network',
    params: Type.Object({ districtId: RowIdField }),
    body: Type.Object({ parentId: District.properties.parentId, name: NameWords }, closed),
    reply: District,
    problems: ['district-named-so', 'unknown-district', 'district-loop'],
  },
  'GET /api/network/history': {
    right: 'look',
    summary: 'The history of the network by year',
    reply: Type.Array(Type.Object({ year: Type.Integer(), text: Words, source: Type.String() })),
    problems: [],
  },
  'PUT /api/network/history/:year': {
    right: 'change-network',
    summary: 'Write the events of a year, each with its source',
    params: Type.Object({ year: Type.Integer({ minimum: 1900, maximum: 2200 }) }),
    body: Type.Object(
      {
        entries: Type.Array(Type.Object({ text: Words, source: lineField(1, 500) }, closed), { maxItems: 50 }),
      },
      closed,
    ),
    problems: [],
  },
} as const satisfies Contract;

/** The lists of a centre's file, each written whole. */
export const centrePartContract = {
  'PUT /api/centres/:centreId/hours': {
    right: 'change-network',
    summary: 'The hours of the week; those of one weekday may not overlap',
    params,
    body: Type.Object({ hours: Type.Array(CENTRE_PARTS.hours, { maxItems: 2_000 }) }, closed),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: ['unknown-centre', 'row-twice', 'hours-overlap', 'hours-reversed', 'days-reversed'],
  },
  'PUT /api/centres/:centreId/zones': {
    right: 'change-network',
    summary: 'The zones of the hall',
    params,
    body: Type.Object({ zones: Type.Array(CENTRE_PARTS.zones, { maxItems: 2_000 }) }, closed),
    problems: ['unknown-centre', 'row-twice', 'zone-in-use'],
  },
  'PUT /api/centres/:centreId/windows': {
    right: 'change-network',
    summary: 'The windows with their zones and equipment',
    params,
    body: Type.Object({ windows: Type.Array(CENTRE_PARTS.windows, { maxItems: 2_000 }) }, closed),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: ['unknown-centre', 'row-twice', 'unknown-zone', 'unknown-group', 'window-in-use', 'hall-windows-clash'],
  },
  'PUT /api/centres/:centreId/equipment': {
    right: 'run-centre',
    summary: 'The equipment of the centre, and since when it has been broken',
    params,
    body: Type.Object({ equipment: Type.Array(CENTRE_PARTS.equipment, { maxItems: 2_000 }) }, closed),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: ['unknown-centre', 'row-twice', 'unknown-window'],
  },
  'PUT /api/centres/:centreId/accessibility': {
    right: 'change-network',
    summary: 'Accessibility of the centre, by kind of need',
    params,
    body: Type.Object({ accessibility: Type.Array(CENTRE_PARTS.accessibility, { maxItems: 2_000 }) }, closed),
    problems: ['unknown-centre', 'row-twice'],
  },
  'PUT /api/centres/:centreId/stops': {
    right: 'change-network',
    summary: 'The stops of a mobile centre, with their times',
    params,
    body: Type.Object({ stops: Type.Array(CENTRE_PARTS.stops, { maxItems: 2_000 }) }, closed),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: ['unknown-centre', 'row-twice', 'stops-overlap', 'hours-reversed', 'not-mobile'],
  },
} as const satisfies Contract;

/** Centres as the administrators of the network edit them. */
export const centreOfficeContract = {
  'GET /api/centres/:centreId/file': {
    right: 'look',
    summary: 'The whole file of a centre',
    params,
    reply: CentreFile,
    problems: ['unknown-centre'],
  },
  'POST /api/centres': {
    right: 'change-network',
    status: 201,
    location: '/api/centres/:centreId/file',
    summary: 'Add a centre, in the city’s time zone; it receives once it has hours and windows',
    body: Type.Object({ code: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }), ...Details.properties }, closed),
    reply: Type.Object({ centreId: CentreIdField }),
    problems: ['unknown-district', 'unknown-centre', 'code-taken', 'hall-of-guest'],
  },
  'PUT /api/centres/:centreId': {
    right: 'change-network',
    summary:
      'Change the name, place, address and hall of a centre. A centre leaves a hall only while no visitor is in that hall',
    params,
    body: Details,
    problems: [
      'unknown-district',
      'unknown-centre',
      'hall-of-guest',
      'hall-of-itself',
      'hall-has-guests',
      'visits-open',
      'hall-windows-clash',
      'hall-letters-clash',
    ],
  },
  'POST /api/centres/:centreId/shut': {
    right: 'change-network',
    summary:
      'Close a centre until further notice; without a reason, open it again. Refused while visitors are in the hall',
    params,
    body: Type.Object({ reason: Type.Union([ShutReason, Type.Null()]) }, closed),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: ['unknown-centre', 'visits-open'],
  },
} as const satisfies Contract;

export type CentreFile = Static<typeof CentreFile>;
export type CentreDetails = Static<typeof Details>;
export type District = Static<typeof District>;
