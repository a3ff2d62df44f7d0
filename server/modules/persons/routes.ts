import type { FastifyInstance } from 'fastify';
import { personContract } from '../../../contract/persons.ts';
import { serve } from '../../platform/serve.ts';
import type { Persons } from './persons.ts';

/** Persons at the window: found, read, written. */
export function personRoutes(app: FastifyInstance, persons: Persons): void {
  serve(app, personContract, {
    'POST /api/persons/search': ({ body: { purpose, by }, asker }) => persons.search(asker, purpose, by),
    'POST /api/persons': ({ body: { purpose, identity, namesake }, asker }) =>
      persons.add(asker, purpose, identity, namesake),
    'POST /api/persons/:personId/read': ({ params: { personId }, body: { purpose }, asker }) =>
      persons.read(asker, purpose, personId),
    'PUT /api/persons/:personId': ({ params: { personId }, body: { purpose, edition, identity }, asker }) =>
      persons.change(asker, purpose, { personId, edition, identity }),
  });
}
