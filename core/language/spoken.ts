import { spokenLetters } from '../queue/letters.ts';

type Spoken = 'ru' | 'en';

interface NumberWords {
  readonly ones: readonly string[];
  readonly tens: readonly string[];
  readonly hundred: (hundreds: number) => string;
  /** Between tens and ones: `forty-two`, `сорок два`. */
  readonly joint: string;
}

const words: Readonly<Record<Spoken, NumberWords>> = {
  ru: {
    ones: (
      'ноль один два три четыре пять шесть семь восемь девять десять ' +
      'одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'
    ).split(' '),
    tens: ['', '', 'двадцать', 'тридцать', 'сорок', 'пятьдесят', 'шестьдесят', 'семьдесят', 'восемьдесят', 'девяносто'],
    hundred: (hundreds) =>
      ['', 'сто', 'двести', 'триста', 'четыреста', 'пятьсот', 'шестьсот', 'семьсот', 'восемьсот', 'девятьсот'][
        hundreds
      ] ?? '',
    joint: ' ',
  },
  en: {
    ones: (
      'zero one two three four five six seven eight nine ten ' +
      'eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    ).split(' '),
    tens: ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'],
    hundred: (hundreds) => (hundreds === 0 ? '' : `${words.en.ones[hundreds]} hundred`),
    joint: '-',
  },
};

/** A whole number from 0 to 999 in words: `142` is «сто сорок два». */
export function inWords(number: number, language: Spoken): string {
  const { ones, tens, hundred, joint } = words[language];
  const rest = number % 100;
  const small =
    rest < 20
      ? rest === 0 && number > 0
        ? ''
        : ones[rest]
      : [tens[Math.floor(rest / 10)], rest % 10 === 0 ? '' : ones[rest % 10]].filter(Boolean).join(joint);
  return [hundred(Math.floor(number / 100)), small].filter(Boolean).join(' ');
}

const WINDOW: Readonly<Record<Spoken, string>> = { ru: 'окно', en: 'window' };

/** The words of an announcement, in the order in which they are said: «вэ сто сорок два, окно семь». */
export function announcement(number: string, windowId: number, language: Spoken): string {
  const digits = Number(/\d+$/.exec(number)?.[0] ?? '0');
  const said = [...spokenLetters(number, language), inWords(digits, language)].join(' ');
  return `${said}, ${WINDOW[language]} ${inWords(windowId, language)}`;
}
