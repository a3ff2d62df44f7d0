import type { Passport } from '../../../contract/catalogue.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { CsvFault, type CsvRecord, readCsv } from '../../platform/csv.ts';
import type { Db } from '../../platform/handles.ts';
import { lettersInUse, type OfferedGroup, type Words } from '../network/index.ts';
import { freeLetter } from './letters.ts';
import { offerAll } from './offers.ts';
import { groups, insertGroups, lockCatalogue, overview, publishDraft, putDraft } from './queries.ts';

/** A service of a list that knows names only. */
export interface ListedService {
  readonly line: number;
  readonly group: string;
  readonly name: Words;
}

export interface ServiceList {
  readonly services: readonly ListedService[];
  readonly faults: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}

const COLUMNS = ['group', 'name_ru', 'name_en'];

/** Reads CSV with the columns group, name_ru and name_en. */
export function readServiceList(source: string | Uint8Array): ServiceList {
  const faults: ServiceList['faults'][number][] = [];
  const services: ListedService[] = [];
  const seen = new Map<string, number>();
  let records: CsvRecord[] = [];
  try {
    records = readCsv(source);
    const missing = COLUMNS.filter((column) => records[0] !== undefined && !(column in records[0].fields));
    if (missing.length > 0)
      return { services, faults: [{ line: 1, field: '', reason: `there is no column ${missing.join(', ')}` }] };
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    faults.push({ line: error.line, field: '', reason: error.message });
  }
  for (const { line, fields } of records) {
    const { group = '', name_ru: ru = '', name_en: en = '' } = fields;
    for (const [field, value] of Object.entries({ group, name_ru: ru, name_en: en })) {
      if (value === '') faults.push({ line, field, reason: 'is missing' });
      if (value.length > 300) faults.push({ line, field, reason: 'is longer than 300 signs' });
    }
    const before = seen.get(ru);
    if (before !== undefined) faults.push({ line, field: 'name_ru', reason: `“${ru}” is already in ${before}` });
    seen.set(ru, line);
    services.push({ line, group, name: { ru, en } });
  }
  if (services.length === 0 && faults.length === 0)
    faults.push({ line: 1, field: '', reason: 'there is no service in the file' });
  return { services, faults };
}

/** English names of the groups that cities have; another group is shown in Russian until a person names it. */
const GROUP_NAMES: Readonly<Record<string, string>> = {
  Паспорта: 'Passports',
  'Семья и ЗАГС': 'Family and civil registry',
  Недвижимость: 'Property',
  Транспорт: 'Transport',
  'Пенсии и Соцзащита': 'Pensions and social support',
  Налоги: 'Taxes',
  Бизнес: 'Business',
  Регистрация: 'Registration of residence',
  'Справки и Архив': 'Certificates and archive',
  'Строительство и Земля': 'Building and land',
  Природа: 'Nature',
  'Цифра и прочее': 'Digital and other',
};

/**
 * Adds the services that the catalogue does not have by name: groups with a letter each, a passport each that says what
 * is known, published from the day on, and given at every centre of its kind. All or nothing; gives how many are new.
 */
export function importServices(
  db: Db,
  actor: Actor,
  listed: readonly ListedService[],
  day: CivilDate,
): Promise<{ added: readonly string[]; known: number; centres: number }> {
  return db.write(async (tx) => {
    await lockCatalogue(tx);
    const known = new Map((await overview(tx, day)).map((row) => [row.name.ru, row.serviceId]));
    const fresh = listed.filter(({ name }) => !known.has(name.ru));
    const before = await groups(tx);
    const names = [...new Set(fresh.map(({ group }) => group))];
    const added = newGroups(before, await lettersInUse(tx), names);
    await insertGroups(tx, added);
    const groupIds = new Map([...before, ...added].map(({ groupId, name }) => [name.ru, groupId]));
    const taken = new Set([...known.values(), ...groupIds.values()]);
    for (const { group, name } of fresh) {
      const serviceId = freeId(slugOf(name.en), taken);
      await putDraft(tx, serviceId, groupIds.get(group) as string, passportByName(name), actor.id);
      const version = await publishDraft(tx, serviceId, day, false, actor.id);
      await audit(tx, actor, {
        action: 'passport-published',
        object: `service ${serviceId}`,
        details: { version },
      });
    }
    const centres = await offerAll(tx, day);
    return { added: fresh.map(({ name }) => name.ru), known: listed.length - fresh.length, centres: centres.length };
  });
}

/** What is promised of a service of which only the name is known: nothing that is not. */
function passportByName(name: Words): Passport {
  return {
    official: name,
    short: name,
    plain: name,
    level: 'city',
    agency: null,
    acts: [],
    channels: ['centre'],
    variants: [
      {
        code: 'usual',
        name: { ru: 'Обычный порядок', en: 'As usual' },
        applicants: ['person'],
        evidence: [],
        acceptanceRefusals: [],
        suspensions: [],
        refusals: [],
        term: null,
        fees: [],
        results: [],
      },
    ],
    extraterritorial: 'any',
    givenAt: ['district', 'flagship'],
    equipment: [],
    appointment: 'possible',
    skillLevel: 1,
    minutesAtWindow: 15,
    lifeSituations: [],
  };
}

/** Groups with a letter of their own name where one is free, also in centres that have groups of their own. */
function newGroups(before: readonly OfferedGroup[], used: readonly string[], names: readonly string[]): OfferedGroup[] {
  const letters = new Set([...used, ...before.map(({ letter }) => letter)]);
  const ids = new Set(before.map(({ groupId }) => groupId));
  const known = new Set(before.map(({ name }) => name.ru));
  return names
    .filter((name) => !known.has(name))
    .map((ru, index) => {
      const en = GROUP_NAMES[ru] ?? ru;
      const letter = freeLetter(ru, letters);
      return { groupId: freeId(slugOf(en).slice(0, 40), ids), letter, name: { ru, en }, place: before.length + index };
    });
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '');
  return slug === '' ? 'service' : slug;
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  taken.add(id);
  return id;
}
