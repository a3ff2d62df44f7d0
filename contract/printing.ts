import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, Instant, lineField } from './fields.ts';

const closed = { additionalProperties: false };
const JobId = Type.String({
  format: 'uuid',
  description: 'Made by the caller; a repeated job is printed once',
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

/** Printing by the agent of a centre: a kiosk or the reception adds a job, the agent takes it and reports the result. */
export const printingContract = {
  'POST /api/centres/:centreId/print-jobs': {
    right: 'give-tickets',
    status: 202,
    summary: 'Print something in the centre',
    params,
    body: Type.Object({ jobId: JobId, paper: Paper }, closed),
    problems: ['unknown-centre'],
  },
  'GET /api/centres/:centreId/print-jobs/:jobId': {
    right: 'give-tickets',
    summary: 'The state of a print job',
    params: ofJob,
    reply: Type.Object({
      state: Type.Enum(['waiting', 'taken', 'printed', 'failed']),
      fault: Type.Union([PrintFault, Type.Null()]),
    }),
    problems: ['unknown-print-job'],
  },
  'POST /api/centres/:centreId/print-jobs/take': {
    right: 'run-agent',
    summary: 'As the agent, take the waiting jobs, oldest first; each job is given to one agent',
    params,
    reply: Type.Array(Type.Object({ jobId: JobId, paper: Paper, askedAt: Instant })),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/print-jobs/:jobId/end': {
    right: 'run-agent',
    summary: 'As the agent, report a job as printed, or say why it was not',
    params: ofJob,
    body: Type.Object({ fault: Type.Union([PrintFault, Type.Null()]) }, closed),
    problems: ['unknown-print-job'],
  },
} as const satisfies Contract;

export type Paper = Static<typeof Paper>;
export type PrintFault = Static<typeof PrintFault>;
