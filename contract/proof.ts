import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { AskedDayField, CentreIdField, DayField, Instant } from './fields.ts';

const Hex = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** A closed day's seal. */
const Seal = Type.Object({
  centreId: CentreIdField,
  day: DayField,
  size: Type.Integer({ description: 'The number of events it covers' }),
  root: Type.Unsafe<string>({ ...Hex, description: 'Root of the Merkle tree over the canonical events (RFC 6962)' }),
  chainRoot: Type.Unsafe<string>({
    ...Hex,
    description: 'SHA-256 over the chain root of the day before and this root',
  }),
  sealedAt: Instant,
});

export const proofContract = {
  'GET /api/seals': {
    right: 'look',
    summary: 'The newest seals of closed days, newest first',
    reply: Type.Array(Seal),
    problems: [],
  },
  'GET /api/centres/:centreId/days/:day/seal': {
    right: 'look',
    summary: 'The seal of a closed day',
    params: Type.Object({ centreId: CentreIdField, day: AskedDayField }),
    reply: Seal,
    problems: ['unknown-centre', 'not-sealed'],
  },
} as const satisfies Contract;

/** The same for people, and for programs that keep a copy. */
export const proofPageContract = {
  'GET /seals': { right: null, summary: 'The newest seals as a page', gives: ['text/html'], problems: [] },
  'GET /seals.xml': {
    right: null,
    summary: 'The newest seals as a feed (RSS 2.0)',
    gives: ['application/rss+xml'],
    problems: [],
  },
} as const satisfies Contract;
