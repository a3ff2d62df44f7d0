import type pg from 'pg';
import type { PackageTemplateBody } from '../../../contract/packages.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { publishTemplate, putTemplateDraft } from './store.ts';

/** Publishes templates as they are brought in, each a new version. All or nothing. */
export function importPackageTemplates(
  pool: pg.Pool,
  actor: Actor,
  templates: readonly { readonly templateId: string; readonly template: PackageTemplateBody }[],
  at: Instant,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    for (const { templateId, template } of templates) {
      await putTemplateDraft(client, templateId, template, actor.id);
      const version = await publishTemplate(client, templateId, actor.id, at);
      await audit(client, actor, {
        action: 'package-published',
        object: `package ${templateId}`,
        details: { version },
      });
    }
  });
}
