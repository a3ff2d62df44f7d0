import { ProblemError, sentenceOf } from '../core/problems.ts';
import { productionCalendar } from '../core/terms/calendar.ts';
import { RUSSIAN_YEARS } from '../core/terms/calendar-years.ts';
import { type LastDayRule, type Stop, type TermStart, type TermUnit, termDays } from '../core/terms/term.ts';
import { type CivilDate, parseCivilDate } from '../core/time/civil.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';

const UNITS: Readonly<Record<string, TermUnit>> = {
  workday: 'working-day',
  calday: 'calendar-day',
  month: 'month',
  same_visit: 'same-visit',
};
const STARTS: Readonly<Record<string, TermStart>> = {
  next_workday: 'next-working-day',
  next_day: 'next-day',
  agency_receipt: 'on-receipt-by-agency',
  same_visit: 'same-visit',
};
const LAST_DAYS: Readonly<Record<string, LastDayRule>> = {
  next_working: 'next-working',
  previous_working: 'previous-working',
  none: 'none',
};
const STOPS: Readonly<Record<string, Stop['clock']>> = { pause: 'pause', restart: 'restart' };

const text = { type: 'string' } as const;

/** `okno term`: prints the days of a term; with --json as JSON, a problem too. Gives 1 when the term has no last day. */
export async function run(args: readonly string[]): Promise<number> {
  const options = {
    n: text,
    unit: text,
    start: text,
    registered: text,
    received: text,
    'last-day': text,
    suspend: text,
    resume: text,
    stop: text,
    extension: text,
    'extension-max': text,
    today: text,
    json: { type: 'boolean' },
  } as const;
  const { values } = readOptions(args, options, 0);
  const unit = oneOf('unit', UNITS, values.unit);
  const isCounted = unit !== 'same-visit' && values.start !== 'same_visit';
  if (isCounted && values.n === undefined) throw new UsageError('--n is needed');
  const count = wholeNumber('n', values.n, { min: 0, max: 10_000, otherwise: 0 });
  const starts = oneOf('start', STARTS, values.start ?? (isCounted ? undefined : 'same_visit'));
  const number = (name: 'extension' | 'extension-max', otherwise: number) =>
    wholeNumber(name, values[name], { min: 0, max: 10_000, otherwise });
  const extension = number('extension', 0);
  const lastDay = values['last-day'] === undefined ? {} : { lastDay: oneOf('last-day', LAST_DAYS, values['last-day']) };
  const term = { count, unit, starts, ...lastDay, extensionMax: number('extension-max', extension) };
  const registered = day('registered', values.registered);
  if (registered === null) throw new UsageError('--registered is needed');
  const course = { registered, received: day('received', values.received), stops: stopsOf(values), extension };
  const today = day('today', values.today);
  try {
    const days = termDays(productionCalendar(RUSSIAN_YEARS), term, course, today ?? undefined);
    console.log(values.json ? JSON.stringify(days) : inWords(days));
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, params } = error.problem;
    const sentence = sentenceOf(error.problem, 'en');
    // This command's words have underscores throughout, as the programs have that ask it.
    if (values.json) console.log(JSON.stringify({ code: code.replaceAll('-', '_'), params, sentence }));
    else console.error(sentence);
    return 1;
  }
}

function stopsOf(values: { suspend?: string; resume?: string; stop?: string }): readonly Stop[] {
  const from = day('suspend', values.suspend);
  const until = day('resume', values.resume);
  if (from === null && (until !== null || values.stop !== undefined)) throw new UsageError('--suspend is needed');
  return from === null ? [] : [{ from, until, clock: oneOf('stop', STOPS, values.stop ?? 'pause') }];
}

function inWords(days: ReturnType<typeof termDays>): string {
  return [
    `last day    ${days.lastDay}${days.assumed ? ' (if it goes on today)' : ''}`,
    `promised    ${days.promised}`,
    `dispatch by ${days.dispatchBy}${days.centreLateDays > 0 ? `, late by ${days.centreLateDays} working days` : ''}`,
  ].join('\n');
}

function oneOf<Value>(name: string, table: Readonly<Record<string, Value>>, given: string | undefined): Value {
  const found = given !== undefined && Object.hasOwn(table, given) ? table[given] : undefined;
  if (found === undefined) throw new UsageError(`--${name} is one of ${Object.keys(table).join(', ')}`);
  return found;
}

function day(name: string, given: string | undefined): CivilDate | null {
  if (given === undefined) return null;
  return parseCivilDate(given) ?? refuseDay(name, given);
}

function refuseDay(name: string, given: string): never {
  throw new UsageError(`--${name} must be a date like 2026-02-19, not “${given}”`);
}
