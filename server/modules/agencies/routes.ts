import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { agencyContract } from '../../../contract/agencies.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { PORTAL_STATES } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { urlFault } from '../../platform/public-http.ts';
import { serve } from '../../platform/serve.ts';
import { placeOf } from '../../platform/vault.ts';
import { hear } from './hear.ts';
import type { AgencyRoom } from './room.ts';
import * as queries from './queries.ts';

const SECRET_BYTES = 32;
const FEED_AT_ONCE = 1_000;

/** Agencies: the administrator’s, their officers’ and their programs’ side. */
export function agencyRoutes(app: FastifyInstance, room: AgencyRoom, hurry: () => void): void {
  const { db, vault, now, may } = room;
  const mustBeOf = async (asker: Asker, agencyId: string) => {
    if (!(await may(asker, 'decide-applications', { agencyId }))) refuse('right-elsewhere', {});
  };

  serve(app, agencyContract, {
    'GET /api/agencies': async () =>
      (await db.read((tx) => queries.agencies(tx))).map(({ agencyId, name, adapter }) => ({ agencyId, name, adapter })),

    'GET /api/agency-settings': () => db.read((tx) => queries.agencies(tx)),

    'PUT /api/agencies/:agencyId': async ({ params: { agencyId }, body, asker }) => {
      const fault = body.adapter === 'api' ? urlFault(body.setting.url ?? '') : null;
      if (fault !== null) return refuse('agency-not-reachable', { fault });
      const isNew = body.adapter === 'api' && (await db.read((tx) => queries.wayTo(tx, agencyId)))?.secret === null;
      const isFirst = body.adapter === 'api' && (await db.read((tx) => queries.wayTo(tx, agencyId))) === null;
      const secret = isNew || isFirst ? randomBytes(SECRET_BYTES) : null;
      const sealed = secret === null ? null : vault.sealBytes(secret, placeOf('agency', agencyId));
      await db.write(async (tx) => {
        await queries.putAgency(tx, { agencyId, ...body }, sealed, now());
        await audit(tx, asker, {
          action: 'agency-changed',
          object: `agency ${agencyId}`,
          details: { adapter: body.adapter },
        });
      });
      return { agencyId, secret: secret?.toString('hex') ?? null };
    },

    'GET /api/agencies/:agencyId/messages': async ({ params: { agencyId }, asker }) => {
      await mustBeOf(asker, agencyId);
      return db.read((tx) => queries.openMessages(tx, agencyId));
    },

    'POST /api/agencies/:agencyId/messages/:messageId/resend': async ({ params: { agencyId, messageId }, asker }) => {
      await mustBeOf(asker, agencyId);
      await db.write(async (tx) => {
        const message = await queries.messageById(tx, messageId);
        if (message === null || message.agencyId !== agencyId) return refuse('unknown-message', {});
        await queries.reviveMessage(tx, messageId, now());
        await audit(tx, asker, { action: 'message-resent', object: `message ${messageId}` });
      });
      hurry();
    },

    'POST /api/agencies/:agencyId/answers': async ({ params: { agencyId }, body, asker }) => {
      await mustBeOf(asker, agencyId);
      return { outcome: await hear(room, asker, { agencyId, ...body }) };
    },

    'GET /api/status-feed': async ({ query: { after = 0 } }) => {
      const events = await db.read((tx) => queries.feedAfter(tx, after, FEED_AT_ONCE));
      return events.flatMap(({ state, ...event }) => {
        const portal = PORTAL_STATES[state];
        return portal === null ? [] : [{ ...event, state: portal }];
      });
    },
  });
}
