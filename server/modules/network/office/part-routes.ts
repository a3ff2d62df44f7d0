import { centrePartContract } from '../../../../contract/network-office.ts';
import type { Asker } from '../../../../core/access/asker.ts';
import { problem, type Problem, refuse } from '../../../../core/problems.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Write } from '../../../platform/handles.ts';
import { serve } from '../../../platform/serve.ts';
import { announceRules, type NetworkOffice } from '../context.ts';
import * as queries from './queries.ts';
import { write, writeOffer } from './write.ts';

/** Who writes a part of which centre, and whether it is only to be tried. */
interface PutOffer {
  readonly params: { readonly centreId: CentreId };
  readonly query: { readonly dryRun?: 'true' };
  readonly asker: Asker;
}

/** The lists of a centre's file, each written whole. */
export function centrePartRoutes(office: NetworkOffice): void {
  const { db, directory } = office;
  const inUse: Readonly<Partial<Record<queries.Part, Record<string, Problem>>>> = {
    zones: { centre_window_in_zone: problem('zone-in-use', {}) },
    windows: {
      centre_window_in_zone: problem('unknown-zone', {}),
      centre_window_group_centre_id_group_id_fkey: problem('unknown-group', { groupId: '' }),
    },
    equipment: { equipment_centre_id_window_id_fkey: problem('unknown-window', { windowId: 0 }) },
  };
  const actionOf = (centreId: CentreId, part: queries.Part, rows: readonly unknown[]) => {
    return { action: `${part}-changed`, object: `centre ${centreId}`, details: { rows: rows.length } };
  };
  /** A part that nothing is offered from. */
  const putPart = async (asker: Asker, centreId: CentreId, part: queries.Part, rows: readonly unknown[]) => {
    await directory.centre(centreId);
    const action = actionOf(centreId, part, rows);
    await write(db, asker, action, (tx) => queries.putPart(tx, centreId, part, rows), inUse[part]);
    directory.refresh();
  };
  /** A part that what a centre offers follows from. */
  const putOffer = async (
    { params: { centreId }, query: { dryRun }, asker }: PutOffer,
    part: queries.Part,
    rows: readonly unknown[],
  ) => {
    await directory.centre(centreId);
    const by = { asker, centreId, dryRun: dryRun === 'true' };
    const work = (tx: Write) => queries.putPart(tx, centreId, part, rows);
    const done = await writeOffer(office, by, actionOf(centreId, part, rows), work, inUse[part]);
    if (part === 'windows' && !by.dryRun) await announceRules(office, [centreId]);
    return done;
  };

  serve(office.http, centrePartContract, {
    'PUT /api/centres/:centreId/hours': (input) => {
      if (input.body.hours.some(({ from, to }) => to !== null && to < from)) return refuse('days-reversed', {});
      return putOffer(input, 'hours', input.body.hours);
    },
    'PUT /api/centres/:centreId/zones': ({ params: { centreId }, body, asker }) =>
      putPart(asker, centreId, 'zones', body.zones),
    'PUT /api/centres/:centreId/windows': (input) => putOffer(input, 'windows', input.body.windows),
    'PUT /api/centres/:centreId/equipment': (input) => putOffer(input, 'equipment', input.body.equipment),
    'PUT /api/centres/:centreId/accessibility': ({ params: { centreId }, body, asker }) =>
      putPart(asker, centreId, 'accessibility', body.accessibility),
    'PUT /api/centres/:centreId/stops': async (input) => {
      const { stops } = input.body;
      const { centre } = await directory.centre(input.params.centreId);
      if (centre.kind !== 'mobile' && stops.length > 0) return refuse('not-mobile', {});
      return putOffer(input, 'stops', stops);
    },
  });
}
