import type { Identity } from '../../../contract/persons.ts';
import { fullNameOf } from '../../../core/persons/names.ts';

/** The canonical facts that a record of a person states: forms are filled in with them. */
export function factsOf(identity: Identity): Readonly<Record<string, string>> {
  const {
    surname,
    name,
    patronymic = '',
    birth,
    birthPlace,
    sex,
    citizenship,
    snils,
    inn,
    phone,
    email,
    address,
  } = identity;
  const passport = identity.documents.find(({ kind }) => kind === 'passport');
  const facts: Record<string, string | undefined> = {
    'person.surname': surname,
    'person.name': name,
    'person.patronymic': patronymic,
    'person.fullName': fullNameOf(identity),
    'person.birth': birth,
    'person.birthPlace': birthPlace,
    'person.sex': sex,
    'person.citizenship': citizenship,
    'person.snils': snils,
    'person.inn': inn,
    'person.phone': phone,
    'person.email': email,
    'person.address': address,
    'person.passport': passport?.number,
    'person.passportIssuedOn': passport?.issuedOn,
    'person.passportIssuedBy': passport?.issuedBy,
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) => (value === undefined || value === '' ? [] : [[fact, value]])),
  );
}
