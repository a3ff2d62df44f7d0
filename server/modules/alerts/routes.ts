import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { alertContract, type AlertKind } from '../../../contract/alerts.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { type Norm, NORMS } from '../../../core/queue/norms.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { brokeConstraint, inTransaction } from '../../platform/transaction.ts';
import * as store from './store.ts';

export interface AlertSetting {
  readonly pool: pg.Pool;
  now(): Instant;
}

export function alertRoutes(app: FastifyInstance, { pool, now }: AlertSetting): void {
  const raise = async (centreId: CentreId, kind: AlertKind, place: string) => {
    await store.raise(pool, { centreId, kind, place, value: null }, now()).catch((error: unknown) => {
      if (brokeConstraint(error, 'alert_centre_id_fkey')) refuse('unknown-centre', { centreId });
      throw error;
    });
    return { done: true as const };
  };

  const change = async (
    asker: Asker,
    { centreId, alertId }: { readonly centreId: CentreId; readonly alertId: number },
    action: 'alert-seen' | 'alert-cleared',
  ) => {
    const kind = await store.kindOf(pool, centreId, alertId);
    if (kind === null) return refuse('unknown-alert', {});
    if (action === 'alert-cleared' && NORMS.includes(kind as Norm)) return refuse('alert-clears-itself', {});
    const by = asker.kind === 'staff' ? asker.id : null;
    await inTransaction(pool, async (client) => {
      await (action === 'alert-seen' ? store.markSeen : store.markCleared)(client, alertId, by, now());
      await audit(client, asker, { action, object: `centre ${centreId}`, details: { alertId, kind } });
    });
    return { done: true as const };
  };

  serve(app, alertContract, {
    'POST /api/centres/:centreId/alerts': ({ params: { centreId }, body: { kind, place } }) =>
      raise(centreId, kind, place),

    'POST /api/centres/:centreId/windows/:windowId/alerts': ({ params: { centreId, windowId }, body: { kind } }) =>
      raise(centreId, kind, String(windowId)),

    'GET /api/centres/:centreId/windows/:windowId/alerts': ({ params: { centreId, windowId } }) =>
      store.openAlertsAt(pool, centreId, String(windowId)),

    'GET /api/centres/:centreId/alerts': ({ params: { centreId } }) => store.alertsOf(pool, centreId, now()),

    'POST /api/centres/:centreId/alerts/:alertId/seen': ({ params, asker }) => change(asker, params, 'alert-seen'),

    'POST /api/centres/:centreId/alerts/:alertId/clear': ({ params, asker }) => change(asker, params, 'alert-cleared'),
  });
}
