import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, Done, Instant, lineField } from './fields.ts';

const closed = { additionalProperties: false };
const JobId = Type.String({
  format: 'uuid',
  description: 'Made by the caller; the same job asked for again is printed once',
});

const Line = Type.Object(
  {
    text: lineField(0, 200),
    size: Type.Enum(['small', 'plain', 'large', 'huge']),
    centred: Type.Boolean(),
  },
  closed,
);

const Paper = Type.Object(
  {
    lines: Type.Array(Line, { minItems: 1, maxItems: 40 }),
    qr: Type.Union([lineField(0, 300), Type.Null()]),
  },
  closed,
);

const PrintFault = Type.Enum(['printer-gone', 'paper-out', 'cover-open', 'not-printed', 'too-late']);

const params = Type.Object({ centreId: CentreIdField });
const ofJob = Type.Object({ centreId: CentreIdField, jobId: JobId });

/** Printing by the agent that stands in a centre: a kiosk or the reception asks, the agent takes and says what came of it. */
export const printingContract = {
  'POST /api/centres/:centreId/print-jobs': {
    right: 'give-tickets',
    summary: 'Have something printed in the centre',
    params,
    body: Type.Object({ jobId: JobId, paper: Paper }, closed),
    reply: Done,
    problems: ['unknown-centre'],
  },
  'GET /api/centres/:centreId/print-jobs/:jobId': {
    right: 'give-tickets',
    summary: 'What came of it',
    params: ofJob,
    reply: Type.Object({
      state: Type.Enum(['waiting', 'taken', 'printed', 'failed']),
      fault: Type.Union([PrintFault, Type.Null()]),
    }),
    problems: ['unknown-print-job'],
  },
  'POST /api/centres/:centreId/print-jobs/take': {
    right: 'run-agent',
    summary: 'The agent takes what waits, oldest first; each is given to one',
    params,
    reply: Type.Array(Type.Object({ jobId: JobId, paper: Paper, askedAt: Instant })),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/print-jobs/:jobId/end': {
    right: 'run-agent',
    summary: 'The agent has printed it, or says why not',
    params: ofJob,
    body: Type.Object({ fault: Type.Union([PrintFault, Type.Null()]) }, closed),
    reply: Done,
    problems: ['unknown-print-job'],
  },
} as const satisfies Contract;

export type Paper = Static<typeof Paper>;
export type PrintFault = Static<typeof PrintFault>;
