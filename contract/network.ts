import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, DayField, GroupIdField, Instant, WindowIdField } from './fields.ts';

const Words = Type.Object({ ru: Type.String(), en: Type.String() });

const CentreSummary = Type.Object({
  centreId: CentreIdField,
  code: Type.String(),
  kind: Type.Enum(['district', 'flagship', 'mobile', 'seasonal']),
  name: Words,
  district: Words,
  timeZone: Type.String(),
  windows: Type.Integer({ description: 'How many windows the centre has' }),
  today: DayField,
  /** Today's hours; null where the centre does not receive today. */
  doors: Type.Union([Type.Object({ opens: Instant, closes: Instant }), Type.Null()]),
});

const Centre = Type.Object({
  ...CentreSummary.properties,
  groups: Type.Array(Type.Object({ groupId: GroupIdField, letter: Type.String(), name: Words })),
  windowGroups: Type.Array(Type.Object({ windowId: WindowIdField, groupIds: Type.Array(GroupIdField) })),
});

export const networkContract = {
  'GET /api/centres': {
    summary: 'All centres of the network with their hours of today',
    reply: Type.Array(CentreSummary),
    problems: [],
  },
  'GET /api/centres/:centreId': {
    summary: 'A centre with its service groups and windows',
    params: Type.Object({ centreId: CentreIdField }),
    reply: Centre,
    problems: ['unknown-centre'],
  },
} as const satisfies Contract;

export type CentreSummary = Static<typeof CentreSummary>;
export type Centre = Static<typeof Centre>;
