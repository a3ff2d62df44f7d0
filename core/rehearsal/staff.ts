import type { RehearsalCity } from './frozen-city.ts';
import type { Specialist } from './day-to-rehearse.ts';

/** The people of a rehearsal, as a file says it. What is left out: everybody knows everything, at usual speed, without a break. */
export interface Staff {
  readonly version: 1;
  readonly specialists: readonly {
    readonly speed?: number;
    readonly breaks?: Specialist['breaks'];
    /** The classes of the city that the specialist serves; left out: all. */
    readonly knows?: readonly string[];
  }[];
  /** The share of called visitors who do not come (0 to 1). */
  readonly noShow?: number;
  /** From the call to the beginning of the service. */
  readonly walkSeconds?: number;
}

const VERSION = 1;
const FIELDS = new Set(['version', 'specialists', 'noShow', 'walkSeconds']);

/** Reads a staff from whatever a file says. Gives it, or what is wrong with it, field by field. */
export function readStaff(value: unknown, city: RehearsalCity): Staff | { readonly faults: readonly string[] } {
  const staff = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Staff, unknown>>;
  const faults = Object.keys(staff).flatMap((name) => (FIELDS.has(name) ? [] : [`${name}: there is no such field`]));
  const { version, specialists, noShow = 0, walkSeconds = 0 } = staff;
  if (version !== VERSION)
    faults.push(
      version === undefined
        ? `version: is missing; version ${VERSION} is read here`
        : `version: this is a file of version ${String(version)}; version ${VERSION} is read here`,
    );
  if (!isWithin(noShow, 0, 0.9)) faults.push('noShow: must be a share from 0 to 0.9');
  if (!isWithin(walkSeconds, 0, 600)) faults.push('walkSeconds: must be 0 to 600 seconds');
  if (!Array.isArray(specialists) || specialists.length === 0)
    return { faults: [...faults, 'specialists: must be a list of people'] };
  const people = specialists as Staff['specialists'];
  people.forEach((person, index) => faults.push(...personFaults(person, `specialists[${index}]`, city)));
  for (const { classId } of city.classes) {
    if (!people.some(({ knows }) => knows === undefined || knows.includes(classId)))
      faults.push(`specialists: nobody knows “${classId}”`);
  }
  return faults.length > 0 ? { faults } : (value as Staff);
}

function personFaults(
  { speed = 1, breaks = [], knows = [] }: Staff['specialists'][number],
  where: string,
  city: RehearsalCity,
) {
  const faults: string[] = [];
  if (!isWithin(speed, 0.1, 10)) faults.push(`${where}.speed: must be 0.1 to 10, and 1 is usual`);
  breaks.forEach(({ from, minutes }, index) => {
    if (!isWithin(from, city.opens, city.closes))
      faults.push(`${where}.breaks[${index}].from: must be a minute of the day while the doors are open`);
    if (!isWithin(minutes, 1, 240)) faults.push(`${where}.breaks[${index}].minutes: must be 1 to 240`);
  });
  for (const classId of knows) {
    if (!city.classes.some((one) => one.classId === classId))
      faults.push(`${where}.knows: there is no “${classId}” in ${city.name}`);
  }
  return faults;
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}
