import { Type } from 'typebox';
import { BookingIdField, OwnBooking } from './booking.ts';
import type { Contract } from './contract.ts';
import {
  AskedDayField,
  CentreIdField,
  ClassLetterField,
  CommandIdField,
  EmailField,
  Instant,
  LanguageField,
  PersonsField,
  PhoneField,
  PlannedInstant,
  QuantityField,
  ServiceIdField,
  UuidField,
} from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

/** Routes for programs of partners: they book through their channel, within their quota; the rest is up to the visitor. */
export const partnerContract = {
  'POST /api/partner/bookings': {
    right: 'book-as-partner',
    status: 201,
    summary:
      'Book for a visitor whose contact the partner has proved: it is confirmed at once. Free times: `GET /api/free-times`',
    body: closedObject({
      commandId: CommandIdField,
      centreId: CentreIdField,
      at: PlannedInstant,
      services: Type.Array(closedObject({ serviceId: ServiceIdField, quantity: QuantityField }), {
        minItems: 1,
        maxItems: 5,
      }),
      persons: Type.Optional(PersonsField),
      classLetter: Type.Optional(ClassLetterField),
      language: Type.Optional(LanguageField),
      email: Type.Optional(EmailField),
      phone: Type.Optional(PhoneField),
    }),
    reply: OwnBooking,
    problems: [
      'unknown-centre',
      'unknown-service',
      'service-off',
      'time-taken',
      'time-past',
      'time-too-far',
      'time-too-soon',
      'contact-limit',
      'contact-busy',
      'contact-malformed',
      'contact-extension',
      'partner-quota',
      'command-conflict',
    ],
  },
  'GET /api/partner/bookings': {
    right: 'book-as-partner',
    summary: 'The partner’s own bookings of some days, with their secrets for `/api/own-booking/…`',
    query: Type.Object({ from: AskedDayField, to: AskedDayField }),
    reply: Type.Array(OwnBooking),
    problems: ['days-reversed', 'days-too-many'],
  },
} as const satisfies Contract;

/** Routes for the messages that did not reach a partner. */
export const deadLetterContract = {
  'GET /api/partner/dead-letters': {
    right: 'book-as-partner',
    summary: 'Messages to the partner that were given up after ten attempts',
    reply: Type.Array(
      Type.Object({
        deliveryId: UuidField,
        attempts: Type.Integer(),
        lastAnswer: Nullable(Type.String()),
        madeAt: Instant,
        bookingId: BookingIdField,
        kind: Type.String(),
      }),
    ),
    problems: [],
  },
  'POST /api/partner/dead-letters/retry': {
    right: 'book-as-partner',
    summary: 'Try messages that were given up again',
    reply: Type.Object({ revived: Type.Integer() }),
    problems: [],
  },
} as const satisfies Contract;
