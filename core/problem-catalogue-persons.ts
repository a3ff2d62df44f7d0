import { FAULT_WORDS } from './applications/fault-words.ts';
import type { NumberFault } from './persons/numbers.ts';
import { dayInDigits } from './time/day-in-digits.ts';

type Words = { readonly ru: string; readonly en: string };
type FaultyPart = { readonly field: string; readonly label: Words; readonly fault: keyof typeof FAULT_WORDS };
type FaultyNumber = {
  readonly field: keyof typeof NUMBER_NAMES;
  readonly name: string;
  readonly reason: NumberFault;
};

const NUMBER_NAMES = { СНИЛС: 'Insurance number', ИНН: 'Taxpayer’s number', Паспорт: 'Passport' } as const;
const NUMBER_FAULTS: Readonly<Record<NumberFault, Words>> = FAULT_WORDS;

function partsInWords(parts: readonly FaultyPart[], language: 'ru' | 'en'): string {
  const [opens, closes] = language === 'ru' ? ['«', '»'] : ['“', '”'];
  return parts
    .map(({ label, fault }) => `${opens}${label[language]}${closes}: ${FAULT_WORDS[fault][language]}`)
    .join('; ');
}

/** Problems of the data of people: their names, numbers, dates and documents. */
export const personProblems = {
  'number-faulty': {
    status: 422,
    ru: (p: FaultyNumber) => `Поле «${p.field}»: ${NUMBER_FAULTS[p.reason].ru}. Сверьте с документом.`,
    en: (p: FaultyNumber) => `“${NUMBER_NAMES[p.field]}”: ${NUMBER_FAULTS[p.reason].en}. Compare it with the document.`,
  },
  'identity-faulty': {
    status: 422,
    ru: (p: { fields: readonly FaultyPart[] }) => `Проверьте данные человека. ${partsInWords(p.fields, 'ru')}.`,
    en: (p: { fields: readonly FaultyPart[] }) => `Check the person’s details. ${partsInWords(p.fields, 'en')}.`,
  },
  'person-alike': {
    status: 409,
    ru: () =>
      'Человек с таким именем и датой рождения уже записан. Откройте его запись и сверьте документ; если это полный тёзка, подтвердите и запишите.',
    en: () =>
      'A person with this name and date of birth is already registered. Open their record and compare the document; if this is a namesake, confirm and add them.',
  },
  'identity-expired': {
    status: 422,
    ru: (p: { whose: 'applicant' | 'representative' }) =>
      p.whose === 'applicant'
        ? 'Документ заявителя больше не действует. Внесите действующий документ или сначала оформите замену паспорта.'
        : 'Документ представителя больше не действует. Внесите действующий документ представителя.',
    en: (p: { whose: 'applicant' | 'representative' }) =>
      p.whose === 'applicant'
        ? 'The applicant’s document is no longer valid. Enter a valid one, or have the passport replaced first.'
        : 'The representative’s document is no longer valid. Enter a valid one.',
  },
  'own-representative': {
    status: 422,
    ru: () =>
      'Заявитель и представитель — один и тот же человек. Укажите другого представителя или оставьте поле пустым.',
    en: () =>
      'The applicant and the representative are the same person. Name another representative, or leave the field empty.',
  },
  'representative-under-age': {
    status: 422,
    ru: () => 'Представителю нет 18 лет: действовать за другого он не может. Укажите взрослого представителя.',
    en: () => 'The representative is under 18 and cannot act for another person. Name an adult representative.',
  },
  'mandate-expired': {
    status: 422,
    ru: (p: { until: string }) =>
      `Доверенность действовала до ${dayInDigits(p.until)}. Нужна новая, или пусть заявитель придёт сам.`,
    en: (p: { until: string }) =>
      `The power of attorney was valid until ${dayInDigits(p.until)}. A new one is needed, or the applicant must come in person.`,
  },
} as const;
