import { manifestContract, paperContract } from '../../../contract/papers.ts';
import { type Departure, leavesTooLate, nextDeparture } from '../../../core/applications/departures.ts';
import { refuse } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { onceFor } from '../../platform/commands.ts';
import { serve } from '../../platform/serve.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import { type CaseContext, decidesFor, isAgency, mayAtCentre, unknownAgency } from '../applications/index.ts';
import { centreDay, centreFacts } from '../network/index.ts';
import { departuresOf, replaceDepartures } from './departures/queries.ts';
import { scanIn, takeOut } from './fill-manifest.ts';
import { handOverManifest } from './hand-over-manifest.ts';
import { manifestFor } from './manifest.ts';
import { sealManifest } from './seal-manifest.ts';
import * as queries from './queries.ts';

async function nextCourier(context: CaseContext, centreId: number, agencyId: string): Promise<Instant | null> {
  const departures = await context.db.read((tx) => departuresOf(tx, centreId));
  const { zone } = await centreFacts(context, centreId);
  return nextDeparture(departures, agencyId, context.now(), zone);
}

/** Papers and manifests. */
export function paperRoutes(context: CaseContext): void {
  const { http, db, now } = context;

  serve(http, paperContract, {
    'GET /api/centres/:centreId/papers': async ({ params: { centreId } }) => {
      const { zone } = await centreFacts(context, centreId);
      const { papers, departures } = await db.read(async (tx) => ({
        papers: await queries.papersAt(tx, centreId),
        departures: await departuresOf(tx, centreId),
      }));
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
        const unknown = await unknownAgency(tx, new Set(departures.map(({ agencyId }) => agencyId)));
        if (unknown !== null) return refuse('unknown-agency', { agencyId: unknown });
        await context.directory.centre(centreId);
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
        if (!(await mayAtCentre(context, asker, 'take-applications', centreId))) return refuse('right-elsewhere', {});
        await queries.movePapers(tx, [paperId], { place: 'shelf', centreId, cell, what: `cell ${cell}` }, asker, now());
        return { ...paper, place: 'shelf', cell };
      }),
  });
  manifestRoutes(context);
}

function manifestRoutes(context: CaseContext): void {
  const { http, db, now } = context;

  serve(http, manifestContract, {
    'GET /api/centres/:centreId/manifests': ({ params: { centreId } }) =>
      db.read((tx) => queries.manifestsAt(tx, centreId)),

    'GET /api/agencies/:agencyId/manifests': async ({ params: { agencyId }, asker }) =>
      decidesFor(asker, agencyId) ? db.read((tx) => queries.manifestsOf(tx, agencyId)) : refuse('right-elsewhere', {}),

    'POST /api/centres/:centreId/manifests': async ({ params: { centreId }, body, asker }) => {
      const { direction, agencyId = null, toCentreId = null } = body;
      const isComplete =
        direction === 'between' ? toCentreId !== null && agencyId === null : agencyId !== null && toCentreId === null;
      if (!isComplete || toCentreId === centreId)
        return refuse('malformed-request', { where: 'body', reason: 'a manifest goes to one agency or to one centre' });
      if (agencyId !== null && !(await db.read((tx) => isAgency(tx, agencyId))))
        return refuse('unknown-agency', { agencyId });
      const isAgencys = direction === 'in' && agencyId !== null && decidesFor(asker, agencyId);
      if (!isAgencys && !(await mayAtCentre(context, asker, 'carry-papers', centreId)))
        return refuse('right-elsewhere', {});
      const cutOff =
        body.cutOff ?? (direction === 'out' ? await nextCourier(context, centreId, agencyId as string) : null);
      const wanted = { direction, centreId, agencyId, toCentreId, cutOff };
      const day = await centreDay(context, centreId);
      const { commandId, ...said } = body;
      const command = { commandId, action: `open manifest at ${centreId}`, body: said };
      const manifestId = await db
        .write((tx) => onceFor(tx, context, command, () => queries.openManifest(tx, wanted, day, now())))
        .catch((error: unknown) => {
          if (brokeConstraint(error, 'manifest_to_centre_id_fkey'))
            return refuse('unknown-centre', { centreId: toCentreId as number });
          throw error;
        });
      return manifestFor(context, asker, manifestId);
    },

    'GET /api/manifests/:manifestId': ({ params: { manifestId }, asker }) => manifestFor(context, asker, manifestId),

    'POST /api/manifests/:manifestId/papers': async ({ params: { manifestId }, body: { barcode }, asker }) => {
      await scanIn(context, asker, manifestId, barcode.trim());
      return manifestFor(context, asker, manifestId);
    },

    'POST /api/manifests/:manifestId/take-out': async ({ params: { manifestId }, body: { barcode }, asker }) => {
      await takeOut(context, asker, manifestId, barcode.trim());
      return manifestFor(context, asker, manifestId);
    },

    'POST /api/manifests/:manifestId/seal': async ({ params: { manifestId }, body, asker }) => {
      await sealManifest(context, asker, manifestId, body);
      return manifestFor(context, asker, manifestId);
    },

    'POST /api/manifests/:manifestId/hand-over': async ({ params: { manifestId }, body, asker }) => {
      await handOverManifest(context, asker, manifestId, body);
      return manifestFor(context, asker, manifestId);
    },
  });
}
