import type { CivilDate } from '../time/civil.ts';
import { birthFault, type DateFault, expiryFault, issueFault, untilFault } from './dates.ts';
import { isEmail, tidyEmail } from './emails.ts';
import { fullNameOf, isName, type NameFault, tidyName, tidyOptionalName } from './names.ts';
import { digitsOf, documentKey, type NumberFault, NUMBER_CHECKS } from './numbers.ts';
import { type PhoneFault, readPhone } from './phones.ts';
import { tidyText } from './written.ts';

type Words = { readonly ru: string; readonly en: string };

export interface IdentityDocument {
  readonly kind: string;
  readonly number: string;
  readonly issuedOn: CivilDate;
  readonly issuedBy?: string | undefined;
  readonly validUntil?: CivilDate | undefined;
}

/** A person's identity, as it was typed. */
export interface WrittenIdentity {
  readonly surname?: string | undefined;
  readonly name?: string | undefined;
  readonly patronymic?: string | undefined;
  readonly birth: CivilDate;
  readonly birthPlace?: string | undefined;
  readonly citizenship?: string | undefined;
  readonly snils?: string | undefined;
  readonly inn?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly address?: string | undefined;
  readonly documents: readonly IdentityDocument[];
}

/** The documents by which people are known; each other one is `other`. A kind that is misspelt would slip past the check of its number. */
export const DOCUMENT_KINDS = [
  'passport',
  'foreign-passport',
  'diplomatic-passport',
  'service-passport',
  'birth-certificate',
  'temporary-identity-card',
  'military-card',
  'seafarer-identity',
  'alien-passport',
  'residence-permit',
  'temporary-residence-permit',
  'refugee-certificate',
  'temporary-asylum',
  'stateless-identity',
  'other',
] as const;

function isDocumentKind(kind: string): boolean {
  return (DOCUMENT_KINDS as readonly string[]).includes(kind);
}

export type IdentityFault = NumberFault | DateFault | PhoneFault | NameFault | 'no-contact' | 'no-kind';

/** What is wrong, and where: `birth`, `documents.0.issuedOn`. */
export interface FaultOfIdentity {
  readonly field: string;
  readonly label: Words;
  readonly fault: IdentityFault;
}

const LABELS = {
  surname: { ru: 'Фамилия или имя', en: 'Surname or name' },
  onlySurname: { ru: 'Фамилия', en: 'Surname' },
  name: { ru: 'Имя', en: 'First name' },
  patronymic: { ru: 'Отчество', en: 'Patronymic' },
  birth: { ru: 'Дата рождения', en: 'Date of birth' },
  snils: { ru: 'СНИЛС', en: 'Insurance number (SNILS)' },
  inn: { ru: 'ИНН', en: 'Taxpayer’s number (INN)' },
  phone: { ru: 'Телефон', en: 'Telephone' },
  email: { ru: 'Электронная почта', en: 'E-mail' },
  passport: { ru: 'Паспорт', en: 'Passport' },
  kind: { ru: 'Вид документа', en: 'Kind of document' },
  issuedOn: { ru: 'Дата выдачи', en: 'Issued on' },
  validUntil: { ru: 'Действует до', en: 'Valid until' },
} as const satisfies Readonly<Record<string, Words>>;

/** An identity as it is kept: every part in its normal form; what is empty is left out. What is wrong stays as it was typed. */
export function tidyIdentity<One extends WrittenIdentity>(written: One): One {
  const { surname = '', name = '', patronymic = '', snils, inn, phone, email, documents } = written;
  const texts = { birthPlace: written.birthPlace, citizenship: written.citizenship, address: written.address };
  const tidy = {
    ...written,
    ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text && tidyText(text)])),
    surname: tidyOptionalPart(surname, name),
    name: tidyOptionalPart(name, surname),
    patronymic: tidyOptionalName(patronymic),
    snils: snils && digitsOf(snils),
    inn: inn && digitsOf(inn),
    phone: phone && phoneKept(phone),
    email: email && tidyEmail(email),
    documents: documents.map((one) => ({
      ...one,
      number: one.kind === 'passport' ? digitsOf(one.number) : tidyText(one.number),
      ...(one.issuedBy === undefined ? {} : { issuedBy: tidyText(one.issuedBy) }),
    })),
  };
  return Object.fromEntries(Object.entries(tidy).filter(([, value]) => value !== '' && value !== undefined)) as One;
}

/** For a person with one name the other part is often written as a dash, which is not a name. A name that is the only one is never taken away. */
function tidyOptionalPart(part: string, other: string): string {
  return isName(tidyName(other)) ? tidyOptionalName(part) : tidyName(part);
}

function phoneKept(text: string): string {
  const read = readPhone(text);
  return 'phone' in read ? read.phone : tidyText(text);
}

/**
 * What is wrong with an identity on a day, part by part. `known`: documents that are written down already; they may have run out since,
 * and are not asked again.
 */
export function identityFaults(
  identity: WrittenIdentity,
  today: CivilDate,
  known: readonly IdentityDocument[] = [],
): FaultOfIdentity[] {
  const { surname, name, patronymic, birth, snils, inn, phone, email, documents } = identity;
  const faults: FaultOfIdentity[] = [];
  const note = (field: string, label: Words, fault: IdentityFault | null) => {
    if (fault !== null) faults.push({ field, label, fault });
  };
  if (!isName(fullNameOf(identity))) note('surname', LABELS.surname, 'no-name');
  else {
    note('surname', LABELS.onlySurname, partFault(surname));
    note('name', LABELS.name, partFault(name));
    note('patronymic', LABELS.patronymic, partFault(patronymic));
  }
  note('birth', LABELS.birth, birthFault(birth, today));
  if (snils !== undefined) note('snils', LABELS.snils, NUMBER_CHECKS.snils(snils));
  if (inn !== undefined) note('inn', LABELS.inn, NUMBER_CHECKS.inn(inn));
  if (phone !== undefined) note('phone', LABELS.phone, phoneFault(phone));
  if (email !== undefined && !isEmail(email)) note('email', LABELS.email, 'no-contact');
  const before = new Set(known.map(keyOf));
  documents.forEach((one, index) => {
    const at = `documents.${index}`;
    if (one.kind === 'passport') note(`${at}.number`, LABELS.passport, NUMBER_CHECKS.passport(one.number));
    if (before.has(keyOf(one))) return;
    if (!isDocumentKind(one.kind)) note(`${at}.kind`, LABELS.kind, 'no-kind');
    note(`${at}.issuedOn`, LABELS.issuedOn, issueFault(one, birth, today));
    if (one.validUntil !== undefined)
      note(`${at}.validUntil`, LABELS.validUntil, untilFault(one.validUntil, today, one.issuedOn));
  });
  return faults;
}

/** A part of a name that is there has letters: a sign of something else is no name, and is not left out without a word. */
function partFault(part = ''): NameFault | null {
  return part === '' || isName(part) ? null : 'no-letters';
}

function keyOf({ kind, number, issuedOn, validUntil = '' }: IdentityDocument): string {
  return [kind, documentKey(number), issuedOn, validUntil].join('|');
}

function phoneFault(text: string): PhoneFault | null {
  const read = readPhone(text);
  return 'fault' in read ? read.fault : null;
}

/**
 * True when a person has shown documents with a term and none of them is in force on a day: by the date in it or, of a
 * citizen’s passport, by the age at which it has to be changed.
 */
export function isIdentityExpired(
  { birth, documents }: Pick<WrittenIdentity, 'birth' | 'documents'>,
  today: CivilDate,
): boolean {
  return documents.length > 0 && documents.every((one) => expiryFault(one, birth, today) === 'expired');
}

/** True for a number of a document that is written where there is none: «б/н», «-», zeros. It says nothing of whose it is, and links nobody. */
export function isNoNumber(number: string): boolean {
  const key = documentKey(number);
  const digits = key.replaceAll(/\D/g, '');
  return digits === '' || /^(\d)\1*$/.test(digits);
}
