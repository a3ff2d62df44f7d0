import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import {
  CentreIdField,
  ClassLetterField,
  RowIdField,
  ServiceIdField,
  WindowIdField,
  Words,
  lineField,
} from './fields.ts';
import { Nullable } from './queue-shapes.ts';

const closed = { additionalProperties: false };
const Text = Type.Object(
  { ru: Type.String({ minLength: 1, maxLength: 300 }), en: Type.String({ minLength: 1, maxLength: 300 }) },
  closed,
);

/** A question that a kiosk asks before it gives a ticket. An answer is chosen, never typed: no document can be asked for. */
const Question = Type.Object(
  {
    serviceId: ServiceIdField,
    text: Text,
    answers: Type.Array(
      Type.Object(
        {
          text: Text,
          /** The service that this answer leads to; null: the one that was chosen. */
          serviceId: Nullable(ServiceIdField),
          quantity: Type.Integer({ minimum: 1, maximum: 50 }),
        },
        closed,
      ),
      { minItems: 2, maxItems: 6 },
    ),
  },
  closed,
);

const KioskSettings = Type.Object(
  {
    /** How tickets are printed: by the agent of the centre, by the browser, or not at all. */
    printing: Type.Enum(['agent', 'browser', 'none']),
    idleSeconds: Type.Integer({ minimum: 15, maximum: 600 }),
    /** Something that happens in a life, with the services that it takes. */
    situations: Type.Array(
      Type.Object({ name: Text, serviceIds: Type.Array(ServiceIdField, { minItems: 1, maxItems: 12 }) }, closed),
      { maxItems: 24 },
    ),
    questions: Type.Array(Question, { maxItems: 60 }),
    /** The classes by law that may be chosen at the kiosk, in words that name no ground. */
    classes: Type.Array(
      Type.Object(
        { letter: ClassLetterField, text: Text, ground: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }) },
        closed,
      ),
      {
        maxItems: 12,
      },
    ),
  },
  closed,
);

const BoardSettings = Type.Object(
  {
    runningText: Type.Union([Text, Type.Null()]),
    /** In which languages calls are spoken, one after another. */
    speech: Type.Array(Type.Enum(['ru', 'en']), { maxItems: 2 }),
    chime: Type.Boolean(),
    /** Seconds without a call after which pictures and films are shown; null: never. */
    mediaAfterSeconds: Nullable(Type.Integer({ minimum: 10, maximum: 3_600 })),
  },
  closed,
);

const HallSettings = Type.Object(
  {
    waitMinutes: Type.Integer({ minimum: 1, maximum: 60, description: 'A longer wait is an alert' }),
    perWindow: Type.Integer({ minimum: 1, maximum: 50, description: 'More waiting for each window is an alert' }),
    breakAfterMinutes: Type.Integer({
      minimum: 30,
      maximum: 480,
      description: 'When a specialist is reminded to rest',
    }),
    forgottenMinutes: Type.Integer({ minimum: 5, maximum: 240, description: 'When a service may have been forgotten' }),
  },
  closed,
);

const ScreenSettings = Type.Object({ kiosk: KioskSettings, board: BoardSettings, hall: HallSettings }, closed);

const Medium = Type.Object({
  mediumId: Type.Integer(),
  name: Type.String(),
  type: Type.String(),
  seconds: Type.Integer(),
  bytes: Type.Integer(),
});

const ofCentre = Type.Object({ centreId: CentreIdField });

/** Settings of the screens of a centre. */
export const screenContract = {
  'GET /api/centres/:centreId/screens': {
    right: 'look',
    summary: 'The settings of the kiosks, boards and windows of a centre',
    params: ofCentre,
    reply: ScreenSettings,
    problems: ['unknown-centre'],
  },
  'PUT /api/centres/:centreId/screens': {
    right: 'run-centre',
    summary: 'Set them',
    params: ofCentre,
    body: ScreenSettings,
    reply: ScreenSettings,
    problems: ['unknown-centre', 'unknown-service'],
  },
  'PUT /api/centres/:centreId/screens/staff-code': {
    right: 'run-centre',
    summary: 'The code by which staff leave the kiosk’s screen',
    params: ofCentre,
    body: Type.Object({ code: Type.String({ pattern: '^\\d{4,10}$' }) }, closed),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/screens/staff-exit': {
    right: 'give-tickets',
    summary: 'Leave the kiosk’s screen with the staff code; after five wrong codes this kiosk refuses for a while',
    params: ofCentre,
    body: Type.Object({ code: lineField(0, 10) }, closed),
    problems: ['unknown-centre', 'wrong-staff-code', 'too-many-requests'],
  },
  'GET /api/centres/:centreId/media': {
    right: 'look',
    summary: 'The media that boards show between calls, in order',
    params: ofCentre,
    reply: Type.Array(Medium),
    problems: ['unknown-centre'],
  },
  'DELETE /api/centres/:centreId/media/:mediumId': {
    right: 'run-centre',
    summary: 'Remove a picture or film',
    params: Type.Object({ centreId: CentreIdField, mediumId: RowIdField }),
    problems: ['unknown-medium'],
  },
  'GET /api/centres/:centreId/zones': {
    right: 'look',
    summary: 'The zones of the hall with their windows',
    params: ofCentre,
    reply: Type.Array(Type.Object({ zoneId: Type.Integer(), name: Words, windowIds: Type.Array(WindowIdField) })),
    problems: ['unknown-centre'],
  },
} as const satisfies Contract;

export type ScreenSettings = Static<typeof ScreenSettings>;
export type KioskSettings = Static<typeof KioskSettings>;
export type Medium = Static<typeof Medium>;
