import type { NewPassport } from '../../server/modules/catalogue/index.ts';
import { FAMILY_SERVICES } from './family.ts';
import { IDENTITY_SERVICES } from './identity.ts';
import { PROPERTY_SERVICES } from './property.ts';
import { RECORD_SERVICES } from './records.ts';
import { TRANSPORT_SERVICES } from './transport.ts';

/**
 * The services that people ask for, as they were published or are remembered (2017–2025): each fact says where it was found, or that it
 * is recalled. A methodologist compares them with the acts before they are used.
 */
export const STANDARD_PASSPORTS: readonly NewPassport[] = [
  ...PROPERTY_SERVICES,
  ...IDENTITY_SERVICES,
  ...FAMILY_SERVICES,
  ...RECORD_SERVICES,
  ...TRANSPORT_SERVICES,
];
