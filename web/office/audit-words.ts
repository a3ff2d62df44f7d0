import { RIGHTS } from '../../core/access/roles.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { drinks } from '../../core/problem-words.ts';
import { actions, subjects } from './messages/actions.ts';
import { particulars } from './messages/particulars.ts';

type Language = keyof typeof actions;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was done, in words. */
export function actionInWords(action: string, language: Language): string {
  return own<string>(actions[language], action) ?? action.replaceAll('-', ' ');
}

/** What things are called, by what the log calls them: `centre 84`, `service foreign-passport`. */
export type Names = ReadonlyMap<string, string>;

/**
 * What an entry is about: `centre 84` by the centre's name, `account 90fb…` by the name that goes with it (`name`), `person 90fb…` as a
 * person, since nobody reads an id.
 */
export function subjectInWords(subject: string, language: Language, names: Names, name: string | null = null): string {
  const [kind = '', id = '', ...rest] = subject.split(' ');
  const about = own<string>(subjects[language], kind) ?? own(drinks, kind)?.[language] ?? kind;
  const way = wordOf([id, ...rest].join(' '), language);
  if (way !== undefined) return `${about} ${way}`;
  const called = name ?? names.get(`${kind} ${id}`) ?? (UUID.test(id) ? '' : id);
  return [about, called, ...rest.map(partInWords)].filter((part) => part !== '').join(' ');
}

function partInWords(text: string): string {
  return UUID.test(text) ? '' : DAY.test(text) ? dayInDigits(text) : text;
}

/** The details of an action that mean something to a reader: days as days, yes and no, names for what has one, and no ids. */
export function detailsInWords(details: Readonly<Record<string, unknown>>, language: Language, names: Names): string {
  return Object.entries(details)
    .flatMap(([name, value]) => {
      const kind = name === 'includes' ? 'role' : name.replace(/Id$/, '');
      const shown = valueInWords(value, kind, language, names);
      return shown === '' ? [] : [`${wordOf(name, language) ?? name}: ${shown}`];
    })
    .join('; ');
}

function valueInWords(value: unknown, named: string, language: Language, names: Names): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return wordOf(value ? 'yes' : 'no', language) ?? '';
  const { kind, id } = value as { readonly kind?: unknown; readonly id?: unknown };
  if (typeof kind === 'string' && typeof id === 'string') return subjectInWords(`${kind} ${id}`, language, names);
  if (typeof value === 'object') {
    const parts = Array.isArray(value)
      ? value.map((one) => valueInWords(one, named, language, names))
      : [detailsInWords(value as Readonly<Record<string, unknown>>, language, names)];
    return parts.filter((part) => part !== '').join(', ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return names.get(`${named} ${text}`) ?? wordOf(text, language) ?? own(RIGHTS, text)?.[language] ?? partInWords(text);
}

function wordOf(name: string, language: Language): string | undefined {
  return own(particulars, name)?.[language];
}

/** A table's own word; a name such as `constructor` has none. */
function own<Word>(table: Readonly<Record<string, Word>>, name: string): Word | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
