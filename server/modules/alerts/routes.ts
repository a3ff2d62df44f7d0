import { alertContract, type AlertKind } from '../../../contract/alerts.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { type Norm, NORMS } from '../../../core/queue/norms.ts';
import { audit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import * as queries from './queries.ts';

/** Alerts as people and devices raise them and the hall's administrators see to them. */
export function alertRoutes({ http, db, now }: Context): void {
  const raise = async (centreId: CentreId, kind: AlertKind, place: string) => {
    await db
      .write((tx) => queries.raise(tx, { centreId, kind, place, value: null }, now()))
      .catch((error: unknown) => {
        if (brokeConstraint(error, 'alert_centre_id_fkey')) refuse('unknown-centre', { centreId });
        throw error;
      });
  };

  const change = async (
    asker: Asker,
    { centreId, alertId }: { readonly centreId: CentreId; readonly alertId: number },
    action: 'alert-seen' | 'alert-cleared',
  ) => {
    const by = asker.kind === 'staff' ? asker.id : null;
    await db.write(async (tx) => {
      const kind = (await queries.kindOf(tx, centreId, alertId)) ?? refuse('unknown-alert', {});
      if (action === 'alert-cleared' && NORMS.includes(kind as Norm)) refuse('alert-clears-itself', {});
      await (action === 'alert-seen' ? queries.markSeen : queries.markCleared)(tx, alertId, by, now());
      await audit(tx, asker, { action, object: `centre ${centreId}`, details: { alertId, kind } });
    });
  };

  serve(http, alertContract, {
    'POST /api/centres/:centreId/alerts': ({ params: { centreId }, body: { kind, place } }) =>
      raise(centreId, kind, place),

    'POST /api/centres/:centreId/windows/:windowId/alerts': ({ params: { centreId, windowId }, body: { kind } }) =>
      raise(centreId, kind, String(windowId)),

    'GET /api/centres/:centreId/windows/:windowId/alerts': ({ params: { centreId, windowId } }) =>
      db.read((tx) => queries.openAlertsAt(tx, centreId, String(windowId))),

    'GET /api/centres/:centreId/alerts': ({ params: { centreId } }) =>
      db.read((tx) => queries.alertsOf(tx, centreId, now())),

    'POST /api/centres/:centreId/alerts/:alertId/seen': ({ params, asker }) => change(asker, params, 'alert-seen'),

    'POST /api/centres/:centreId/alerts/:alertId/clear': ({ params, asker }) => change(asker, params, 'alert-cleared'),
  });
}
