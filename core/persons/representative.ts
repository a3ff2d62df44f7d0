import type { CivilDate } from '../time/civil.ts';
import { isOfAge } from './dates.ts';
import { nameAndBirthKey, nameKey } from './names.ts';

/** What is known of a person, as forms name it (`person.surname`). */
type Known = Readonly<Record<string, unknown>>;

/**
 * Why one person cannot act for another: they are the same person, also in two records, or a child. Null: they can. A person whose birth is not
 * known counts as an adult.
 */
export function representativeFault(
  applicant: Known,
  representative: Known,
  today: CivilDate,
): RepresentativeFault | null {
  if (isSamePerson(applicant, representative)) return 'own-representative';
  const birth = textIn(representative, 'birth');
  return birth !== '' && !isOfAge(birth, today) ? 'representative-under-age' : null;
}

export type RepresentativeFault = 'own-representative' | 'representative-under-age';

/** Numbers that only one person has; else the name, however it was written, with the date of birth. */
function isSamePerson(one: Known, other: Known): boolean {
  for (const number of ['snils', 'inn', 'passport']) {
    const [first, second] = [textIn(one, number), textIn(other, number)].map((text) =>
      text.replaceAll(/[^\p{L}\p{N}]/gu, ''),
    );
    if (first !== '' && first === second) return true;
    if (first !== '' && second !== '') return false;
  }
  const key = (known: Known) => {
    const [surname, name, patronymic] = ['surname', 'name', 'patronymic'].map((part) => textIn(known, part));
    return `${nameAndBirthKey({ surname, name }, textIn(known, 'birth'))}|${nameKey(patronymic ?? '')}`;
  };
  return textIn(one, 'birth') !== '' && key(one) === key(other);
}

function textIn(known: Known, name: string): string {
  const value = known[`person.${name}`];
  return typeof value === 'string' ? value : '';
}
