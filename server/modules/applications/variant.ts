import type { Passport } from '../../../contract/catalogue.ts';
import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import type { CaseContext, Variant } from './context.ts';
import type { Application } from './queries.ts';

/** Throws `service-elsewhere` where centres of this kind do not give the service. */
export async function mustBeGivenAt(
  { directory }: CaseContext,
  centreId: number,
  { givenAt }: Passport,
): Promise<void> {
  const { centre } = await directory.centre(centreId);
  if (!givenAt.includes(centre.kind)) refuse('service-elsewhere', { kinds: givenAt });
}

/** The variant under which an application was taken. */
export async function variantOf(
  tx: Read,
  context: Pick<CaseContext, 'passport'>,
  { serviceId, version, variant: code }: Pick<Application, 'serviceId' | 'version' | 'variant'>,
): Promise<{ readonly passport: Passport; readonly variant: Variant }> {
  const passport = await context.passport(tx, serviceId, version);
  return { passport, variant: passport.variants.find((one) => one.code === code) as Variant };
}
