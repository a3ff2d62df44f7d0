import { field, paper, query } from './make.ts';

/** Documents and fields that many services ask for. */
export const PASSPORT = paper('passport', 'Паспорт', 'Passport', { copies: 1 });
export const FORM = paper('application', 'Заявление: заполнит специалист', 'Application: the specialist fills it in', {
  broughtBy: 'centre',
  original: 'handed-over',
});
export const PHOTO = paper('photo', 'Фотографии 35 × 45 мм, две', 'Two photographs, 35 × 45 mm', {
  original: 'handed-over',
});
export const SNILS = paper('snils', 'СНИЛС', 'Insurance number', { need: 'if-present' });
export const BIRTH_CERTIFICATE = paper('birth-certificate', 'Свидетельство о рождении', 'Birth certificate', {
  copies: 1,
});
export const MARRIAGE_CERTIFICATE = paper('marriage-certificate', 'Свидетельство о браке', 'Marriage certificate', {
  need: 'if-present',
  copies: 1,
});
export const DEATH_CERTIFICATE = paper('death-certificate', 'Свидетельство о смерти', 'Death certificate', {
  copies: 1,
});
export const NEW_PASSPORT = paper('new-passport', 'Новый паспорт', 'The new passport', { copies: 1 });
export const MANDATE = paper(
  'mandate',
  'Доверенность, если действует представитель',
  'Power of attorney, if someone acts for you',
  {
    need: 'if-present',
  },
);
export const INCOME = paper('income', 'Доходы семьи', 'The family’s income');
export const RIGHT = paper(
  'right',
  'Право на жильё, если его нет в реестре',
  'Title to the home, if not in the registry',
  {
    need: 'if-present',
  },
);

/** What agencies have themselves, and are asked for. */
export const HOME_IN_REGISTRY = query(
  'home-in-registry',
  'Права на жильё по реестру недвижимости',
  'Rights to the home by the property registry',
  'rosreestr',
);
export const INCOME_OF_TAXES = query(
  'income-of-taxes',
  'Доходы по данным налоговой',
  'Income by the tax service',
  'fns',
);
export const PENSION = query('pension-of-fund', 'Пенсия и пособия', 'Pension and benefits', 'sfr');
export const BIRTH_RECORD = query('birth-record', 'Записи о рождении детей', 'Records of the births', 'zags');
export const LIVES_HERE = query('lives-here', 'Регистрация в городе', 'Registration in the city', 'mvd');
export const VEHICLE = query('vehicle', 'Регистрация автомобиля', 'Registration of the car', 'gibdd');

/** The applicant, as on every form; all of it is in the record of the person. */
export const APPLICANT = [
  field('fullName', 'ФИО', 'Full name', { fact: 'person.fullName' }),
  field('birth', 'Дата рождения', 'Date of birth', { kind: 'date', fact: 'person.birth' }),
  field('passport', 'Паспорт: серия и номер', 'Passport number', { kind: 'passport', fact: 'person.passport' }),
];
export const ADDRESS = field('address', 'Адрес по месту жительства', 'Home address', { fact: 'person.address' });
export const SNILS_FIELD = field('snils', 'СНИЛС', 'Insurance number', { kind: 'snils', fact: 'person.snils' });
export const ACCOUNT = [
  field('account', 'Счёт для выплаты', 'Account for the payment', { fact: 'bank.account' }),
  field('bic', 'БИК банка', 'Bank code (BIC)', { fact: 'bank.bic' }),
];
export const CHILD = [
  field('childName', 'ФИО ребёнка', 'Full name of the child', { fact: 'child.fullName' }),
  field('childBirth', 'Дата рождения ребёнка', 'Date of birth of the child', { kind: 'date', fact: 'child.birth' }),
];
export const CHILD_RECORD = field('childRecord', 'Номер записи о рождении', 'Number of the record of birth', {
  fact: 'child.record',
});
export const HOME = field('homeAddress', 'Адрес жилья, о котором речь', 'Address of the home in question', {
  fact: 'home.address',
});
export const CADASTRE = field('cadastre', 'Кадастровый номер', 'Cadastral number', { fact: 'home.cadastre' });
