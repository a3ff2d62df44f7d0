import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { districtContract } from '../../../../contract/network-office.ts';
import { problem, refuse } from '../../../../core/problems.ts';
import type { Deed } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import type { NetworkOfficeSetting } from '../office/routes.ts';
import { networkHistory, putHistory } from '../office/store.ts';
import { write } from '../office/write.ts';
import { districts, insertDistrict, updateDistrict } from './store.ts';

/** The levels of the network, and what became of it. */
export function districtRoutes(app: FastifyInstance, { pool, directory }: NetworkOfficeSetting): void {
  serve(app, districtContract, {
    'GET /api/districts': async () => [...(await directory.districts()).values()],

    'POST /api/districts': async ({ body: { parentId, name }, asker }) => {
      const made = (districtId: number): Deed => ({ action: 'district-added', object: `district ${districtId}` });
      const districtId = await write(pool, asker, made, (client) => insertDistrict(client, name, parentId), {
        district_by_name: problem('district-named-so', { name: name.ru }),
        district_parent_id_fkey: problem('unknown-district', { districtId: parentId ?? 0 }),
      });
      directory.refresh();
      return { districtId, parentId, name };
    },

    'PUT /api/districts/:districtId': async ({ params: { districtId }, body: { parentId, name }, asker }) => {
      const district = { districtId, parentId, name };
      const work = async (client: pg.PoolClient) => {
        if (parentId !== null && !(await districts(client)).has(parentId))
          refuse('unknown-district', { districtId: parentId });
        if (!(await updateDistrict(client, district))) refuse('unknown-district', { districtId });
      };
      await write(pool, asker, { action: 'district-changed', object: `district ${districtId}` }, work, {
        district_by_name: problem('district-named-so', { name: name.ru }),
      });
      directory.refresh();
      return district;
    },

    'GET /api/network/history': () => networkHistory(pool),

    'PUT /api/network/history/:year': async ({ params: { year }, body: { entries }, asker }) => {
      const deed = { action: 'history-changed', object: `year ${year}`, details: { entries: entries.length } };
      await write(pool, asker, deed, (client) => putHistory(client, year, entries));
      return { done: true as const };
    },
  });
}
