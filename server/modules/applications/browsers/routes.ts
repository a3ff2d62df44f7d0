import type { FastifyInstance } from 'fastify';
import { pushContract } from '../../../../contract/push.ts';
import { refuse } from '../../../../core/problems.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseRoom } from '../room.ts';
import { forgetBrowser, tellBrowser } from './browsers.ts';

/** Being told by one's browser. `key`: with what browsers subscribe; null where none is told anything. */
export function browserRoutes(app: FastifyInstance, room: CaseRoom, key: string | null): void {
  serve(app, pushContract, {
    'GET /api/push-key': () => ({ key }),

    'POST /api/application-status/browsers': async ({ body: { browser, language, ...receipt } }) => {
      if (key === null) return refuse('browser-not-told', {});
      await tellBrowser(room, receipt, browser, language);
    },

    'POST /api/application-status/browsers/forget': async ({ body }) => {
      await forgetBrowser(room, body);
    },
  });
}
