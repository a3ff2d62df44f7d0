import type { Identity } from '../../../contract/persons.ts';
import { isNoNumber } from '../../../core/persons/identity.ts';
import { fullNameOf, isName, nameAndBirthKey, tidyName } from '../../../core/persons/names.ts';
import { digitsOf, documentKey, NUMBER_CHECKS } from '../../../core/persons/numbers.ts';
import { readPhone } from '../../../core/persons/phones.ts';
import { refuse } from '../../../core/problems.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Mark } from './queries.ts';

/** In which form marks are made now. */
export const MARKS_FORM = 2;

/** How persons are found: by one of their marks. */
export type SearchBy =
  | { readonly snils: string }
  | { readonly document: { readonly kind: string; readonly number: string } }
  | { readonly surname?: string; readonly name?: string; readonly birth: string };

/** A mark, and whether only one person can have it. */
export interface PersonMark extends Mark {
  readonly isOnesOwn: boolean;
}

/** The marks of a person, in today's form. A number that is no number is no mark, and one from a sample links nobody. */
export function marksOf(vault: Vault, identity: Identity): PersonMark[] {
  const { snils, inn, phone, birth, documents } = identity;
  const mark = (kind: Mark['kind'], text: string, isOnesOwn = false): PersonMark => ({
    kind,
    hash: vault.mark(kind, text),
    isOnesOwn,
  });
  const owned = (kind: 'snils' | 'inn', text: string | undefined) =>
    text === undefined || isZero(text) ? [] : [mark(kind, digitsOf(text), NUMBER_CHECKS[kind](text) !== 'placeholder')];
  const read = phone === undefined ? null : readPhone(phone);
  return [
    ...owned('snils', snils),
    ...owned('inn', inn),
    ...documents
      .filter(({ number }) => !isZero(number))
      .map((one) => mark('document', documentText(one), !isNoNumber(one.number))),
    mark('name-and-birth', nameAndBirthKey(identity, birth)),
    ...(read !== null && 'phone' in read ? [mark('phone', read.phone)] : []),
  ];
}

/**
 * The marks by which a person is searched for: in today's form, and in the form before it. A former name has a mark of before, and it is
 * not known any more what it was made of. Throws `number-faulty`, and `identity-faulty` where no name was given.
 */
export function marksAskedFor(vault: Vault, by: SearchBy): readonly [Mark, ...Mark[]] {
  const marks = (kind: Mark['kind'], text: string, ...before: readonly string[]): readonly [Mark, ...Mark[]] => {
    const older = [...new Set(before)].filter((one) => one !== text);
    return [{ kind, hash: vault.mark(kind, text) }, ...older.map((one) => ({ kind, hash: vault.mark(kind, one) }))];
  };
  if ('snils' in by) {
    const reason = NUMBER_CHECKS.snils(by.snils);
    if (reason !== null) refuse('number-faulty', { field: 'СНИЛС', name: 'snils', reason });
    return marks('snils', digitsOf(by.snils));
  }
  if ('document' in by) {
    const { kind, number } = by.document;
    return marks('document', documentText(by.document), `${kind}|${formerDigits(number).toUpperCase()}`);
  }
  if (!isName(fullNameOf(by)))
    refuse('identity-faulty', { fields: [{ field: 'surname', label: NAME_LABEL, fault: 'no-name' }] });
  const { surname = '', name = '', birth } = by;
  return marks(
    'name-and-birth',
    nameAndBirthKey(by, birth),
    formerNameText(surname, name, birth),
    formerNameText(tidyName(surname), tidyName(name), birth),
  );
}

const NAME_LABEL = { ru: 'Фамилия или имя', en: 'Surname or name' };

function documentText({ kind, number }: { readonly kind: string; readonly number: string }): string {
  return `${kind}|${documentKey(number)}`;
}

/** True where nothing but zeros or no digit at all was written. */
function isZero(number: string): boolean {
  return /^0*$/.test(documentKey(number).replaceAll(/\D/g, ''));
}

/** What marks of form 1 were made of. */
function formerNameText(surname: string, name: string, birth: string): string {
  return `${surname}|${name}|${birth}`.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ');
}

function formerDigits(text: string): string {
  return text.replaceAll(/[\s.\-–—№]/g, '');
}
