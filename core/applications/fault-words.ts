import type { IdentityFault } from '../persons/identity.ts';
import type { FieldFault } from './form.ts';

/** Faults of answers, as shown next to the field. */
export const FAULT_WORDS: Readonly<Record<FieldFault | IdentityFault, { readonly ru: string; readonly en: string }>> = {
  missing: { ru: 'заполните', en: 'fill this in' },
  length: { ru: 'не то количество цифр', en: 'not the right number of digits' },
  checksum: { ru: 'цифры не сходятся', en: 'the digits do not belong together' },
  placeholder: {
    ru: 'такого номера нет ни у кого, так пишут вместо настоящего',
    en: 'nobody has such a number; it is written where there is none',
  },
  'no-date': { ru: 'нет такой даты', en: 'there is no such date' },
  'in-future': { ru: 'этот день ещё не наступил', en: 'this day has not come yet' },
  'too-early': { ru: 'это раньше 1900 года', en: 'this is before 1900' },
  'too-late': { ru: 'это слишком далеко в будущем', en: 'this is too far in the future' },
  'before-birth': { ru: 'это раньше дня рождения', en: 'this is before the day of birth' },
  'before-age': { ru: 'паспорт выдают с 14 лет', en: 'passports are given from the age of 14' },
  'before-issue': { ru: 'это раньше даты выдачи', en: 'this is before the day of issue' },
  expired: { ru: 'срок действия истёк', en: 'it is not in force any more' },
  'no-number': { ru: 'нужно число', en: 'a number is needed' },
  'no-option': { ru: 'выберите из списка', en: 'choose one' },
  outdated: {
    ru: 'это прежние сведения: впишите новые, из полученного документа',
    en: 'this is out of date: take it from the new document',
  },
  'no-contact': { ru: 'проверьте', en: 'look again' },
  'no-phone': { ru: 'это не номер телефона', en: 'this is not a telephone number' },
  extension: {
    ru: 'нужен номер без добавочного: на добавочный не позвонить и не написать',
    en: 'a number without an extension is needed: an extension cannot be called or written to',
  },
  'no-name': { ru: 'напишите хотя бы одно имя буквами', en: 'write at least one name, in letters' },
  'no-letters': { ru: 'напишите буквами или оставьте пустым', en: 'write it in letters, or leave it empty' },
  'no-kind': { ru: 'такого вида документов нет', en: 'there is no such kind of document' },
};
