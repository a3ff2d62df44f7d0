import { birthFault, type DateFault, isDay, issueFault, pastFault } from '../persons/dates.ts';
import { isEmail, tidyEmail } from '../persons/emails.ts';
import { isName, tidyName } from '../persons/names.ts';
import { type CheckedNumber, digitsOf, NUMBER_CHECKS, type NumberFault } from '../persons/numbers.ts';
import { type PhoneFault, readPhone } from '../persons/phones.ts';
import { tidyLines, tidyText } from '../persons/written.ts';
import type { CivilDate } from '../time/civil.ts';
import { dayInDigits } from '../time/day-in-digits.ts';

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

export type FieldFault =
  | 'missing'
  | 'no-number'
  | 'no-option'
  | 'no-contact'
  | 'no-name'
  | 'outdated'
  | NumberFault
  | DateFault
  | PhoneFault;

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

/** Fields that an applicant can answer at home. Their identity is in their documents, and is asked at the window. */
export function homeFields(form: readonly FormField[], answers: Answers): FormField[] {
  return askedFields(form, answers).filter(({ fact }) => fact?.startsWith('person.') !== true);
}

/** What is wrong with the answers on a day: field by field, in the order of the form. */
export function formFaults(
  form: readonly FormField[],
  answers: Answers,
  today: CivilDate,
): { readonly field: string; readonly fault: FieldFault }[] {
  const asked = askedFields(form, answers);
  return asked.flatMap((field) => {
    const answer = (answers[field.name] ?? '').trim();
    const fault =
      faultOf(field, answer) ?? (field.kind === 'date' ? dayFault(field, answer, asked, answers, today) : null);
    return fault === null ? [] : [{ field: field.name, fault }];
  });
}

function faultOf(field: FormField, answer: string): FieldFault | null {
  if (answer === '') return field.optional === true ? null : 'missing';
  switch (field.kind) {
    case 'text':
      return isNameField(field) && !isName(answer) ? 'no-name' : null;
    case 'long':
      return null;
    case 'number':
      return /^\d+([.,]\d+)?$/.test(answer) ? null : 'no-number';
    case 'date':
      return isDay(answer) ? null : 'no-date';
    case 'choice':
      return (field.options ?? []).some(({ value }) => value === answer) ? null : 'no-option';
    case 'yes-no':
      return answer === 'yes' || answer === 'no' ? null : 'no-option';
    case 'phone': {
      const read = readPhone(answer);
      return 'fault' in read ? read.fault : null;
    }
    case 'email':
      return isEmail(answer) ? null : 'no-contact';
    default:
      return NUMBER_CHECKS[field.kind](answer);
  }
}

/** What is wrong on a day with the days among answers that are written already; what is not answered yet is not asked for. */
export function writtenDayFaults(
  form: readonly FormField[],
  answers: Answers,
  today: CivilDate,
): { readonly field: string; readonly fault: FieldFault }[] {
  return form.flatMap((field) => {
    const day = (answers[field.name] ?? '').trim();
    if (field.kind !== 'date' || day === '') return [];
    const fault = faultOf(field, day) ?? dayFault(field, day, form, answers, today);
    return fault === null ? [] : [{ field: field.name, fault }];
  });
}

/** Days of which it is known what they are: by the fact that the field states. Of the others it is only known that they are days. */
function dayFault(
  { fact = '' }: FormField,
  day: string,
  asked: readonly FormField[],
  answers: Answers,
  today: CivilDate,
): DateFault | null {
  if (day === '') return null;
  const [whose, what = ''] = fact.split('.');
  const bornField = asked.find((field) => field.fact === `${whose}.birth`);
  const born = bornField === undefined ? '' : (answers[bornField.name] ?? '');
  if (what === 'birth') return birthFault(day, today);
  if (what === 'passportIssuedOn') return issueFault({ kind: 'passport', issuedOn: day }, born, today);
  if (/^(died|issuedOn|.*IssuedOn)$/.test(what)) return pastFault(day, today, isDay(born) ? born : undefined);
  return null;
}

/** True for a field that asks for a person's name. */
function isNameField({ fact = '' }: FormField): boolean {
  return /\.(surname|name|fullName|patronymic|newSurname|newName)$/.test(fact);
}

/** The answers as they are kept: each in the normal form of its kind; what is empty, and what the form does not ask for, is left out. What is wrong stays as it was typed. */
export function tidyAnswers(form: readonly FormField[], answers: Answers): Answers {
  const fields = new Map(form.map((field) => [field.name, field]));
  const kept = Object.entries(answers).flatMap(([name, text]) => {
    const field = fields.get(name);
    return field === undefined ? [] : [[name, tidyAnswer(field, text)] as const];
  });
  return Object.fromEntries(kept.filter(([, text]) => text !== ''));
}

function tidyAnswer(field: FormField, text: string): string {
  if (field.kind === 'long') return tidyLines(text);
  if (isNameField(field)) return tidyName(text);
  if (field.kind === 'email') return tidyEmail(text);
  if (field.kind in NUMBER_CHECKS) return digitsOf(text);
  const read = field.kind === 'phone' ? readPhone(text) : null;
  return read !== null && 'phone' in read ? read.phone : tidyText(text);
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

/** A field that has to be answered otherwise, with the words that people know it by. */
export interface FaultyField {
  readonly field: string;
  readonly fault: FieldFault;
  readonly label: FormField['label'];
}

/** What is wrong, field by field, with the labels of the fields. */
export function fieldsAtFault(
  fields: readonly FormField[],
  faults: readonly { readonly field: string; readonly fault: FieldFault }[],
): FaultyField[] {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  return faults.map(({ field, fault }) => ({ field, fault, label: labels.get(field) as FormField['label'] }));
}
