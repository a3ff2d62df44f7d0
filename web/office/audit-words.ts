import { RIGHTS } from '../../core/access/roles.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import type { Language } from '../shared/language.tsx';
import { actions, details as detailWords, subjects } from './messages/deeds.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was done, in words. */
export function deedInWords(action: string, language: Language): string {
  const words: Readonly<Record<string, string>> = actions[language];
  return words[action] ?? action.replaceAll('-', ' ');
}

/** What things are called, by what the log calls them: `centre 84`, `service foreign-passport`. */
export type Names = ReadonlyMap<string, string>;

/**
 * What an entry is about: `centre 84` by the centre's name, `account 90fb…` by the name that goes with it (`name`), `person 90fb…` as a
 * person, since nobody reads an id.
 */
export function subjectInWords(subject: string, language: Language, names: Names, name: string | null = null): string {
  const words: Readonly<Record<string, string>> = subjects[language];
  const [kind = '', id = '', ...rest] = subject.split(' ');
  const called = name ?? names.get(`${kind} ${id}`) ?? (UUID.test(id) ? '' : id);
  return [words[kind] ?? kind, called, ...rest.map(partInWords)].filter((part) => part !== '').join(' ');
}

function partInWords(text: string): string {
  return UUID.test(text) ? '' : DAY.test(text) ? dayInDigits(text) : text;
}

/** The details of an action that mean something to a reader: days as days, yes and no, names for what has one, and no ids. */
export function detailsInWords(details: Readonly<Record<string, unknown>>, language: Language, names: Names): string {
  const words: Readonly<Record<string, string>> = detailWords[language];
  return Object.entries(details)
    .flatMap(([name, value]) => {
      const named = names.get(`${name.replace(/Id$/, '')} ${String(value)}`);
      const shown = named ?? valueInWords(value, language, names);
      return shown === '' ? [] : [`${words[name] ?? name}: ${shown}`];
    })
    .join('; ');
}

function valueInWords(value: unknown, language: Language, names: Names): string {
  const words: Readonly<Record<string, string>> = detailWords[language];
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return words[value ? 'yes' : 'no'] ?? '';
  const { kind, id } = value as { readonly kind?: unknown; readonly id?: unknown };
  if (typeof kind === 'string' && typeof id === 'string') return subjectInWords(`${kind} ${id}`, language, names);
  if (typeof value === 'object') {
    const parts = Array.isArray(value)
      ? value.map((one) => valueInWords(one, language, names))
      : [detailsInWords(value as Readonly<Record<string, unknown>>, language, names)];
    return parts.filter((part) => part !== '').join(', ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const right: Partial<Record<string, { readonly ru: string; readonly en: string }>> = RIGHTS;
  return words[text] ?? right[text]?.[language] ?? partInWords(text);
}
