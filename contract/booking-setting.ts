import { type Static, Type } from 'typebox';
import { CHANNELS } from '../core/booking/setting.ts';
import type { ServiceId } from '../core/queue/ids.ts';
import type { Contract } from './contract.ts';
import { CentreIdField, CivilTimeField, NameWords, RuleDateField, ServiceIdField } from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });
const WallSpanField = closedObject({ opens: CivilTimeField, closes: CivilTimeField });
const Kind = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const ChannelRuleField = closedObject({
  share: Nullable(Share),
  releaseHours: Type.Integer({ minimum: 0, maximum: 720 }),
  daysAhead: Type.Integer({ minimum: 0, maximum: 90 }),
  nextDayOnly: Type.Boolean(),
  leadMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
});

export const BookingSettingField = Type.Object(
  {
    share: Share,
    stepMinutes: Type.Integer({ minimum: 5, maximum: 120, multipleOf: 5 }),
    hours: Type.Array(
      closedObject({
        weekdays: Type.Array(Type.Enum([1, 2, 3, 4, 5, 6, 7]), { minItems: 1, maxItems: 7 }),
        everyWeeks: Type.Integer({ minimum: 1, maximum: 52 }),
        nthInMonth: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
        from: RuleDateField,
        to: Nullable(RuleDateField),
        ...WallSpanField.properties,
        breaks: Type.Array(WallSpanField, { maxItems: 10 }),
      }),
      { maxItems: 50 },
    ),
    channels: closedObject(
      Object.fromEntries(CHANNELS.map((channel) => [channel, ChannelRuleField])) as Record<
        (typeof CHANNELS)[number],
        typeof ChannelRuleField
      >,
    ),
    serviceLimits: Type.Array(
      closedObject({ serviceId: ServiceIdField, atOnce: Type.Integer({ minimum: 0, maximum: 999 }) }),
      { maxItems: 100 },
    ),
    resources: Type.Array(
      closedObject({
        kind: Kind,
        unit: Type.Integer({ minimum: 1, maximum: 999 }),
        name: NameWords,
        hours: Nullable(WallSpanField),
        equipmentId: Nullable(Type.Integer({ minimum: 1, maximum: 100_000 })),
      }),
      { maxItems: 100 },
    ),
    overbooking: Nullable(
      closedObject({
        idleCost: Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
        overCost: Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
      }),
    ),
    perContactMax: Type.Integer({ minimum: 1, maximum: 100 }),
    checkInMinutes: closedObject({
      before: Type.Integer({ minimum: 0, maximum: 240 }),
      after: Type.Integer({ minimum: 0, maximum: 240 }),
    }),
  },
  { additionalProperties: false, title: 'BookingSetting' },
);

const ServiceRule = closedObject({
  moreMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
  bufferMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
  resources: Type.Array(Kind, { maxItems: 10 }),
  atHome: Type.Boolean(),
});

/** Settings of bookings: of centres, and of how much room services take. */
export const bookingSettingContract = {
  'GET /api/centres/:centreId/booking-setting': {
    right: 'look',
    summary: 'How a centre takes bookings',
    params: Type.Object({ centreId: CentreIdField }),
    reply: BookingSettingField,
    problems: ['unknown-centre'],
  },
  'PUT /api/centres/:centreId/booking-setting': {
    right: 'run-centre',
    summary: 'Decide how a centre takes bookings; says how many bookings no longer have room',
    params: Type.Object({ centreId: CentreIdField }),
    body: BookingSettingField,
    reply: Type.Object({ conflicts: Type.Integer() }),
    problems: [
      'unknown-centre',
      'hours-reversed',
      'days-reversed',
      'booking-hours-overlap',
      'quota-above-capacity',
      'resource-twice',
      'unknown-service',
    ],
  },
  'GET /api/booking-rules': {
    right: 'look',
    summary: 'How much room services take, where it differs from their minutes at the window',
    reply: Type.Array(Type.Object({ serviceId: ServiceIdField, ...ServiceRule.properties })),
    problems: [],
  },
  'PUT /api/booking-rules/:serviceId': {
    right: 'publish-catalogue',
    summary: 'Decide how much room a service takes',
    params: Type.Object({ serviceId: ServiceIdField }),
    body: ServiceRule,
    problems: [],
  },
} as const satisfies Contract;

export type BookingSettingBody = Static<typeof BookingSettingField>;
export type BookingRuleBody = Static<typeof ServiceRule> & { readonly serviceId: ServiceId };
