import { pushContract } from '../../../../contract/push.ts';
import { refuse } from '../../../../core/problems.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseContext } from '../context.ts';
import { forgetBrowser, tellBrowser } from './notified-browsers.ts';

/** Being told by one's browser. `key`: with what browsers subscribe; null where none is told anything. */
export function browserRoutes(context: CaseContext, key: string | null): void {
  serve(context.http, pushContract, {
    'GET /api/push-key': () => ({ key }),

    'POST /api/application-status/browsers': async ({ body: { browser, language, ...receipt } }) => {
      if (key === null) return refuse('browser-not-told', {});
      await tellBrowser(context, receipt, browser, language);
    },

    'POST /api/application-status/browsers/forget': async ({ body }) => {
      await forgetBrowser(context, body);
    },
  });
}
