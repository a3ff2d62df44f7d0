import type { PackageTemplateBody } from '../../../contract/packages.ts';
import type { FormField } from '../../../core/applications/form.ts';
import { type FormOf, type PackageFault, packageFaults } from '../../../core/applications/package.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read } from '../../platform/handles.ts';
import { inForceOn } from '../catalogue/index.ts';

/** The forms of all variants of the services that are in force on a day. */
export async function formsOn(tx: Read, day: CivilDate): Promise<FormOf> {
  const forms = new Map<string, readonly FormField[]>();
  for (const { serviceId, passport } of await inForceOn(tx, day))
    for (const { code, form = [] } of passport.variants)
      forms.set(`${serviceId}/${code}`, form as readonly FormField[]);
  return (serviceId, variant) => forms.get(`${serviceId}/${variant}`) ?? null;
}

/** Throws `package-faulty` with what is wrong with a template. */
export function mustBeSound(template: PackageTemplateBody, formOf: FormOf): void {
  const faults = packageFaults(template, formOf);
  if (faults.length > 0) refuse('package-faulty', { faults: faults.map(inWords) });
}

function inWords(fault: PackageFault): string {
  if ('field' in fault) return `${fault.field}: ${fault.kind}`;
  return 'name' in fault ? `${fault.step}: ${fault.kind} ${fault.name}` : `${fault.step}: ${fault.kind}`;
}
