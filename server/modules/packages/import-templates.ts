import type { PackageTemplateBody } from '../../../contract/packages.ts';
import { type CivilDate, civilDateOf, type TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { city } from '../../platform/city.ts';
import type { Db } from '../../platform/handles.ts';
import { formsOn, mustBeSound } from './check-template.ts';
import { publishTemplate, putTemplateDraft } from './queries.ts';

/** Publishes templates as they are brought in, each a new version. All or nothing. Throws `package-faulty`. */
export function importPackageTemplates(
  db: Db,
  actor: Actor,
  templates: readonly { readonly templateId: string; readonly template: PackageTemplateBody }[],
  at: Instant,
  day?: CivilDate,
): Promise<void> {
  return db.write(async (tx) => {
    const zone = (await city(tx))?.timeZone ?? ('UTC' as TimeZone);
    const formOf = await formsOn(tx, day ?? civilDateOf(at, zone));
    for (const { templateId, template } of templates) {
      mustBeSound(template, formOf);
      await putTemplateDraft(tx, templateId, template, actor.id);
      const version = await publishTemplate(tx, templateId, actor.id, at);
      await audit(tx, actor, {
        action: 'package-published',
        object: `package ${templateId}`,
        details: { version },
      });
    }
  });
}
