import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { lineField } from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

const receipt = { number: lineField(0, 40), code: lineField(0, 12) };
const Endpoint = Type.String({
  maxLength: 1_000,
  description: 'The address that the browser’s maker gave it, https only',
});

/** Notifications by the applicant's own browser (RFC 8030, 8291, 8292), for the person with the receipt. */
export const pushContract = {
  'GET /api/push-key': {
    right: 'look',
    summary: 'The public key with which browsers subscribe; null where browsers are not notified',
    reply: Type.Object({ key: Nullable(Type.String()) }),
    problems: [],
  },
  'POST /api/application-status/browsers': {
    right: 'look',
    measure: 'secrets',
    summary: 'Notify this browser about the application, in addition to the ways that were chosen before',
    body: closedObject({
      ...receipt,
      language: Type.Enum(['ru', 'en']),
      browser: closedObject({
        endpoint: Endpoint,
        p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}$' }),
        auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
      }),
    }),
    problems: ['unknown-application', 'no-master-key', 'browser-not-told'],
  },
  'POST /api/application-status/browsers/forget': {
    right: 'look',
    measure: 'secrets',
    summary: 'Stop notifying this browser',
    body: closedObject({ ...receipt, endpoint: Endpoint }),
    problems: ['unknown-application', 'no-master-key'],
  },
} as const satisfies Contract;
