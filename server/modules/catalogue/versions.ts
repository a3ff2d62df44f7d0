import type { Passport } from '../../../contract/catalogue.ts';
import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import { publishedVersion } from './queries.ts';

const KEPT_MAX = 2_000;

/** Gives published versions of passports. They are frozen, so each is read once. Throws `unknown-service`. */
export function passportVersion(): (tx: Read, serviceId: string, version: number) => Promise<Passport> {
  const kept = new Map<string, Passport>();
  return async (tx, serviceId, version) => {
    const key = `${serviceId}/${version}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const passport = (await publishedVersion(tx, serviceId, version)) ?? refuse('unknown-service', { serviceId });
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(key, passport);
    return passport;
  };
}
