import { type Static, Type } from 'typebox';
import { BOOKING_STATES } from '../core/booking/life.ts';
import { WAY_NAMES } from '../core/notices/templates.ts';
import { CHANNELS } from '../core/booking/setting.ts';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  CentreIdField,
  ClassLetterField,
  CommandIdField,
  ContactField,
  DayField,
  EmailField,
  Instant,
  LanguageField,
  lineField,
  PersonsField,
  PhoneField,
  PlannedDayField,
  PlannedInstant,
  QuantityField,
  ServiceIdField,
  UuidField,
  Words,
} from './fields.ts';
import { closedObject, Nullable, Ticket } from './queue-shapes.ts';

export const ChannelField = Type.Enum([...CHANNELS]);
export const BookingIdField = UuidField;
/** The secret of a booking's own page. It travels in bodies only. */
export const BookingTokenField = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
export const BookingCodeField = Type.String({
  pattern: '^[ -]*([2-9A-HJ-NP-Za-hj-np-z][ -]*){8}$',
  maxLength: 40,
  description: 'The code that the visitor was given: eight characters; lower case and spaces are accepted',
});
export const ServicesField = Type.String({
  pattern: '^[a-z0-9-]{1,60}(:[1-9]\\d?)?(,[a-z0-9-]{1,60}(:[1-9]\\d?)?){0,4}$',
  description: 'One to five services, such as `passport-14,collect:2`: the number after the colon is how many pieces',
});

/** Where a visit at home is. */
const AddressField = closedObject({
  text: lineField(5, 300),
  position: Nullable(
    closedObject({
      latitude: Type.Number({ minimum: -90, maximum: 90 }),
      longitude: Type.Number({ minimum: -180, maximum: 180 }),
    }),
  ),
});

const BookedService = closedObject({ serviceId: ServiceIdField, quantity: QuantityField });

/** A booking as its visitor and the hall see it. It does not say who it is for. */
export const Booking = Type.Object(
  {
    bookingId: BookingIdField,
    code: Type.String({ description: 'Eight characters that open it at a kiosk' }),
    centreId: CentreIdField,
    centre: Words,
    day: DayField,
    at: Instant,
    until: Instant,
    timeZone: Type.String(),
    state: Type.Enum([...BOOKING_STATES]),
    channel: ChannelField,
    services: Type.Array(Type.Object({ ...BookedService.properties, name: Words })),
    persons: PersonsField,
    language: LanguageField,
    heldUntil: Nullable(Instant),
    atHome: Type.Boolean({ description: 'A visit to the visitor’s home' }),
  },
  { title: 'Booking' },
);
export const OwnBooking = Type.Object({ ...Booking.properties, token: BookingTokenField }, { title: 'OwnBooking' });

const FreeTime = Type.Object({
  at: Instant,
  left: Type.Integer({ description: 'How many bookings this time still has room for' }),
});
const query = {
  services: ServicesField,
  persons: Type.Optional(PersonsField),
  channel: Type.Optional(ChannelField),
};
const wanted = {
  services: Type.Array(BookedService, { minItems: 1, maxItems: 5 }),
  persons: Type.Optional(PersonsField),
  classLetter: Type.Optional(ClassLetterField),
  language: Type.Optional(LanguageField),
};
const near = closedObject({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  kilometres: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
});
const ofCentre = Type.Object({ centreId: CentreIdField });
const ofBooking = Type.Object({ centreId: CentreIdField, bookingId: BookingIdField });
const withToken = closedObject({ token: BookingTokenField });

const choosing = ['unknown-centre', 'unknown-service', 'service-off', 'channel-not-yours'] as const;
const taking = [
  ...choosing,
  'time-taken',
  'time-past',
  'time-too-far',
  'time-too-soon',
  'contact-limit',
  'contact-busy',
] as const;
const ofOwn = ['unknown-token', 'booking-state'] as const;
const arriving = [
  'at-home',
  'booking-state',
  'booking-early',
  'booking-late',
  'not-this-day',
  'centre-closed',
  'day-closed',
  'hall-stopped',
  'doors-closed',
  'service-off',
  'unknown-service',
  'numbers-used',
  'quota-reached',
  'busy',
  'day-unreadable',
  'command-conflict',
  'outcome-unknown',
  'overloaded',
  'clock-behind',
] as const;

/** Free times, and what a visitor does with a booking of their own. */
export const bookingContract = {
  'GET /api/free-times': {
    right: 'look',
    measure: 'times',
    summary: 'The days on which a service has free times, by centre',
    query: Type.Object({ ...query, from: Type.Optional(PlannedDayField), to: Type.Optional(PlannedDayField) }),
    reply: Type.Array(
      Type.Object({
        centreId: CentreIdField,
        first: Instant,
        days: Type.Array(Type.Object({ day: DayField, times: Type.Integer({ minimum: 1 }), first: Instant })),
      }),
    ),
    problems: choosing,
  },
  'GET /api/centres/:centreId/free-times': {
    right: 'look',
    summary: 'The free times of one day at one centre',
    params: ofCentre,
    query: Type.Object({ ...query, day: PlannedDayField }),
    reply: Type.Object({ timeZone: Type.String(), minutes: Type.Integer(), times: Type.Array(FreeTime) }),
    problems: choosing,
  },
  'POST /api/bookings': {
    right: 'book',
    status: 201,
    summary: 'Hold a time for ten minutes; without a centre, at the one near a place that has the most room then',
    body: closedObject({
      commandId: CommandIdField,
      centreId: Nullable(CentreIdField),
      near: Type.Optional(near),
      at: PlannedInstant,
      channel: Type.Optional(ChannelField),
      proof: Type.Optional(
        closedObject({
          challenge: lineField(0, 200),
          nonce: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
        }),
      ),
      ...wanted,
    }),
    reply: OwnBooking,
    problems: [...taking, 'proof-needed'],
  },
  'POST /api/own-booking/look': {
    right: 'own-visit',
    summary: 'The booking that a secret opens',
    body: withToken,
    reply: OwnBooking,
    problems: ['unknown-token'],
  },
  'POST /api/own-booking/find': {
    right: 'own-visit',
    measure: 'secrets',
    summary: 'A booking by its code and the telephone or e-mail that it was confirmed with',
    body: closedObject({ code: BookingCodeField, contact: ContactField }),
    reply: OwnBooking,
    problems: ['unknown-booking', 'contact-malformed', 'contact-extension'],
  },
  'POST /api/own-booking/contact': {
    right: 'own-visit',
    summary: 'Send a code of six digits to a telephone or an e-mail',
    body: closedObject({
      token: BookingTokenField,
      contact: ContactField,
      address: Type.Optional(AddressField),
    }),
    problems: [
      ...ofOwn,
      'contact-malformed',
      'contact-extension',
      'contact-limit',
      'contact-not-latin',
      'code-too-often',
      'codes-too-many',
      'no-way-to-send',
      'address-needed',
    ],
  },
  'POST /api/own-booking/confirm': {
    right: 'own-visit',
    summary: 'Confirm a booking with the code that was sent',
    body: closedObject({ token: BookingTokenField, code: Type.String({ pattern: '^\\d{6}$' }) }),
    reply: OwnBooking,
    problems: [...ofOwn, 'wrong-code', 'contact-limit', 'contact-busy'],
  },
  'POST /api/own-booking/move': {
    right: 'own-visit',
    summary: 'Move the same booking to another time or centre',
    body: closedObject({ token: BookingTokenField, centreId: CentreIdField, at: PlannedInstant }),
    reply: OwnBooking,
    problems: [...ofOwn, ...taking],
  },
  'POST /api/own-booking/cancel': {
    right: 'own-visit',
    summary: 'Cancel one’s own booking',
    body: withToken,
    reply: OwnBooking,
    problems: ofOwn,
  },
  'POST /api/own-booking/check-in': {
    right: 'own-visit',
    summary: 'Check in: gives a ticket, due five minutes after the time of the booking',
    body: withToken,
    reply: Ticket,
    problems: ['unknown-token', ...arriving],
  },
} as const satisfies Contract;

/** Messages that a demo keeps instead of sending them. */
export const demoPostContract = {
  'GET /api/demo-post': {
    right: 'look',
    summary: 'The messages of a demo, newest first; it sends none. Not available on the real clock',
    reply: Type.Array(
      Type.Object({
        way: Type.Enum([...WAY_NAMES]),
        address: Type.String(),
        subject: Type.String(),
        text: Type.String(),
      }),
    ),
    problems: ['not-in-real'],
  },
} as const satisfies Contract;

/** Bookings as the hall and the planners see them. */
export const bookingDeskContract = {
  'GET /api/centres/:centreId/bookings': {
    right: 'keep-bookings',
    summary: 'The bookings of a day, by time',
    params: ofCentre,
    query: Type.Object({ day: AskedDayField }),
    reply: Type.Array(Booking),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/bookings': {
    right: 'keep-bookings',
    status: 201,
    summary: 'Book for a visitor who is at the centre or phones; confirmed at once. A contact is kept if there is one',
    params: ofCentre,
    body: closedObject({
      commandId: CommandIdField,
      at: PlannedInstant,
      channel: Type.Optional(ChannelField),
      email: Type.Optional(EmailField),
      phone: Type.Optional(PhoneField),
      ...wanted,
    }),
    reply: Booking,
    problems: [...taking, 'contact-malformed', 'contact-extension'],
  },
  'POST /api/centres/:centreId/bookings/:bookingId/move': {
    right: 'keep-bookings',
    summary: 'Move a booking of this centre to another time',
    params: ofBooking,
    body: closedObject({ at: PlannedInstant }),
    reply: Booking,
    problems: ['unknown-booking', 'booking-state', ...taking],
  },
  'POST /api/centres/:centreId/bookings/:bookingId/cancel': {
    right: 'keep-bookings',
    summary: 'Cancel a booking of this centre; its time is free at once',
    params: ofBooking,
    reply: Booking,
    problems: ['unknown-booking', 'booking-state'],
  },
  'POST /api/centres/:centreId/booking-check-ins': {
    right: 'give-tickets',
    summary: 'Check in a visitor who shows or says the code of their booking',
    params: ofCentre,
    body: closedObject({ code: BookingCodeField }),
    reply: Ticket,
    problems: ['unknown-centre', 'unknown-booking', 'booking-elsewhere', ...arriving],
  },
  'GET /api/centres/:centreId/booking-conflicts': {
    right: 'keep-bookings',
    summary: 'Bookings that no longer have room, with the nearest other times',
    params: ofCentre,
    reply: Type.Array(
      Type.Object({
        booking: Booking,
        reason: Type.Enum(['closed', 'staff', 'resource', 'service-off']),
        offers: Type.Array(Type.Object({ centreId: CentreIdField, centre: Words, at: Instant })),
      }),
    ),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/booking-conflicts/move': {
    right: 'keep-bookings',
    summary:
      'Move every such booking to the nearest other time and tell its visitor; those that cannot be moved stay on the list',
    params: ofCentre,
    reply: Type.Object({ moved: Type.Integer(), left: Type.Integer() }),
    problems: ['unknown-centre'],
  },
  'GET /api/centres/:centreId/home-visits': {
    right: 'keep-bookings',
    summary:
      'The home visits of a day, crew by crew in the order of the route, with travel times; each reading is logged',
    params: ofCentre,
    query: Type.Object({ day: AskedDayField }),
    reply: Type.Array(
      Type.Object({
        crew: Type.Integer(),
        stops: Type.Array(
          Type.Object({
            booking: Booking,
            address: Nullable(Type.String()),
            contact: Nullable(Type.String()),
            wayMinutes: Nullable(Type.Integer()),
            leaveAt: Nullable(Instant),
            isTight: Type.Boolean({ description: 'Record that the crew cannot arrive in time' }),
          }),
        ),
      }),
    ),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/home-visits/:bookingId/done': {
    right: 'keep-bookings',
    summary: 'Record that the crew served the visitor at home',
    params: ofBooking,
    reply: Booking,
    problems: ['unknown-booking', 'booking-state'],
  },
  'GET /api/booking-figures': {
    right: 'see-figures',
    summary: 'Times offered and outcomes of bookings, by day and channel',
    query: Type.Object({ from: AskedDayField, to: AskedDayField }),
    reply: Type.Array(
      Type.Object({
        day: DayField,
        channel: ChannelField,
        plannedMinutes: Type.Integer({
          description: 'Window minutes that the day offered for booking, all channels together',
        }),
        made: Type.Integer(),
        confirmed: Type.Integer(),
        came: Type.Integer(),
        missed: Type.Integer(),
        cancelled: Type.Integer(),
      }),
    ),
    problems: ['days-reversed', 'days-too-many'],
  },
} as const satisfies Contract;

export type Booking = Static<typeof Booking>;
export type OwnBooking = Static<typeof OwnBooking>;
