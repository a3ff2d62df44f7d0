import type { Passport } from '../../../contract/catalogue.ts';
import { passportFaults, type VariantToCheck } from '../../../core/catalogue/faults.ts';
import { refuse } from '../../../core/problems.ts';

/** Throws `passport-faulty` for a passport that names what it has not, or names something twice. */
export function mustBeSound({ variants }: Passport): void {
  const faults = passportFaults(variants as readonly VariantToCheck[]);
  if (faults.length > 0) refuse('passport-faulty', { faults });
}
