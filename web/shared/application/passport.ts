import { useEffect, useState } from 'react';
import type { Passport } from '../../../contract/catalogue.ts';
import { call } from '../client.ts';

export type Variant = Passport['variants'][number];

const known = new Map<string, Promise<Passport | null>>();

/** A version of a passport; it never changes, so each is asked for once. */
function passportOf(serviceId: string, version: number): Promise<Passport | null> {
  const key = `${serviceId}/${version}`;
  const asked =
    known.get(key) ??
    call('GET /api/catalogue/:serviceId', { params: { serviceId } }).then(
      ({ versions }) => versions.find((one) => one.version === version)?.passport ?? null,
    );
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}

/** The variant under which an application was taken; null until it is known. */
export function useVariant(serviceId: string, version: number, code: string): Variant | null {
  const [variant, setVariant] = useState<Variant | null>(null);
  useEffect(() => {
    let gone = false;
    passportOf(serviceId, version).then(
      (passport) => {
        if (!gone) setVariant(passport?.variants.find((one) => one.code === code) ?? null);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [serviceId, version, code]);
  return variant;
}
