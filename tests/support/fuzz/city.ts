import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { STANDARD_PASSPORTS } from '../../../demo/passports/standard.ts';
import { addDays, instantOf, type TimeZone } from '../../../core/time/civil.ts';
import { PROGRAM } from '../../../server/platform/index.ts';
import type { Node } from '../../../server/main.ts';
import { importPassports } from '../../../server/modules/catalogue/index.ts';
import type { NewCentre } from '../../../server/modules/network/index.ts';
import { IVANOVA, PNG, REASON, SIDOROV, testPassport } from '../case-node.ts';
import { FUZZ_DAY } from './day.ts';
import type { Remembered } from './fuzz.ts';
import { LOOSE_CENTRES } from './requests.ts';

const TOMORROW = addDays(FUZZ_DAY, 1);
const ZONE = 'Europe/Moscow' as TimeZone;
export const FUZZ_NOON = instantOf(FUZZ_DAY, '10:00' as never, ZONE);
const CENTRES = [1, 2, 3, 4, 5];
const GROUPS = ['passports', 'benefits', 'property'] as const;
const LETTERS = { passports: 'П', benefits: 'С', property: 'Н' } as const;
const WINDOWS = [1, 2, 3, 4];

const hoursOf = (from: 'validFrom' | 'from', to: 'validTo' | 'to') =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    [from]: '2020-01-01',
    [to]: null,
    opens: '08:00',
    closes: '20:00',
  }));

/** A small city, open every day. */
export function fuzzCentres(): NewCentre[] {
  return CENTRES.map((centreId) => ({
    centreId,
    code: `centre-${centreId}`,
    kind: centreId === 5 ? 'mobile' : 'district',
    name: { ru: `Центр ${centreId}`, en: `Centre ${centreId}` },
    district: { ru: 'Хамовники', en: 'Khamovniki' },
    timeZone: ZONE,
    walkInLimitMinutes: 15,
    readyAfterSeconds: 60,
    position: { latitude: 55.7 + centreId / 100, longitude: 37.6 },
    hours: hoursOf('validFrom', 'validTo') as unknown as NewCentre['hours'],
    groups: GROUPS.map((groupId) => ({ groupId, letter: LETTERS[groupId], name: { ru: groupId, en: groupId } })),
    windows: WINDOWS.map((windowId) => ({ windowId, groupIds: [...GROUPS] })),
  }));
}

type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

export function asking(url: string): Ask {
  return async (method, path, body) => {
    const isBytes = Buffer.isBuffer(body);
    const type = isBytes ? 'image/png' : 'application/json';
    const sent = isBytes ? new Uint8Array(body) : JSON.stringify(body);
    const answer = await fetch(url + path, {
      method,
      ...(body !== undefined && { headers: { 'content-type': type }, body: sent as string }),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  };
}

/** People, applications, bookings, tickets and all that hangs on them: so that requests get past their first look. */
export async function settle(node: Node, known: Remembered): Promise<void> {
  const ask = asking(node.url);
  const keep = (made: unknown) => known.remember(JSON.stringify(made));
  await passports(node);
  for (const centreId of CENTRES) {
    known.add('centreId', centreId);
    await ask('PUT', `/api/centres/${centreId}/advice-setting`, { enabled: true });
    const base = `/api/centres/${centreId}/days/${FUZZ_DAY}`;
    for (const windowId of WINDOWS.slice(0, 2))
      await ask('POST', `${base}/windows/${windowId}/open`, seat(centreId, windowId));
    for (let ticket = 0; ticket < 4; ticket += 1) keep(await take(ask, base));
  }
  for (const windowId of WINDOWS) known.add('windowId', windowId);
  for (const groupId of GROUPS) for (const name of ['groupId', 'serviceId']) known.add(name, groupId);
  for (const [name, value] of Object.entries({
    day: FUZZ_DAY,
    services: 'passports',
    agencyId: 'mvd',
    variant: 'usual',
    roleId: 'specialist',
    at: node.now(),
    kind: 'passport',
    templateId: 'a-package',
  }))
    known.add(name, value);
  known.add('day', TOMORROW);
  const scope = { kind: 'centre', id: '1' };
  for (const login of ['somebody', 'colleague']) {
    const account = await ask('POST', '/api/staff', { login, name: 'Кто-то', scope });
    keep(account);
    await ask('POST', `/api/staff/${String(account['accountId'])}/grants`, { roleId: 'specialist', scope });
  }
  await ask('PUT', '/api/agencies/mvd', {
    name: { ru: 'МВД', en: 'MVD' },
    adapter: 'mock',
    setting: { behaviour: 'instant' },
  });
  await cases(ask, keep);
  await bookings(ask, keep);
  for (const path of ['/api/centres/1/media?name=a.png', '/api/centres/4/media']) keep(await ask('POST', path, PNG));
}

async function passports(node: Node): Promise<void> {
  const groups = [...new Set(STANDARD_PASSPORTS.map(({ groupId }) => groupId))].map((groupId, place) => ({
    groupId: `city-${groupId}`,
    letter: 'АБВГДЕЖЗИКЛМНПРСТУФ'.replaceAll(/[БЗ]/g, '')[place] as string,
    name: { ru: `Группа ${groupId}`, en: groupId },
    place,
  }));
  const all = STANDARD_PASSPORTS.map((one) => ({ ...one, groupId: `city-${one.groupId}` }));
  const usual = { serviceId: 'usual-service', groupId: all[0]?.groupId ?? '', passport: testPassport() };
  await importPassports(
    node.database,
    PROGRAM,
    { groups, passports: [...all, usual as (typeof all)[number]] },
    FUZZ_DAY,
  );
}

async function cases(ask: Ask, keep: (made: unknown) => void): Promise<void> {
  for (const identity of [IVANOVA, SIDOROV]) {
    const { personId } = (await ask('POST', '/api/persons', { purpose: REASON, identity })) as { personId: string };
    keep({ personId });
    for (const serviceId of ['usual-service'])
      keep(
        await ask('POST', '/api/applications', {
          commandId: randomUUID(),
          centreId: 1,
          serviceId,
          variant: 'usual',
          personId,
        }),
      );
    keep(await ask('POST', '/api/files?name=a.png', PNG));
  }
}

async function bookings(ask: Ask, keep: (made: unknown) => void): Promise<void> {
  // What centres give now is written into the ledger when something of theirs changes.
  for (const centreId of CENTRES)
    await ask('POST', `/api/centres/${centreId}/closures/2026-03-09`, { hours: null, reason: 'holiday' });
  const free = (await ask('GET', '/api/free-times?services=passports')) as unknown as {
    centreId: number;
    first: number;
  }[];
  keep(free);
  for (const { centreId, first } of free.slice(0, 3))
    keep(
      await ask('POST', '/api/bookings', {
        commandId: randomUUID(),
        centreId,
        at: first,
        services: [{ serviceId: 'passports', quantity: 1 }],
      }),
    );
}

const seat = (centreId: number, windowId: number) => ({
  commandId: randomUUID(),
  specialistId: `s-${centreId}-${windowId}`,
  skills: GROUPS.map((groupId) => ({ groupId, level: 3 })),
});

const take = (ask: Ask, base: string) =>
  ask('POST', `${base}/visits`, { commandId: randomUUID(), services: [{ serviceId: 'passports' }] });

function notYet(error: Error, tries: number): false {
  if (tries >= 40 || !error.message.includes('not-this-day')) throw error;
  return false;
}

/** On the next day every hall takes and serves a visitor, once those are put right whose file was changed at random. Gives how many do. */
export async function serveEverywhere(node: Node): Promise<number> {
  const ask = asking(node.url);
  const details = {
    kind: 'district',
    name: { ru: 'Центр', en: 'Centre' },
    districtId: 1,
    address: '',
    latitude: null,
    longitude: null,
    phone: '',
    openedOn: null,
    hallOf: null,
  };
  // Each in a hall of its own first: what one has may stand in the way of the other.
  for (const centreId of LOOSE_CENTRES) await ask('PUT', `/api/centres/${centreId}`, details);
  for (const centreId of LOOSE_CENTRES) {
    await ask('POST', `/api/centres/${centreId}/shut`, { reason: null }).catch(() => undefined);
    await ask('PUT', `/api/centres/${centreId}/hours`, { hours: hoursOf('from', 'to') });
    await ask('PUT', `/api/centres/${centreId}/windows`, {
      windows: WINDOWS.map((windowId) => ({ windowId, zoneId: null, groupIds: [...GROUPS] })),
    });
    await ask('POST', `/api/centres/${centreId}/closures/${TOMORROW}`, { hours: null, reason: null });
    const { services } = (await ask('GET', `/api/centres/${centreId}`)) as {
      services: { serviceId: string; off: string | null }[];
    };
    for (const { serviceId } of services.filter(({ off }) => off !== null))
      await ask('POST', `/api/centres/${centreId}/services/${serviceId}/off`, {
        from: FUZZ_DAY,
        to: TOMORROW,
        reason: null,
      });
  }
  await ask('POST', '/api/clock/step', { to: instantOf(TOMORROW, '10:00' as never, ZONE) });
  let served = 0;
  for (const centreId of CENTRES) {
    const base = `/api/centres/${centreId}/days/${TOMORROW}`;
    const at = `${base}/windows/3`;
    // What a centre offers follows its windows and the catalogue, both of which were changed.
    const { windowGroups } = (await ask('GET', `/api/centres/${centreId}`)) as {
      windowGroups: { windowId: number; groupIds: string[] }[];
    };
    const groupIds = windowGroups.find(({ windowId }) => windowId === 3)?.groupIds ?? [];
    const skills = groupIds.map((groupId) => ({ groupId, level: 3 }));
    const sit = () => ask('POST', `${at}/open`, { commandId: randomUUID(), specialistId: `t-${centreId}`, skills });
    // The node that serves the hall may hear of the new day a moment later.
    for (
      let tries = 0;
      !(await sit().then(
        () => true,
        (error: Error) => notYet(error, tries),
      ));
      tries += 1
    )
      await pause(250);
    const [serviceId = 'passports'] = groupIds;
    await ask('POST', `${base}/visits`, { commandId: randomUUID(), services: [{ serviceId }] });
    const { call } = (await ask('POST', `${at}/ready`, { commandId: randomUUID() })) as { call: { visitId: string } };
    for (const step of ['start', 'finish'])
      await ask('POST', `${at}/${step}`, { commandId: randomUUID(), visitId: call.visitId });
    served += 1;
  }
  return served;
}
