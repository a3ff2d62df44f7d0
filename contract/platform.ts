import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { Instant } from './fields.ts';

const ClockReply = Type.Object({
  kind: Type.Enum(['real', 'demo', 'replay'], { description: 'Anything but real is shown on every screen' }),
  now: Instant,
  rate: Type.Integer({ description: 'How many times faster than life it runs; 0: it is stepped' }),
});

const Health = Type.Object({ status: Type.Literal('ok') });

/** What belongs to the program and not to the city's work. */
export const platformContract = {
  'GET /api/clock': {
    summary: 'The one clock of the system: its kind and what it shows',
    reply: ClockReply,
    problems: [],
  },
  'POST /api/clock/step': {
    summary: 'Move the clock of a replay server forward',
    body: Type.Object({ to: Instant }, { additionalProperties: false }),
    reply: ClockReply,
    problems: ['clock-not-stepped', 'clock-backwards'],
  },
  'GET /healthz': {
    summary: 'The process answers',
    reply: Health,
    problems: [],
  },
  'GET /readyz': {
    summary: 'The node can do its work: the database answers, the clock is steady, every day is readable',
    reply: Health,
    problems: ['not-ready'],
  },
} as const satisfies Contract;

export type ClockReply = Static<typeof ClockReply>;
