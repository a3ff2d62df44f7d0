import type { CivilDate } from '../time/civil.ts';
import { addDays } from '../time/civil.ts';

/** When a result that waits at a centre is spoken of, and until when it waits. */
export interface Storage {
  readonly lastDay: CivilDate;
  readonly reminders: readonly CivilDate[];
}

/** People are reminded so many days before the last. */
const REMIND_DAYS_BEFORE = [7, 1] as const;

/** How long a result waits from the day on which it is ready: calendar days, the last one too, whatever kind of day it is. */
export function storageOf(readyOn: CivilDate, storageDays: number): Storage {
  const lastDay = addDays(readyOn, storageDays);
  const reminders = REMIND_DAYS_BEFORE.map((days) => addDays(lastDay, -days)).filter((day) => day > readyOn);
  return { lastDay, reminders };
}
