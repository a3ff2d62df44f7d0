import type { FieldFault } from './form.ts';

/** What is wrong with an answer, as it is said beside its field. */
export const FAULT_WORDS: Readonly<Record<FieldFault, { readonly ru: string; readonly en: string }>> = {
  missing: { ru: 'заполните', en: 'fill this in' },
  length: { ru: 'не то количество цифр', en: 'not the right number of digits' },
  checksum: { ru: 'цифры не сходятся', en: 'the digits do not belong together' },
  'no-date': { ru: 'нет такой даты', en: 'there is no such date' },
  'no-number': { ru: 'нужно число', en: 'a number is needed' },
  'no-option': { ru: 'выберите из списка', en: 'choose one' },
  'no-contact': { ru: 'проверьте', en: 'look again' },
};
