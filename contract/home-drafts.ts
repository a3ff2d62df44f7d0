import { Type } from 'typebox';
import { Answers } from './application-shapes.ts';
import type { Contract } from './contract.ts';
import { Instant, ServiceIdField, Words, lineField } from './fields.ts';
import { closedObject } from './queue-shapes.ts';

const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const HomeCode = lineField(12, 20, 'Twelve signs');

/** Applications that are begun at home and finished at a window. */
export const homeDraftContract = {
  'POST /api/home-drafts': {
    right: 'look',
    status: 201,
    measure: 'kept',
    summary: 'Save answers that were given at home, for thirty days; personal data is asked for at the window only',
    body: closedObject({ serviceId: ServiceIdField, variant: Code, answers: Answers }),
    reply: Type.Object({ code: HomeCode, goodUntil: Instant }),
    problems: ['unknown-service', 'unknown-variant', 'form-faulty', 'nothing-answered', 'no-master-key'],
  },
  'POST /api/home-drafts/open': {
    right: 'take-applications',
    placed: true,
    summary: 'The draft begun at home under a code, to begin an application with',
    body: closedObject({ code: HomeCode }),
    reply: Type.Object({ serviceId: ServiceIdField, variant: Code, service: Words, goodUntil: Instant }),
    problems: ['unknown-home-draft', 'no-master-key', 'right-elsewhere'],
  },
} as const satisfies Contract;
