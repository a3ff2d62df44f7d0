import { inLatin } from '../../../../core/language/in-latin.ts';
import type { CivilDate, CivilTime } from '../../../../core/time/civil.ts';
import { CsvFault, readCsv } from '../../../platform/csv.ts';
import { decodeText } from '../../../platform/text-encoding.ts';
import type { Words } from '../new-centre.ts';

/** A centre as a city's open list knows it. Every member is compared with what the network has. */
export interface ListedCentre {
  readonly sourceId: string;
  /** Centres of one site share a hall: this is the first of them. */
  readonly siteId: string;
  readonly kind: 'district' | 'flagship' | 'mobile' | 'seasonal';
  readonly name: Words;
  /** From the largest to the smallest that the list names. */
  readonly districts: readonly Words[];
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly phone: string;
  readonly openedOn: CivilDate | null;
  readonly areaM2: number | null;
  /** Each centre of a site has the same figure. */
  readonly windows: number;
  readonly shut: boolean;
  readonly hours: readonly ListedHours[];
  readonly accessibility: Readonly<Record<string, string>>;
  readonly amenities: readonly { readonly kind: string; readonly name: Words }[];
}

export interface ListedHours {
  readonly weekday: number;
  readonly opens: CivilTime;
  readonly closes: CivilTime;
}

/** What is wrong with a file, and where: the line of a CSV file, or the record of a JSON file, from 1. */
export interface Fault {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export interface CentreList {
  readonly centres: readonly ListedCentre[];
  readonly faults: readonly Fault[];
}

/** A record as it is in the file. */
interface RawRecord {
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Reads a list of centres in the shape of the city's open data, as JSON (`centres`) or CSV. Throws nothing: faults are listed. */
export function readCentreList(source: string | Uint8Array, format: 'json' | 'csv'): CentreList {
  const faults: Fault[] = [];
  const raw = format === 'json' ? jsonRecords(source, faults) : csvRecords(source, faults);
  const centres = raw.map((record) => centreOf(record, faults)).filter((centre) => centre !== null);
  const firstLine = new Map<string, number>();
  raw.forEach(({ line, fields }) => {
    const id = String(fields['id'] ?? '');
    const before = firstLine.get(id);
    if (before !== undefined) faults.push({ line, field: 'id', reason: `${id} is already in ${before}` });
    else firstLine.set(id, line);
  });
  if (raw.length === 0 && faults.length === 0)
    faults.push({ line: 1, field: '', reason: 'there is no centre in the file' });
  const bySource = new Map(centres.map((centre) => [centre.sourceId, centre]));
  for (const { line, fields } of raw) {
    const siteId = String(fields['site_id'] ?? '');
    if (siteId !== '' && !firstLine.has(siteId))
      faults.push({ line, field: 'site_id', reason: `${siteId} is no centre of the file` });
  }
  // A site has its windows once, whatever the list says of the centres that share it.
  const shared = centres.map((centre) => ({
    ...centre,
    windows: bySource.get(centre.siteId)?.windows ?? centre.windows,
  }));
  return { centres: shared, faults };
}

function jsonRecords(source: string | Uint8Array, faults: Fault[]): RawRecord[] {
  try {
    const text = typeof source === 'string' ? source : decodeText(source);
    if (!/^\s*[[{]/.test(text)) throw new Error('the file is neither a CSV list (its name ends in .csv) nor JSON');
    const found = JSON.parse(text) as { centres?: unknown } | unknown[];
    const list = Array.isArray(found) ? found : found.centres;
    if (!Array.isArray(list)) throw new Error('there is no list “centres” in it');
    return list.map((fields, index) => ({ line: index + 1, fields: fields as RawRecord['fields'] }));
  } catch (error) {
    faults.push({ line: 1, field: '', reason: `not a list of centres: ${(error as Error).message}` });
    return [];
  }
}

function csvRecords(source: string | Uint8Array, faults: Fault[]): RawRecord[] {
  try {
    return readCsv(source).map(({ line, fields }) => ({
      line,
      fields: {
        ...fields,
        hours: fields['hours_text'],
        access: Object.fromEntries(Object.keys(NEEDS).map((need) => [need, fields[`access_${need}`]])),
        extra_services: (fields['extra_services'] ?? '').split(/;\s*/).filter((name) => name !== ''),
        closed_for_repair: ['1', 'true', 'истина', 'да', 'yes'].includes(
          (fields['closed_for_repair'] ?? '').toLowerCase(),
        ),
      },
    }));
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    faults.push({ line: error.line, field: '', reason: error.message });
    return [];
  }
}

const KINDS: Readonly<Record<string, ListedCentre['kind']>> = {
  district: 'district',
  additional: 'district',
  flagship: 'flagship',
  city: 'flagship',
  business: 'flagship',
  mobile: 'mobile',
  seasonal: 'seasonal',
};

const NEEDS = { wheelchair: true, mobility: true, vision: true, hearing: true };
const LEVELS: Readonly<Record<string, string>> = { полностью: 'full', частично: 'partial', недоступно: 'none' };

/** What the list calls «extra services» and Okno keeps as amenities with a state. */
const AMENITIES: Readonly<Record<string, { readonly kind: string; readonly en: string }>> = {
  фотоуслуги: { kind: 'photo', en: 'Photographs' },
  'копировальные услуги': { kind: 'copies', en: 'Copying' },
  'оплата государственных пошлин через платёжные терминалы': { kind: 'duty-terminal', en: 'Paying state duties' },
  'оплата коммунальных услуг через платёжные терминалы': { kind: 'utility-terminal', en: 'Paying utility bills' },
  'доступ к сети Интернет': { kind: 'internet', en: 'Internet access' },
  нотариус: { kind: 'notary', en: 'Notary' },
  'Детский уголок': { kind: 'children-corner', en: "Children's corner" },
  'Детская комната': { kind: 'children-room', en: "Children's room" },
};

/** The centre of a record; null when something in it is wrong, which is then among the faults. */
function centreOf({ line, fields }: RawRecord, faults: Fault[]): ListedCentre | null {
  const before = faults.length;
  const fault = (field: string, reason: string) => void faults.push({ line, field, reason });
  const text = (field: string, needed = true): string => {
    const value = String(fields[field] ?? '').trim();
    if (needed && value === '') fault(field, 'is missing');
    if (value.length > 500) fault(field, 'is longer than 500 signs');
    return value;
  };
  const number = (field: string, min: number, max: number, whole: boolean): number => {
    const given = fields[field];
    const value = given === null || given === undefined || given === '' ? Number.NaN : Number(decimal(given));
    if (!(value >= min && value <= max) || (whole && !Number.isInteger(value)))
      fault(field, `must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}, not “${String(given)}”`);
    return value;
  };
  const optional = (field: string) => ['', 'null', 'undefined'].includes(String(fields[field] ?? ''));

  const kind = KINDS[text('kind')];
  if (kind === undefined) fault('kind', `must be one of ${Object.keys(KINDS).join(', ')}`);
  const openedOn = optional('open_date') ? null : civilDate(text('open_date'));
  if (openedOn !== null && Number.isNaN(Date.parse(`${openedOn}T00:00:00Z`)))
    fault('open_date', `must be a date such as 2013-03-25, not “${openedOn}”`);
  const okrug = text('okrug');
  const district = text('district');
  const name = text('name');
  const serves = text('serves', false);
  const centre = {
    sourceId: text('id'),
    siteId: text('site_id'),
    kind: kind ?? 'district',
    name: { ru: name, en: serves === '' || serves === 'null' ? inLatin(name) : `${inLatin(serves)} service centre` },
    districts: [
      { ru: `${okrug} административный округ`, en: `${inLatin(okrug)} administrative okrug` },
      { ru: district, en: inLatin(district) },
    ],
    address: text('address'),
    latitude: rounded(number('lat', -90, 90, false), 1_000_000),
    longitude: rounded(number('lon', -180, 180, false), 1_000_000),
    phone: text('phone', false),
    openedOn,
    areaM2: optional('area_m2') ? null : rounded(number('area_m2', 1, 1_000_000, false), 10),
    windows: number('windows', 0, 999, true),
    shut: fields['closed_for_repair'] === true,
    hours: hoursOf(fields['hours'], fault),
    accessibility: accessibilityOf(fields['access'], fault),
    amenities: amenitiesOf(fields['extra_services'], fault),
  };
  return faults.length > before ? null : centre;
}

/** A number as spreadsheets in Russian write it: with a comma. */
function decimal(given: unknown): unknown {
  return typeof given === 'string' && /^-?\d+,\d+$/.test(given.trim()) ? given.replace(',', '.') : given;
}

/** A date as spreadsheets in Russian write it: 25.03.2013. */
function civilDate(text: string): string {
  return text.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
}

/** As exact as it is kept. */
function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

type Complain = (field: string, reason: string) => void;

const WEEKDAYS: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
  пн: 1,
  вт: 2,
  ср: 3,
  чт: 4,
  пт: 5,
  сб: 6,
  вс: 7,
};

/** `{mon: '08:00-20:00', …}`, «ежедневно 08:00-20:00» or «пн 08:00-20:00; вт …». A day that is not named is closed. */
function hoursOf(given: unknown, fault: Complain): ListedHours[] {
  const byDay: [day: string, span: string][] =
    typeof given === 'object' && given !== null
      ? Object.entries(given as Record<string, string>)
      : String(given ?? '')
          .split(/;\s*/)
          .flatMap((part): [string, string][] => {
            const [day = '', span = ''] = part.trim().split(/\s+/);
            return day === 'ежедневно'
              ? Object.keys(WEEKDAYS)
                  .slice(0, 7)
                  .map((one) => [one, span])
              : [[day, span]];
          });
  const hours: ListedHours[] = [];
  for (const [day, span] of byDay) {
    const weekday = WEEKDAYS[day];
    const [, opens, closes] = /^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/.exec(span) ?? [];
    if (weekday === undefined) fault('hours', `“${day}” is no day of the week`);
    else if (opens === undefined || closes === undefined || opens > '23:59' || closes > '23:59')
      fault('hours', `must be such as 08:00-20:00, not “${span}”`);
    else if (closes <= opens) fault('hours', `${span}: it closes before it opens`);
    else if (hours.some((one) => one.weekday === weekday))
      fault('hours', `“${day}” is named twice: hours may not overlap`);
    else hours.push({ weekday, opens, closes });
  }
  return hours;
}

function accessibilityOf(given: unknown, fault: Complain): Record<string, string> {
  const levels: Record<string, string> = {};
  for (const [need, word] of Object.entries((given ?? {}) as Record<string, string | undefined>)) {
    if (word === undefined || word === '') continue;
    const level = LEVELS[word];
    if (!(need in NEEDS)) fault('access', `“${need}” is not one of ${Object.keys(NEEDS).join(', ')}`);
    else if (level === undefined) fault('access', `${need}: “${word}” is not one of ${Object.keys(LEVELS).join(', ')}`);
    else levels[need] = level;
  }
  return levels;
}

function amenitiesOf(given: unknown, fault: Complain): ListedCentre['amenities'] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((name: unknown) => {
    const known = AMENITIES[String(name)];
    if (known === undefined) fault('extra_services', `“${String(name)}” is not known`);
    return known === undefined ? [] : [{ kind: known.kind, name: { ru: String(name), en: known.en } }];
  });
}
