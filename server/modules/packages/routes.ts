import type { FastifyInstance } from 'fastify';
import { packageContract, type PackageTemplateBody } from '../../../contract/packages.ts';
import type { FormOf } from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import type { Write } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import type { CaseRoom } from '../applications/index.ts';
import { addStep, beginPackage, packageFor, writeFacts } from './packages.ts';
import { mustBeSound } from './sound.ts';
import * as queries from './queries.ts';

export interface PackageRoom extends CaseRoom {
  /** The forms of the services that are in force. */
  formsInForce(tx: Write): Promise<FormOf>;
}

/** Templates and packages. */
export function packageRoutes(app: FastifyInstance, room: PackageRoom): void {
  const { db, now } = room;

  serve(app, packageContract, {
    'GET /api/package-templates': async () => {
      const rows = await db.read((tx) => queries.publishedTemplates(tx));
      return rows.map(({ templateId, version, draft, template }) => ({
        templateId,
        version,
        draft,
        template: template as PackageTemplateBody,
      }));
    },

    'GET /api/package-templates/:templateId': async ({ params: { templateId } }) => {
      const versions = await db.read((tx) => queries.templateVersions(tx, templateId));
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
      db.write(async (tx) => {
        mustBeSound(body, await room.formsInForce(tx));
        const version = await queries.putTemplateDraft(tx, templateId, body, asker.id);
        await audit(tx, asker, {
          action: 'package-drafted',
          object: `package ${templateId}`,
          details: { version },
        });
        return { version };
      }),

    'POST /api/package-templates/:templateId/publish': ({ params: { templateId }, asker }) =>
      db.write(async (tx) => {
        const draft = (await queries.templateVersions(tx, templateId)).find(({ state }) => state === 'draft');
        const { template, draftedBy, version } = draft ?? refuse('no-draft', { serviceId: templateId });
        mustBeSound(template as PackageTemplateBody, await room.formsInForce(tx));
        if (draftedBy !== null && draftedBy === asker.id) return refuse('second-person-needed', {});
        await queries.publishTemplate(tx, templateId, asker.id, now());
        await audit(tx, asker, {
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
