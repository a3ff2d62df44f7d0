import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { said } from './page-fields.ts';

/** Signing in at the city's own server: a browser goes there and comes back. The server adds to the address what it likes. */
export const oidcContract = {
  'GET /api/session/oidc': {
    right: null,
    summary: 'Send the browser to the sign-in server of the city (303)',
    query: Type.Object({ to: said('The address of the screen to come back to') }, { additionalProperties: true }),
    gives: ['text/html'],
    problems: [],
  },
  'GET /api/session/oidc/back': {
    right: null,
    summary: 'Come back from the sign-in server (OpenID Connect), and go on to a screen',
    query: Type.Object({}, { additionalProperties: true }),
    gives: ['text/html'],
    problems: [],
  },
} as const satisfies Contract;
