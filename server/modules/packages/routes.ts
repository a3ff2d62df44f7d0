import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { packageContract, type PackageTemplateBody } from '../../../contract/packages.ts';
import type { FormOf } from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { serve } from '../../platform/serve.ts';
import { inTransaction } from '../../platform/transaction.ts';
import type { CaseRoom } from '../applications/index.ts';
import { addStep, beginPackage, packageFor, writeFacts } from './packages.ts';
import { mustBeSound } from './sound.ts';
import * as store from './store.ts';

export interface PackageRoom extends CaseRoom {
  /** The forms of the services that are in force. */
  formsInForce(queries: pg.PoolClient): Promise<FormOf>;
}

/** Templates and packages. */
export function packageRoutes(app: FastifyInstance, room: PackageRoom): void {
  const { pool, now } = room;

  serve(app, packageContract, {
    'GET /api/package-templates': async () => {
      const rows = await store.publishedTemplates(pool);
      return rows.map(({ templateId, version, draft, template }) => ({
        templateId,
        version,
        draft,
        template: template as PackageTemplateBody,
      }));
    },

    'GET /api/package-templates/:templateId': async ({ params: { templateId } }) => {
      const versions = await store.templateVersions(pool, templateId);
      if (versions.length === 0) return refuse('unknown-package', {});
      return {
        templateId,
        versions: versions.map(({ version, state, publishedAt, template }) => ({
          version,
          state,
          publishedAt,
          template: template as PackageTemplateBody,
        })),
      };
    },

    'PUT /api/package-templates/:templateId/draft': ({ params: { templateId }, body, asker }) =>
      inTransaction(pool, async (client) => {
        mustBeSound(body, await room.formsInForce(client));
        const version = await store.putTemplateDraft(client, templateId, body, asker.id);
        await audit(client, asker, {
          action: 'package-drafted',
          object: `package ${templateId}`,
          details: { version },
        });
        return { version };
      }),

    'POST /api/package-templates/:templateId/publish': ({ params: { templateId }, asker }) =>
      inTransaction(pool, async (client) => {
        const draft = (await store.templateVersions(client, templateId)).find(({ state }) => state === 'draft');
        const { template, draftedBy, version } = draft ?? refuse('no-draft', { serviceId: templateId });
        mustBeSound(template as PackageTemplateBody, await room.formsInForce(client));
        if (draftedBy !== null && draftedBy === asker.id) return refuse('second-person-needed', {});
        await store.publishTemplate(client, templateId, asker.id, now());
        await audit(client, asker, {
          action: 'package-published',
          object: `package ${templateId}`,
          details: { version },
        });
        return { version };
      }),

    'POST /api/packages': ({ body, asker }) => beginPackage(room, asker, body),

    'GET /api/packages/:packageId': ({ params: { packageId }, asker }) => packageFor(room, asker, packageId),

    'POST /api/packages/:packageId/steps': ({ params: { packageId }, body, asker }) =>
      addStep(room, asker, packageId, body),

    'PUT /api/packages/:packageId/facts': ({ params: { packageId }, body: { facts }, asker }) =>
      writeFacts(room, asker, packageId, facts),
  });
}
