import { Compile } from 'typebox/compile';
import { Passport } from '../../../contract/catalogue.ts';
import { cpsvServices } from '../../../core/catalogue/cpsv-ap.ts';
import { faultInWords } from '../../platform/check-input.ts';
import type { NewPassport } from './import-passports.ts';

const isPassport = Compile(Passport);
const NAME = /^[a-z0-9-]{1,60}$/;

/**
 * Reads services with their passports: a list of `{ serviceId, groupId, passport }`, or a JSON-LD document that was exported. Throws an
 * Error that names the first faults.
 */
export function readPassports(document: unknown): NewPassport[] {
  const listed = Array.isArray(document) ? (document as Partial<NewPassport>[]) : cpsvServices(document);
  if (listed === null) throw new Error('This is neither a list of passports nor an exported JSON-LD document.');
  return listed.map((one, index) => {
    const { serviceId, groupId, passport } = one as NewPassport;
    const name = `passport ${index + 1} (${String(serviceId)})`;
    if (!NAME.test(String(serviceId)) || !NAME.test(String(groupId)))
      throw new Error(`${name}: serviceId and groupId are small letters, digits and hyphens`);
    const fault = faultInWords(Passport, isPassport.Errors(passport));
    if (fault !== null) throw new Error(`${name}: ${fault}`);
    return { serviceId, groupId, passport };
  });
}
