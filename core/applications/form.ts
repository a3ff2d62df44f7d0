import { parseCivilDate } from '../time/civil.ts';
import { dayInDigits } from '../time/day-in-digits.ts';
import { type CheckedNumber, NUMBER_CHECKS } from './checks.ts';

type Words = { readonly ru: string; readonly en: string };

/** When something is asked for: a field has one of these answers. */
export interface Condition {
  readonly field: string;
  readonly is: readonly string[];
}

/** What a form asks. A field with a fact is filled from what is known already, and asked once in a package. */
export interface FormField {
  readonly name: string;
  readonly label: Words;
  readonly kind: 'text' | 'long' | 'number' | 'date' | 'choice' | 'yes-no' | 'phone' | 'email' | CheckedNumber;
  readonly optional?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: Words }[];
  /** The canonical fact that it is, such as `person.snils`. */
  readonly fact?: string;
  readonly when?: Condition;
}

export type Answers = Readonly<Record<string, string>>;

export type FieldFault = 'missing' | 'length' | 'checksum' | 'no-date' | 'no-number' | 'no-option' | 'no-contact';

/** True when a condition holds with these answers; without one it does. */
export function holds(when: Condition | undefined, answers: Answers): boolean {
  return when === undefined || when.is.includes(answers[when.field] ?? '');
}

/** The fields that are asked with these answers. What hangs on a field that is not asked is not asked either. */
export function askedFields(form: readonly FormField[], answers: Answers): FormField[] {
  const asked: FormField[] = [];
  for (const field of form) {
    const { when } = field;
    const isReachable = when === undefined || asked.some(({ name }) => name === when.field);
    if (isReachable && holds(when, answers)) asked.push(field);
  }
  return asked;
}

/** What somebody can answer at home; who he is stands in his documents, and is asked at the window. */
export function homeFields(form: readonly FormField[], answers: Answers): FormField[] {
  return askedFields(form, answers).filter(({ fact }) => fact?.startsWith('person.') !== true);
}

/** What is wrong with the answers: field by field, in the order of the form. */
export function formFaults(
  form: readonly FormField[],
  answers: Answers,
): { readonly field: string; readonly fault: FieldFault }[] {
  return askedFields(form, answers).flatMap((field) => {
    const fault = faultOf(field, (answers[field.name] ?? '').trim());
    return fault === null ? [] : [{ field: field.name, fault }];
  });
}

function faultOf(field: FormField, answer: string): FieldFault | null {
  if (answer === '') return field.optional === true ? null : 'missing';
  switch (field.kind) {
    case 'text':
    case 'long':
      return null;
    case 'number':
      return /^\d+([.,]\d+)?$/.test(answer) ? null : 'no-number';
    case 'date':
      return parseCivilDate(answer) === null ? 'no-date' : null;
    case 'choice':
      return (field.options ?? []).some(({ value }) => value === answer) ? null : 'no-option';
    case 'yes-no':
      return answer === 'yes' || answer === 'no' ? null : 'no-option';
    case 'phone':
      return answer.replaceAll(/\D/g, '').length >= 10 ? null : 'no-contact';
    case 'email':
      return /^\S+@\S+$/.test(answer) ? null : 'no-contact';
    default:
      return NUMBER_CHECKS[field.kind](answer);
  }
}

/** An answer as people read it: days with points, choices by their labels. */
export function shownAnswer({ kind, options = [] }: FormField, answer: string, language: 'ru' | 'en'): string {
  if (kind === 'date') return dayInDigits(answer);
  if (kind === 'yes-no') return YES_NO[language][answer as 'yes' | 'no'] ?? answer;
  return options.find(({ value }) => value === answer)?.label[language] ?? answer;
}

const YES_NO = { ru: { yes: 'да', no: 'нет' }, en: { yes: 'yes', no: 'no' } } as const;

/** The answers that known facts give, where nothing else has been written yet. */
export function filledFrom(form: readonly FormField[], facts: Answers, answers: Answers): Answers {
  const filled = form.flatMap(({ name, fact }) => {
    const known = fact === undefined ? undefined : facts[fact];
    return known === undefined || known === '' || (answers[name] ?? '') !== '' ? [] : [[name, known] as const];
  });
  return { ...answers, ...Object.fromEntries(filled) };
}

/** The facts that answers state. */
export function factsIn(form: readonly FormField[], answers: Answers): Answers {
  const stated = askedFields(form, answers).flatMap(({ name, fact }) => {
    const answer = answers[name] ?? '';
    return fact === undefined || answer === '' ? [] : [[fact, answer] as const];
  });
  return Object.fromEntries(stated);
}
