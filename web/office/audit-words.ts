import { dayInDigits } from '../../core/time/day-in-digits.ts';
import type { Language } from '../shared/language.tsx';
import { deeds, details as detailWords, subjects } from './messages/deeds.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was done, in words. */
export function deedInWords(action: string, language: Language): string {
  const words: Readonly<Record<string, string>> = deeds[language];
  return words[action] ?? action.replaceAll('-', ' ');
}

/** What an entry is about: `centre 84` by the centre's name, `person 90fb…` as a person, since nobody reads an id. */
export function subjectInWords(subject: string, language: Language, centres: ReadonlyMap<string, string>): string {
  const words: Readonly<Record<string, string>> = subjects[language];
  const [kind = '', ...rest] = subject.split(' ');
  const id = rest.join(' ');
  const named = kind === 'centre' ? (centres.get(id) ?? id) : UUID.test(id) ? '' : id;
  return `${words[kind] ?? kind} ${named}`.trim();
}

/** The particulars of a deed that say something to a reader: days as days, yes and no, and no ids. */
export function detailsInWords(details: Readonly<Record<string, unknown>>, language: Language): string {
  const words: Readonly<Record<string, string>> = detailWords[language];
  return Object.entries(details)
    .flatMap(([name, value]) => {
      const shown = valueInWords(value, language);
      return shown === '' ? [] : [`${words[name] ?? name}: ${shown}`];
    })
    .join('; ');
}

function valueInWords(value: unknown, language: Language): string {
  const words: Readonly<Record<string, string>> = detailWords[language];
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return words[value ? 'yes' : 'no'] ?? '';
  if (typeof value === 'object') {
    const parts = Array.isArray(value)
      ? value.map((one) => valueInWords(one, language))
      : [detailsInWords(value as Readonly<Record<string, unknown>>, language)];
    return parts.filter((part) => part !== '').join(', ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (UUID.test(text)) return '';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayInDigits(text) : (words[text] ?? text);
}
