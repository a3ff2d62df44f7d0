import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  CivilTimeField,
  DayField,
  BookingsWithoutRoom,
  DryRun,
  GroupIdField,
  Instant,
  PlannedDayField,
  ServiceIdField,
  SkillLevelField,
  WindowIdField,
  Words,
} from './fields.ts';

const CentreSummary = Type.Object({
  centreId: CentreIdField,
  code: Type.String(),
  kind: Type.Enum(['district', 'flagship', 'mobile', 'seasonal']),
  name: Words,
  district: Words,
  timeZone: Type.String(),
  /** Its position (WGS 84); null where it is not known. */
  position: Type.Union([Type.Object({ latitude: Type.Number(), longitude: Type.Number() }), Type.Null()]),
  windows: Type.Integer({ description: 'How many windows the centre has' }),
  today: DayField,
  /** Today's hours; null where the centre does not receive today. */
  doors: Type.Union([Type.Object({ opens: Instant, closes: Instant }), Type.Null()]),
});

const SERVICE_OFF_REASONS = ['equipment', 'staff', 'agency', 'system', 'other'] as const;

const Centre = Type.Object({
  ...CentreSummary.properties,
  groups: Type.Array(Type.Object({ groupId: GroupIdField, letter: Type.String(), name: Words })),
  /** In addition to the general service of each group, whose id is the group's. */
  services: Type.Array(
    Type.Object({
      serviceId: ServiceIdField,
      groupId: GroupIdField,
      name: Words,
      level: SkillLevelField,
      minutes: Type.Integer(),
      bookingOnly: Type.Boolean({ description: 'By appointment only: no ticket is given for it' }),
      off: Type.Union([Type.Enum([...SERVICE_OFF_REASONS]), Type.Null()]),
    }),
  ),
  windowGroups: Type.Array(Type.Object({ windowId: WindowIdField, groupIds: Type.Array(GroupIdField) })),
});

const CLOSURE_REASONS = ['holiday', 'repair', 'emergency', 'move', 'other'] as const;

export const networkContract = {
  'GET /api/centres': {
    right: 'look',
    summary: 'All centres of the network with their hours of today',
    reply: Type.Array(CentreSummary),
    problems: [],
  },
  'GET /api/centres/:centreId': {
    right: 'look',
    summary: 'A centre with its service groups and windows',
    params: Type.Object({ centreId: CentreIdField }),
    reply: Centre,
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/services/:serviceId/off': {
    right: 'run-centre',
    summary: 'Suspend a service for some days from today; without a reason, resume it',
    params: Type.Object({ centreId: CentreIdField, serviceId: ServiceIdField }),
    body: Type.Object(
      {
        from: PlannedDayField,
        to: PlannedDayField,
        reason: Type.Union([Type.Enum([...SERVICE_OFF_REASONS]), Type.Null()]),
      },
      { additionalProperties: false },
    ),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: [
      'unknown-centre',
      'unknown-service',
      'days-reversed',
      'days-too-many',
      'overloaded',
      'busy',
      'outcome-unknown',
    ],
  },
  'POST /api/centres/:centreId/closures/:day': {
    right: 'run-centre',
    summary:
      'Set other hours for one future day; without hours the centre is closed, without a reason the usual hours apply',
    params: Type.Object({ centreId: CentreIdField, day: PlannedDayField }),
    body: Type.Object(
      {
        hours: Type.Union([Type.Object({ opens: CivilTimeField, closes: CivilTimeField }), Type.Null()]),
        reason: Type.Union([Type.Enum([...CLOSURE_REASONS]), Type.Null()]),
      },
      { additionalProperties: false },
    ),
    query: DryRun,
    reply: BookingsWithoutRoom,
    problems: ['unknown-centre', 'day-begun', 'hours-reversed'],
  },
} as const satisfies Contract;

export type CentreSummary = Static<typeof CentreSummary>;
export type Centre = Static<typeof Centre>;
