import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { Instant, PlannedInstant } from './fields.ts';

const ClockReply = Type.Object({
  kind: Type.Enum(['real', 'demo', 'replay'], { description: 'Every kind but `real` is shown on every screen' }),
  now: Instant,
  rate: Type.Integer({ description: 'How many times faster than life it runs; 0: it moves by steps' }),
});

const Health = Type.Object({ status: Type.Literal('ok') });

/** Routes of the program itself, not of the city's work. */
export const platformContract = {
  'GET /api/clock': {
    right: 'look',
    summary: 'The clock of the system: its kind and time',
    reply: ClockReply,
    problems: [],
  },
  'POST /api/clock/step': {
    right: 'operate',
    summary: 'Move the clock of a replay server forward',
    body: Type.Object({ to: PlannedInstant }, { additionalProperties: false }),
    reply: ClockReply,
    problems: ['clock-not-stepped', 'clock-backwards'],
  },
  'POST /api/clock/hurry': {
    right: 'operate',
    summary: 'Let a demo clock run sixty times as fast until so many minutes have passed',
    body: Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: 60 }) }, { additionalProperties: false }),
    reply: ClockReply,
    problems: ['clock-not-stepped'],
  },
  'POST /api/screen-faults': {
    right: 'look',
    measure: 'told',
    summary: 'Report an error of a screen: where in the program, and never what was on the screen',
    body: Type.Object(
      {
        screen: Type.String({ pattern: '^[a-z_-]{1,40}$', description: 'The first part of the screen’s address' }),
        error: Type.String({ pattern: '^[A-Za-z]{1,60}$', description: 'The kind of the error' }),
        frames: Type.Array(
          Type.String({
            pattern: '^[A-Za-z0-9_./-]{1,120}:[0-9]{1,7}:[0-9]{1,7}$',
            description: 'A file of the program, with line and column',
          }),
          { maxItems: 6 },
        ),
      },
      { additionalProperties: false },
    ),
    problems: [],
  },
  'GET /healthz': {
    right: 'look',
    summary: 'Liveness: the process answers',
    reply: Health,
    problems: [],
  },
  'GET /readyz': {
    right: 'look',
    summary: 'Readiness: the database accepts writes, the disk has room, and every hall that the node serves goes on',
    reply: Health,
    problems: ['not-ready'],
  },
  'GET /api/node': {
    right: 'look',
    summary: 'Figures of this node: days in memory, decisions, collisions with other nodes, commands sent to them',
    reply: Type.Object({
      nodes: Type.Integer({ description: 'The number of live nodes known to this one, itself included' }),
      days: Type.Integer({ description: 'Days in memory' }),
      daysUnreadable: Type.Integer({ description: 'Each stops only its own centre' }),
      daysSetAside: Type.Integer({
        description: 'Days that cannot be closed or sealed; the others go on',
      }),
      decisions: Type.Integer(),
      collisions: Type.Integer(),
      attemptsMax: Type.Integer({ description: 'The most decisions that one command took' }),
      forwarded: Type.Integer(),
      partsFreed: Type.Integer({ description: 'Batches that took too long: their days were read again' }),
    }),
    problems: [],
  },
} as const satisfies Contract;

/** What a node says of itself to programs, the same for all. */
export const descriptionContract = {
  'GET /openapi.json': {
    right: null,
    summary: 'This description (OpenAPI 3.1), with an ETag: an unchanged one is answered 304',
    gives: ['application/json'],
    problems: [],
  },
  'GET /problems/:code': {
    right: null,
    summary: 'What the type of a problem refers to',
    params: Type.Object({ code: Type.String({ maxLength: 200, description: 'The code of the problem' }) }),
    reply: Type.Object({
      code: Type.String(),
      status: Type.Integer({ description: 'The HTTP status that goes with it' }),
    }),
    problems: ['unknown-route'],
  },
} as const satisfies Contract;

/** What programs look for at the same address of every site. */
export const wellKnownContract = {
  'GET /favicon.ico': { right: null, summary: 'The icon of the site', gives: ['image/x-icon'], problems: [] },
} as const satisfies Contract;

export const securityContactContract = {
  'GET /.well-known/security.txt': {
    right: null,
    summary: 'Whom to tell of a weakness (RFC 9116), where the installation names a contact',
    gives: ['text/plain'],
    problems: [],
  },
} as const satisfies Contract;

export type NodeFigures = Static<(typeof platformContract)['GET /api/node']['reply']>;
export type ClockReply = Static<typeof ClockReply>;
