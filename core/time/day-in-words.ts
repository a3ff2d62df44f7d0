const MONTHS = {
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
} as const;

/** A day as it is said in a sentence: «19 февраля 2026 года», “19 February 2026”. What is no day stays as it is. */
export function dayInWords(day: string, language: 'ru' | 'en'): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const name = MONTHS[language][Number(month) - 1];
  if (name === undefined) return day;
  return `${Number(date)} ${name} ${year}${language === 'ru' ? ' года' : ''}`;
}
