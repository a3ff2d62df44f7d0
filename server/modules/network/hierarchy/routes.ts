import { districtContract } from '../../../../contract/network-office.ts';
import { problem, refuse } from '../../../../core/problems.ts';
import type { Action } from '../../../platform/audit.ts';
import type { Write } from '../../../platform/handles.ts';
import { serve } from '../../../platform/serve.ts';
import type { NetworkContext } from '../context.ts';
import { networkHistory, putHistory } from '../office/queries.ts';
import { write } from '../office/write.ts';
import { districts, insertDistrict, updateDistrict } from './queries.ts';

/** The levels of the network, and what became of it. */
export function districtRoutes({ http, db, directory }: NetworkContext): void {
  serve(http, districtContract, {
    'GET /api/districts': async () => [...(await directory.districts()).values()],

    'POST /api/districts': async ({ body: { parentId, name }, asker }) => {
      const made = (districtId: number): Action => ({ action: 'district-added', object: `district ${districtId}` });
      const districtId = await write(db, asker, made, (tx) => insertDistrict(tx, name, parentId), {
        district_by_name: problem('district-named-so', { name: name.ru }),
        district_parent_id_fkey: problem('unknown-district', { districtId: parentId ?? 0 }),
      });
      directory.refresh();
      return { districtId, parentId, name };
    },

    'PUT /api/districts/:districtId': async ({ params: { districtId }, body: { parentId, name }, asker }) => {
      const district = { districtId, parentId, name };
      const work = async (tx: Write) => {
        if (parentId !== null && !(await districts(tx)).has(parentId))
          refuse('unknown-district', { districtId: parentId });
        if (!(await updateDistrict(tx, district))) refuse('unknown-district', { districtId });
      };
      await write(db, asker, { action: 'district-changed', object: `district ${districtId}` }, work, {
        district_by_name: problem('district-named-so', { name: name.ru }),
      });
      directory.refresh();
      return district;
    },

    'GET /api/network/history': () => db.read((tx) => networkHistory(tx)),

    'PUT /api/network/history/:year': async ({ params: { year }, body: { entries }, asker }) => {
      const action = { action: 'history-changed', object: `year ${year}`, details: { entries: entries.length } };
      await write(db, asker, action, (tx) => putHistory(tx, year, entries));
    },
  });
}
