import type { FastifyInstance } from 'fastify';
import { manifestContract, paperContract } from '../../../contract/papers.ts';
import { type Departure, leavesTooLate, nextDeparture } from '../../../core/applications/departures.ts';
import { refuse } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { onceFor } from '../../platform/commands.ts';
import { serve } from '../../platform/serve.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { CaseRoom } from '../applications/index.ts';
import { departuresOf, replaceDepartures } from './departures/queries.ts';
import { handOver, manifestFor, scanIn, seal, takeOut } from './manifests.ts';
import * as queries from './queries.ts';

async function nextCourier(room: CaseRoom, centreId: number, agencyId: string): Promise<Instant | null> {
  return nextDeparture(
    await room.db.read((tx) => departuresOf(tx, centreId)),
    agencyId,
    room.now(),
    await room.zone(centreId),
  );
}

/** Papers and manifests. */
export function paperRoutes(app: FastifyInstance, room: CaseRoom): void {
  const { db, may, now } = room;

  serve(app, paperContract, {
    'GET /api/centres/:centreId/papers': async ({ params: { centreId } }) => {
      const [papers, departures, zone] = await Promise.all([
        db.read((tx) => queries.papersAt(tx, centreId)),
        db.read((tx) => departuresOf(tx, centreId)),
        room.zone(centreId),
      ]);
      return papers.map((paper) => {
        const { goesTo, dispatchBy } = paper;
        const leavesAt = goesTo === null ? null : nextDeparture(departures, goesTo, now(), zone);
        return { ...paper, leavesAt, tooLate: leavesTooLate(leavesAt, dispatchBy, zone) };
      });
    },

    'GET /api/centres/:centreId/courier-departures': ({ params: { centreId } }) =>
      db.read((tx) => departuresOf(tx, centreId)),

    'PUT /api/centres/:centreId/courier-departures': ({ params: { centreId }, body: { departures }, asker }) =>
      db.write(async (tx) => {
        const unknown = await queries.unknownAgency(tx, new Set(departures.map(({ agencyId }) => agencyId)));
        if (unknown !== null) return refuse('unknown-agency', { agencyId: unknown });
        await room.zone(centreId);
        await replaceDepartures(tx, centreId, departures as readonly Departure[]);
        await audit(tx, asker, {
          action: 'courier-departures-changed',
          object: `centre ${centreId}`,
          details: { count: departures.length },
        });
        return departuresOf(tx, centreId);
      }),

    'PUT /api/papers/:barcode/shelf': ({ params: { barcode }, body: { cell }, asker }) =>
      db.write(async (tx) => {
        const paper = (await queries.holdPaper(tx, barcode)) ?? refuse('unknown-paper', { barcode });
        const { centreId, place, paperId } = paper;
        if (centreId === null || (place !== 'centre' && place !== 'shelf'))
          return refuse('paper-elsewhere', { barcode, manifest: null, at: null });
        if (!(await may(asker, 'take-applications', { centreId }))) return refuse('right-elsewhere', {});
        await queries.movePapers(tx, [paperId], { place: 'shelf', centreId, cell, what: `cell ${cell}` }, asker, now());
        return { ...paper, place: 'shelf', cell };
      }),
  });
  manifestRoutes(app, room);
}

function manifestRoutes(app: FastifyInstance, room: CaseRoom): void {
  const { db, may, now } = room;

  serve(app, manifestContract, {
    'GET /api/centres/:centreId/manifests': ({ params: { centreId } }) =>
      db.read((tx) => queries.manifestsAt(tx, centreId)),

    'GET /api/agencies/:agencyId/manifests': async ({ params: { agencyId }, asker }) =>
      (await may(asker, 'decide-applications', { agencyId }))
        ? db.read((tx) => queries.manifestsOf(tx, agencyId))
        : refuse('right-elsewhere', {}),

    'POST /api/centres/:centreId/manifests': async ({ params: { centreId }, body, asker }) => {
      const { direction, agencyId = null, toCentreId = null } = body;
      const isComplete =
        direction === 'between' ? toCentreId !== null && agencyId === null : agencyId !== null && toCentreId === null;
      if (!isComplete || toCentreId === centreId)
        return refuse('malformed-request', { where: 'body', reason: 'a manifest goes to one agency or to one centre' });
      if (agencyId !== null && !(await db.read((tx) => queries.isAgency(tx, agencyId))))
        return refuse('unknown-agency', { agencyId });
      const isAgencys =
        direction === 'in' && agencyId !== null && (await may(asker, 'decide-applications', { agencyId }));
      if (!isAgencys && !(await may(asker, 'carry-papers', { centreId }))) return refuse('right-elsewhere', {});
      const cutOff =
        body.cutOff ?? (direction === 'out' ? await nextCourier(room, centreId, agencyId as string) : null);
      const wanted = { direction, centreId, agencyId, toCentreId, cutOff };
      const day = await room.today(centreId);
      const { commandId, ...said } = body;
      const command = { commandId, action: `open manifest at ${centreId}`, body: said };
      const manifestId = await db
        .write((tx) => onceFor(tx, room, command, () => queries.openManifest(tx, wanted, day, now())))
        .catch((error: unknown) => {
          if (brokeConstraint(error, 'manifest_to_centre_id_fkey'))
            return refuse('unknown-centre', { centreId: toCentreId as number });
          throw error;
        });
      return manifestFor(room, asker, manifestId);
    },

    'GET /api/manifests/:manifestId': ({ params: { manifestId }, asker }) => manifestFor(room, asker, manifestId),

    'POST /api/manifests/:manifestId/papers': async ({ params: { manifestId }, body: { barcode }, asker }) => {
      await scanIn(room, asker, manifestId, barcode.trim());
      return manifestFor(room, asker, manifestId);
    },

    'POST /api/manifests/:manifestId/take-out': async ({ params: { manifestId }, body: { barcode }, asker }) => {
      await takeOut(room, asker, manifestId, barcode.trim());
      return manifestFor(room, asker, manifestId);
    },

    'POST /api/manifests/:manifestId/seal': async ({ params: { manifestId }, body, asker }) => {
      await seal(room, asker, manifestId, body);
      return manifestFor(room, asker, manifestId);
    },

    'POST /api/manifests/:manifestId/hand-over': async ({ params: { manifestId }, body, asker }) => {
      await handOver(room, asker, manifestId, body);
      return manifestFor(room, asker, manifestId);
    },
  });
}
