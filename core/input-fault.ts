import { dayInWords } from './time/day-in-words.ts';
import { plural } from './language/plural.ts';

/** What is wrong with a value that was sent: for the sentence of a problem, and as data for programs. */
export type InputFault =
  | { readonly kind: 'choice'; readonly allowed: readonly string[] }
  | { readonly kind: 'missing' | 'unknown'; readonly names: readonly string[] }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'at-least' | 'at-most' | 'more-than' | 'multiple'; readonly limit: number }
  | { readonly kind: 'longer' | 'shorter' | 'more-items' | 'fewer-items'; readonly limit: number }
  | { readonly kind: 'date-span'; readonly from: string; readonly to: string }
  | { readonly kind: 'form'; readonly form: string | null }
  | { readonly kind: 'date' | 'uuid' | 'repeated' | 'twice' | 'unstorable' | 'too-deep' | 'out-of-range' | 'misfit' };

type Sentence = (fault: InputFault) => string;

/** The expected value, so that the reader can enter it. */
export const inputFaultWords: Readonly<Record<'ru' | 'en', Sentence>> = {
  ru: (fault) => {
    switch (fault.kind) {
      case 'choice':
        return `допустимо только: ${fault.allowed.join(', ')}`;
      case 'missing':
        return `не хватает: ${fault.names.join(', ')}`;
      case 'unknown':
        return `здесь не бывает: ${fault.names.join(', ')}`;
      case 'type':
        return `нужно значение вида «${TYPES_RU[fault.type] ?? fault.type}»`;
      case 'at-least':
        return `нужно число не меньше ${fault.limit}`;
      case 'at-most':
        return `нужно число не больше ${fault.limit}`;
      case 'more-than':
        return `нужно число больше ${fault.limit}`;
      case 'multiple':
        return `нужно число, кратное ${fault.limit}`;
      case 'longer':
        return fault.limit === 1
          ? 'нужно заполнить'
          : `нужно не менее ${plural('ru', fault.limit, { one: 'знака', other: 'знаков' })}`;
      case 'shorter':
        return `нужно не более ${plural('ru', fault.limit, { one: 'знака', other: 'знаков' })}`;
      case 'more-items':
        return `нужно не менее ${plural('ru', fault.limit, { one: 'строки', other: 'строк' })} списка`;
      case 'fewer-items':
        return `нужно не более ${plural('ru', fault.limit, { one: 'строки', other: 'строк' })} списка`;
      case 'form':
        return fault.form === null ? 'в тексте недопустимые знаки' : 'запись не по форме';
      case 'date-span':
        return `нужна дата с ${dayInWords(fault.from, 'ru')} по ${dayInWords(fault.to, 'ru')}`;
      default:
        return PLAIN_RU[fault.kind];
    }
  },
  en: (fault) => {
    switch (fault.kind) {
      case 'choice':
        return `must be one of: ${fault.allowed.join(', ')}`;
      case 'missing':
        return `must have ${fault.names.join(', ')}`;
      case 'unknown':
        return `must not have ${fault.names.join(', ')}`;
      case 'type':
        return `must be of the type ${fault.type}`;
      case 'at-least':
        return `must be at least ${fault.limit}`;
      case 'at-most':
        return `must be at most ${fault.limit}`;
      case 'more-than':
        return `must be more than ${fault.limit}`;
      case 'multiple':
        return `must be a multiple of ${fault.limit}`;
      case 'longer':
        return fault.limit === 1 ? 'must not be empty' : `must have at least ${fault.limit} characters`;
      case 'shorter':
        return `must have at most ${fault.limit} characters`;
      case 'more-items':
        return `must have at least ${fault.limit} items`;
      case 'fewer-items':
        return `must have at most ${fault.limit} items`;
      case 'form':
        return fault.form === null ? 'has characters that are not accepted' : `is not of the form: ${fault.form}`;
      case 'date-span':
        return `must be a date from ${dayInWords(fault.from, 'en')} to ${dayInWords(fault.to, 'en')}`;
      default:
        return PLAIN_EN[fault.kind];
    }
  },
};

type PlainKind = Extract<
  InputFault['kind'],
  'date' | 'uuid' | 'repeated' | 'twice' | 'unstorable' | 'too-deep' | 'out-of-range' | 'misfit'
>;

const PLAIN_RU: Readonly<Record<PlainKind, string>> = {
  date: 'нужна дата, которая есть в календаре, в виде ГГГГ-ММ-ДД',
  uuid: 'нужен идентификатор UUID',
  repeated: 'значение указано несколько раз, а нужно одно',
  twice: 'одинаковые строки в списке',
  unstorable: 'в тексте есть знаки, которые нельзя записать',
  'too-deep': 'слишком много вложенных уровней',
  'out-of-range': 'значение вне допустимых пределов',
  misfit: 'значение не подходит',
};

const PLAIN_EN: Readonly<Record<PlainKind, string>> = {
  date: 'must be a date of the calendar, YYYY-MM-DD',
  uuid: 'must be a UUID',
  repeated: 'is given several times, and must be given once',
  twice: 'must not have the same item twice',
  unstorable: 'text must be well-formed Unicode without NUL',
  'too-deep': 'is nested too deeply',
  'out-of-range': 'is out of range',
  misfit: 'does not fit',
};

const TYPES_RU: Readonly<Record<string, string>> = {
  string: 'строка',
  integer: 'целое число',
  number: 'число',
  boolean: 'да или нет (true, false)',
  object: 'объект',
  array: 'список',
  null: 'пусто (null)',
};
