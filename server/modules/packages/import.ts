import type pg from 'pg';
import type { PackageTemplateBody } from '../../../contract/packages.ts';
import { type CivilDate, civilDateOf, type TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { city } from '../../platform/city.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { formsOn, mustBeSound } from './sound.ts';
import { publishTemplate, putTemplateDraft } from './store.ts';

/** Publishes templates as they are brought in, each a new version. All or nothing. Throws `package-faulty`. */
export function importPackageTemplates(
  pool: pg.Pool,
  actor: Actor,
  templates: readonly { readonly templateId: string; readonly template: PackageTemplateBody }[],
  at: Instant,
  day?: CivilDate,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    const zone = (await city(client))?.timeZone ?? ('UTC' as TimeZone);
    const formOf = await formsOn(client, day ?? civilDateOf(at, zone));
    for (const { templateId, template } of templates) {
      mustBeSound(template, formOf);
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
