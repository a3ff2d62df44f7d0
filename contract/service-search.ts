import { Type } from 'typebox';
import { ASKED_MAX } from '../core/language/typing.ts';
import type { Contract } from './contract.ts';
import { CentreIdField, ServiceIdField, Words } from './fields.ts';

/** Services as people ask for them. */
export const serviceSearchContract = {
  'GET /api/service-search': {
    right: 'look',
    measure: 'services',
    summary: 'Services that match a question in plain words, the best first',
    query: Type.Object({
      q: Type.String({
        maxLength: ASKED_MAX,
        description:
          'In Russian or English; typing mistakes and the wrong keyboard layout are allowed; the first eight words count',
      }),
      centreId: Type.Optional({ ...CentreIdField, title: undefined, description: 'Only services of this centre' }),
    }),
    reply: Type.Array(Type.Object({ serviceId: ServiceIdField, name: Words, group: Words }), { maxItems: 20 }),
    problems: [],
  },
  'GET /api/service-words': {
    right: 'look',
    summary: 'How people ask for services: for screens that search by themselves',
    reply: Type.Array(Type.Object({ serviceId: ServiceIdField, askedAs: Type.Array(Type.String()) })),
    problems: [],
  },
} as const satisfies Contract;
