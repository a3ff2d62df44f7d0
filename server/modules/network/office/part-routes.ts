import type { FastifyInstance } from 'fastify';
import { centrePartContract } from '../../../../contract/network-office.ts';
import type { Asker } from '../../../../core/access/asker.ts';
import { problem, type Problem, refuse } from '../../../../core/problems.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import { serve } from '../../../platform/serve.ts';
import type { NetworkOfficeSetting } from './routes.ts';
import * as store from './store.ts';
import { write } from './write.ts';

/** The lists of a centre's file, each written whole. */
export function centrePartRoutes(app: FastifyInstance, { pool, directory, changed }: NetworkOfficeSetting): void {
  const putPart = async (asker: Asker, centreId: CentreId, part: store.Part, rows: readonly unknown[]) => {
    await directory.centre(centreId);
    const inUse: Readonly<Partial<Record<store.Part, Record<string, Problem>>>> = {
      zones: { centre_window_in_zone: problem('zone-in-use', {}) },
      windows: {
        centre_window_in_zone: problem('unknown-zone', {}),
        centre_window_group_centre_id_group_id_fkey: problem('unknown-group', { groupId: '' }),
      },
      equipment: { equipment_centre_id_window_id_fkey: problem('unknown-window', { windowId: 0 }) },
    };
    const deed = { action: `${part}-changed`, object: `centre ${centreId}`, details: { rows: rows.length } };
    await write(pool, asker, deed, (client) => store.putPart(client, centreId, part, rows), inUse[part]);
    directory.refresh();
    if (part === 'windows') await changed(await directory.hallOf(centreId));
    return { done: true as const };
  };

  serve(app, centrePartContract, {
    'PUT /api/centres/:centreId/hours': ({ params: { centreId }, body, asker }) => {
      if (body.hours.some(({ from, to }) => to !== null && to < from)) return refuse('days-reversed', {});
      return putPart(asker, centreId, 'hours', body.hours);
    },
    'PUT /api/centres/:centreId/zones': ({ params: { centreId }, body, asker }) =>
      putPart(asker, centreId, 'zones', body.zones),
    'PUT /api/centres/:centreId/windows': ({ params: { centreId }, body, asker }) =>
      putPart(asker, centreId, 'windows', body.windows),
    'PUT /api/centres/:centreId/equipment': ({ params: { centreId }, body, asker }) =>
      putPart(asker, centreId, 'equipment', body.equipment),
    'PUT /api/centres/:centreId/accessibility': ({ params: { centreId }, body, asker }) =>
      putPart(asker, centreId, 'accessibility', body.accessibility),
    'PUT /api/centres/:centreId/stops': async ({ params: { centreId }, body, asker }) => {
      const { centre } = await directory.centre(centreId);
      if (centre.kind !== 'mobile' && body.stops.length > 0) return refuse('not-mobile', {});
      return putPart(asker, centreId, 'stops', body.stops);
    },
  });
}
