import type { CivilDate } from '../time/civil.ts';
import { addMonths, dateOfDayNumber, dayNumberOf } from '../time/day-number.ts';

/** What is wrong with a date of a person or of a document. */
export type DateFault =
  | 'no-date'
  | 'in-future'
  | 'too-early'
  | 'before-birth'
  | 'before-age'
  | 'before-issue'
  | 'expired'
  | 'too-late';

/** Nobody who comes was born before; a date from before is a slip of the hand. */
export const EARLIEST = '1900-01-01' as CivilDate;
/** Documents that are in force for ever are written with no end, or with one that nobody will see. */
const LATEST = '2199-12-31' as CivilDate;

const PASSPORT_FROM_AGE = 14;
/** Article 21 of the Civil Code. */
const ADULT_AGE = 18;
/** A citizen’s passport is changed at 20 and at 45 (Regulation 828 of 1997, since 2023 Government decree 2267); the old one is good for 90 days more. */
const PASSPORT_AGES = [20, 45] as const;
const PASSPORT_GRACE_DAYS = 90;

/** A date of birth: not in the future, and not before 1900. */
export function birthFault(birth: string, today: CivilDate): DateFault | null {
  if (!isDay(birth)) return 'no-date';
  if (birth > today) return 'in-future';
  return birth < EARLIEST ? 'too-early' : null;
}

/** A day on which something happened to a person: not in the future, not before their birth. */
export function pastFault(day: string, today: CivilDate, birth?: string): DateFault | null {
  if (!isDay(day)) return 'no-date';
  if (day > today) return 'in-future';
  if (day < EARLIEST) return 'too-early';
  return birth !== undefined && isDay(birth) && day < birth ? 'before-birth' : null;
}

/** A day until which something is in force: it has to come yet, or be today. */
export function untilFault(until: string, today: CivilDate, issuedOn?: string): DateFault | null {
  if (!isDay(until)) return 'no-date';
  if (issuedOn !== undefined && isDay(issuedOn) && until < issuedOn) return 'before-issue';
  if (until > LATEST) return 'too-late';
  return until < today ? 'expired' : null;
}

/** A person's document, with the dates in it. */
export interface DatedDocument {
  readonly kind: string;
  readonly issuedOn: string;
  readonly validUntil?: string | undefined;
}

/**
 * The fault of a document's date of issue. A citizen’s passport is given from fourteen on. Whether it is
 * still in force is `expiryFault`.
 */
export function issueFault({ kind, issuedOn }: DatedDocument, birth: string, today: CivilDate): DateFault | null {
  const fault = pastFault(issuedOn, today, birth);
  if (fault !== null || kind !== 'passport' || !isDay(birth)) return fault;
  return issuedOn < birthday(birth, PASSPORT_FROM_AGE) ? 'before-age' : null;
}

/** `expired` for a document that is not in force on a day: by the date in it, or by the law where it has none. */
export function expiryFault(document: DatedDocument, birth: string, today: CivilDate): DateFault | null {
  const { kind, issuedOn, validUntil } = document;
  if (validUntil !== undefined) {
    const fault = untilFault(validUntil, today, issuedOn);
    if (fault !== null) return fault;
  }
  if (kind !== 'passport' || !isDay(birth) || !isDay(issuedOn)) return null;
  return today > passportGoodUntil(birth, issuedOn as CivilDate) ? 'expired' : null;
}

/** The last day on which a citizen’s passport is good; for one that was given at 45 or later there is none, and LATEST is given. */
export function passportGoodUntil(birth: string, issuedOn: CivilDate): CivilDate {
  const age = PASSPORT_AGES.find((one) => issuedOn < birthday(birth, one));
  if (age === undefined) return LATEST;
  return dateOfDayNumber(dayNumberOf(birthday(birth, age)) + PASSPORT_GRACE_DAYS);
}

/** The day on which a person reaches an age; for a person born on 29 February, the last day of February in other years. */
function birthday(birth: string, age: number): CivilDate {
  return dateOfDayNumber(addMonths(dayNumberOf(birth as CivilDate), age * 12));
}

/** True from the eighteenth birthday on. */
export function isOfAge(birth: string, today: CivilDate): boolean {
  return isDay(birth) && birthday(birth, ADULT_AGE) <= today;
}

/** True for a day that is in the calendar. */
export function isDay(text: string): text is CivilDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOfDayNumber(dayNumberOf(text as CivilDate)) === text;
}
