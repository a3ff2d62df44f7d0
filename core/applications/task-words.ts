import { dayInDigits } from '../time/day-in-digits.ts';
import type { TaskKind } from './task-kinds.ts';

interface Task {
  readonly kind: TaskKind;
  readonly details: unknown;
}
type Language = 'ru' | 'en';
type Details = Readonly<Record<string, unknown>>;

const WORDS = {
  ru: {
    says: {
      decision: 'решение',
      suspend: 'приостановка',
      resume: 'возобновление',
      question: 'просьба исправить',
    } as Readonly<Record<string, string>>,
    positive: 'положительное',
    negative: 'отказ',
    answered: (what: string) => `Ответ ведомства: ${what}. По состоянию заявления его нельзя исполнить.`,
    money: (sum: string, uin: string) => `${sum} ₽, УИН ${uin}`,
    verdicts: {
      over: 'заплачено больше, чем начислено',
      under: 'заплачено меньше, чем начислено',
      twice: 'заплачено второй раз',
      'unknown-charge': 'такого начисления нет',
      'cancelled-charge': 'начисление отменено',
    } as Readonly<Record<string, string>>,
    outcomes: { missing: 'нет в пакете', refused: 'не принят' } as Readonly<Record<string, string>>,
    manifest: (number: string) => `Реестр ${number}`,
    noYear: (year: string) => `Нет производственного календаря на ${year} год.`,
    fault: 'Причина',
    faults: {
      'not-made': 'сообщение не удалось составить: данные не открываются',
      'on paper': 'ведомство работает на бумаге',
      'no answer in time': 'ведомство не отвечает',
    } as Readonly<Record<string, string>>,
    refusedBy: (status: string) => `ведомство ответило ошибкой ${status}`,
    unreachable: 'ведомство недоступно',
    inItsWords: (said: string) => `ведомство не приняло и пишет «${said}»`,
    storedUntil: (day: string) => `Результат хранится до ${day}.`,
    dueOn: (day: string) => `Ответ был нужен до ${day}.`,
    lastDay: (day: string, who: string) => `Последний день был ${day}. Ответственный: ${who}.`,
    whole: 'Подробности есть в заявлении.',
  },
  en: {
    says: {
      decision: 'a decision',
      suspend: 'a suspension',
      resume: 'a resumption',
      question: 'a request to correct',
    } as Readonly<Record<string, string>>,
    positive: 'positive',
    negative: 'a refusal',
    answered: (what: string) => `The agency answered: ${what}. As it is now, the application cannot be carried out.`,
    money: (sum: string, uin: string) => `${sum} roubles, UIN ${uin}`,
    verdicts: {
      over: 'more was paid than charged',
      under: 'less was paid than charged',
      twice: 'it was paid a second time',
      'unknown-charge': 'there is no such charge',
      'cancelled-charge': 'the charge was cancelled',
    } as Readonly<Record<string, string>>,
    outcomes: { missing: 'missing', refused: 'refused' } as Readonly<Record<string, string>>,
    manifest: (number: string) => `Manifest ${number}`,
    noYear: (year: string) => `There is no production calendar for ${year}.`,
    fault: 'Reason',
    faults: {
      'not-made': 'the message could not be made: its data do not open',
      'on paper': 'the agency works on paper',
      'no answer in time': 'the agency does not answer',
    } as Readonly<Record<string, string>>,
    refusedBy: (status: string) => `the agency answered with error ${status}`,
    unreachable: 'the agency cannot be reached',
    inItsWords: (said: string) => `the agency did not take it and writes “${said}”`,
    storedUntil: (day: string) => `The result is kept until ${day}.`,
    dueOn: (day: string) => `The answer was due by ${day}.`,
    lastDay: (day: string, who: string) => `The last day was ${day}. Responsible: ${who}.`,
    whole: 'The details are in the application.',
  },
} as const;

/** The details of a task in a sentence for the person who deals with it; never a code, a key or a text of the program. */
export function taskInWords({ kind, details }: Task, language: Language): string {
  const words = WORDS[language];
  const known = (details ?? {}) as Details;
  const text = (name: string) => (typeof known[name] === 'string' ? (known[name] as string) : '');
  const money = () => words.money(roubles(known['amount']), text('uin'));
  switch (kind) {
    case 'conflict': {
      const side = known['positive'] === true ? words.positive : known['positive'] === false ? words.negative : '';
      return words.answered([words.says[text('kind')] ?? words.says['decision'], side].filter(Boolean).join(': '));
    }
    case 'refund':
      return money();
    case 'reconcile':
      return [money(), words.verdicts[text('verdict')]].filter(Boolean).join(': ');
    case 'discrepancy':
      return [
        words.manifest(text('manifest')),
        ...papersOf(known).map(({ barcode, outcome, note }) =>
          [`${barcode}: ${words.outcomes[outcome] ?? outcome}`, note].filter(Boolean).join(', '),
        ),
      ].join('; ');
    case 'term-unknown':
      return words.noYear(/\d{4}/.exec(text('fault'))?.[0] ?? '—');
    case 'dead-letter':
      return `${words.fault}: ${faultInWords(text('fault'), language)}.`;
    case 'call-applicant':
      return text('storedUntil') === '' ? words.whole : words.storedUntil(dayInDigits(text('storedUntil')));
    case 'query-overdue':
      return text('dueOn') === '' ? words.whole : words.dueOn(dayInDigits(text('dueOn')));
    case 'term-over':
      return words.lastDay(dayInDigits(text('lastDay')), text('responsible') || '—');
    default:
      return words.whole;
  }
}

/** Why a message to an agency did not come through, for a person. */
export function faultInWords(fault: string, language: Language): string {
  const words = WORDS[language];
  const known = words.faults[fault];
  if (known !== undefined) return known;
  const status = /^HTTP (\d{3})$/.exec(fault)?.[1];
  // What an agency wrote itself is in its own words; what a program says of a line is not for people.
  if (status !== undefined) return words.refusedBy(status);
  return fault === '' || OF_A_LINE.test(fault) ? words.unreachable : words.inItsWords(fault);
}

/** What programs say of a line that broke. */
const OF_A_LINE = /\bE[A-Z_]{4,}\b|hang up|time-?out|certificate|resolved|network|address|too long|aborted/i;

const KOPECKS = 100;

function roubles(amount: unknown): string {
  return typeof amount === 'number' ? (amount / KOPECKS).toFixed(2).replace('.', ',') : '—';
}

function papersOf({ papers }: Details): { barcode: string; outcome: string; note?: string | null }[] {
  return Array.isArray(papers) ? (papers as { barcode: string; outcome: string; note?: string | null }[]) : [];
}
