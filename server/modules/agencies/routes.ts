import { randomBytes } from 'node:crypto';
import { agencyContract } from '../../../contract/agencies.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { PORTAL_STATES } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { urlFault } from '../../platform/public-http.ts';
import { serve } from '../../platform/serve.ts';
import { placeOf } from '../../platform/vault.ts';
import { receiveAnswer } from './receive-answer.ts';
import { agencies, type CaseContext, decidesFor, putAgency, wayTo } from '../applications/index.ts';
import * as queries from './queries.ts';

const SECRET_BYTES = 32;
const FEED_AT_ONCE = 1_000;

/** Agencies: the administrator’s, their officers’ and their programs’ side. `sendDue`: has messages sent at once. */
export function agencyRoutes(context: CaseContext, sendDue: () => void): void {
  const { http, db, vault, now } = context;
  serve(http, agencyContract, {
    'GET /api/agencies': async () =>
      (await db.read((tx) => agencies(tx))).map(({ agencyId, name, adapter }) => ({ agencyId, name, adapter })),

    'GET /api/agency-settings': () => db.read((tx) => agencies(tx)),

    'PUT /api/agencies/:agencyId': async ({ params: { agencyId }, body, asker }) => {
      const fault = body.adapter === 'api' ? urlFault(body.setting.url ?? '') : null;
      if (fault !== null) return refuse('agency-not-reachable', { fault });
      const known = body.adapter === 'api' ? await db.read((tx) => wayTo(tx, agencyId)) : undefined;
      // The first time that an agency is reached by its API.
      const isNew = known === null || known?.secret === null;
      const secret = isNew ? randomBytes(SECRET_BYTES) : null;
      const sealed = secret === null ? null : vault.sealBytes(secret, placeOf('agency', agencyId));
      await db.write(async (tx) => {
        await putAgency(tx, { agencyId, ...body }, sealed, now());
        await audit(tx, asker, {
          action: 'agency-changed',
          object: `agency ${agencyId}`,
          details: { adapter: body.adapter },
        });
      });
      return { agencyId, secret: secret?.toString('hex') ?? null };
    },

    'GET /api/agencies/:agencyId/messages': async ({ params: { agencyId }, asker }) => {
      mustDecideFor(asker, agencyId);
      return db.read((tx) => queries.openMessages(tx, agencyId));
    },

    'POST /api/agencies/:agencyId/messages/:messageId/resend': async ({ params: { agencyId, messageId }, asker }) => {
      mustDecideFor(asker, agencyId);
      await db.write(async (tx) => {
        const message = await queries.messageById(tx, messageId);
        if (message === null || message.agencyId !== agencyId) return refuse('unknown-message', {});
        await queries.reviveMessage(tx, messageId, now());
        await audit(tx, asker, { action: 'message-resent', object: `message ${messageId}` });
      });
      sendDue();
    },

    'POST /api/agencies/:agencyId/answers': async ({ params: { agencyId }, body, asker }) => {
      mustDecideFor(asker, agencyId);
      return { outcome: await receiveAnswer(context, asker, { agencyId, ...body }) };
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

function mustDecideFor(asker: Asker, agencyId: string): void {
  if (!decidesFor(asker, agencyId)) refuse('right-elsewhere', {});
}
