import { packageContract, type PackageTemplateBody } from '../../../contract/packages.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { cityDay } from '../../platform/city.ts';
import type { Write } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import type { CaseContext } from '../applications/index.ts';
import { addStep } from './add-step.ts';
import { beginPackage } from './begin-package.ts';
import { formsOn, mustBeSound } from './check-template.ts';
import { packageFor } from './package-file.ts';
import * as queries from './queries.ts';
import { writeFacts } from './share-facts.ts';

/** Templates and packages. */
export function packageRoutes(context: CaseContext): void {
  const { http, db, now } = context;
  const formsInForce = async (tx: Write) => formsOn(tx, await cityDay(tx, now()));

  serve(http, packageContract, {
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
        mustBeSound(body, await formsInForce(tx));
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
        mustBeSound(template as PackageTemplateBody, await formsInForce(tx));
        if (draftedBy !== null && draftedBy === asker.id) return refuse('second-person-needed', {});
        await queries.publishTemplate(tx, templateId, asker.id, now());
        await audit(tx, asker, {
          action: 'package-published',
          object: `package ${templateId}`,
          details: { version },
        });
        return { version };
      }),

    'POST /api/packages': ({ body, asker }) => beginPackage(context, asker, body),

    'GET /api/packages/:packageId': ({ params: { packageId }, asker }) => packageFor(context, asker, packageId),

    'POST /api/packages/:packageId/steps': ({ params: { packageId }, body, asker }) =>
      addStep(context, asker, packageId, body),

    'PUT /api/packages/:packageId/facts': ({ params: { packageId }, body: { facts }, asker }) =>
      writeFacts(context, asker, packageId, facts),
  });
}
