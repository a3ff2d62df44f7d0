import type { RouteName } from './contract.ts';

const NINE = 1_771_480_800_000;
const COMMAND = '5f0c7bd0-7c1e-4b3d-9a55-2f1d5d0c9a11';
const CENTRE = 84;

/** Requests that can be tried as they are, for the routes that a program uses first. A test checks each against its schema. */
export const BODY_EXAMPLES: Readonly<Partial<Record<RouteName, object>>> = {
  'POST /api/session': { login: 'ivanova', password: 'a long sentence of your own' },
  'POST /api/centres/:centreId/days/:day/visits': {
    commandId: COMMAND,
    services: [{ serviceId: 'passports', quantity: 1 }],
    persons: 1,
    language: 'ru',
  },
  'POST /api/centres/:centreId/days/:day/windows/:windowId/ready': { commandId: COMMAND },
  'POST /api/bookings': {
    commandId: COMMAND,
    centreId: CENTRE,
    at: NINE,
    services: [{ serviceId: 'passports', quantity: 1 }],
  },
  'POST /api/partner/bookings': {
    commandId: COMMAND,
    centreId: CENTRE,
    at: NINE,
    services: [{ serviceId: 'passports', quantity: 1 }],
    email: 'anna@example.org',
  },
  'POST /api/persons/search': {
    purpose: { kind: 'reason', centreId: CENTRE, reason: 'a call about a result that is ready' },
    by: { snils: '112-233-445 95' },
  },
  'POST /api/application-status': { number: 'M-2026-000123', code: '482913' },
};

/** Values of parameters that occur everywhere. */
export const PARAMETER_EXAMPLES: Readonly<Record<string, unknown>> = {
  centreId: CENTRE,
  windowId: 3,
  day: '2026-02-19',
  from: '2026-02-16',
  to: '2026-02-22',
  serviceId: 'passports',
  services: 'passports',
};
