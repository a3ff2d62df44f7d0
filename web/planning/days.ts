import type { CivilDate } from '../../core/time/civil.ts';
import { localeOf } from '../shared/locale.ts';

const DAY_MS = 86_400_000;

/** The day that an address names, `?day=2026-02-20`; null where it names none. */
export function dayNamed(text: string | null): CivilDate | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? (text as CivilDate)
    : null;
}

/** The day a number of days later, or earlier. */
export function daysAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10) as CivilDate;
}

/** `пн 16.02`, the head of a column. */
export function shortDay(day: CivilDate, language: string): string {
  return shown(day, language, { weekday: 'short', day: '2-digit', month: '2-digit' });
}

/** `вторник, 17 февраля`, in a sentence. */
export function longDay(day: CivilDate, language: string): string {
  return shown(day, language, { weekday: 'long', day: 'numeric', month: 'long' });
}

function shown(day: CivilDate, language: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localeOf(language), { ...parts, timeZone: 'UTC' }).format(Date.parse(day));
}

/** `08:30` of minutes from midnight. */
export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
