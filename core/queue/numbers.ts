import { type Problem, problem } from '../problems.ts';
import { type Day, OVER } from './day.ts';
import type { GroupId, VisitNumber } from './ids.ts';
import { rulesOf } from './rules.ts';

/**
 * The group's letters and its next number: `В007`, and after the last of its range the first again.
 * A number that a visitor still holds is skipped: it is never held twice at a time. The quota is for those who come without a booking:
 * a visitor who booked has a time already, and is not refused because of them.
 */
export function nextNumber(day: Day, groupId: GroupId, booked: boolean): VisitNumber | Problem {
  const rule = rulesOf(day.configuration).groups.get(groupId);
  if (rule === undefined) return problem('unknown-group', { groupId });
  const { letter, firstNumber, lastNumber, quota } = rule;
  const { last } = day.given.get(groupId) ?? { last: null };
  if (!booked && isQuotaReached(day, groupId)) return problem('quota-reached', { quota: quota ?? 0 });
  const size = lastNumber - firstNumber + 1;
  const start = last === null || last < firstNumber || last >= lastNumber ? firstNumber : last + 1;
  for (let step = 0; step < size; step += 1) {
    const digits = firstNumber + ((start - firstNumber + step) % size);
    const number = numbersOf(letter)[digits] as VisitNumber;
    if (!isLiving(day, number)) return number;
  }
  return problem('numbers-used', { groupId, letter });
}

/** True when a group has given as many tickets today as it may. */
export function isQuotaReached(day: Day, groupId: GroupId): boolean {
  const quota = rulesOf(day.configuration).groups.get(groupId)?.quota ?? null;
  return quota !== null && (day.given.get(groupId)?.tickets ?? 0) >= quota;
}

const known = new Map<string, readonly VisitNumber[]>();

/** All numbers of a letter, `В000` to `В999`: made once, and looked up by every ticket. */
function numbersOf(letter: string): readonly VisitNumber[] {
  const found = known.get(letter);
  if (found !== undefined) return found;
  const numbers = Array.from({ length: 1_000 }, (_, digits) => `${letter}${String(digits).padStart(3, '0')}`);
  known.set(letter, numbers);
  return numbers;
}

export function isProblemOfNumber(number: VisitNumber | Problem): number is Problem {
  return typeof number !== 'string';
}

function isLiving(day: Day, number: VisitNumber): boolean {
  const visitId = day.numbers.get(number);
  const visit = visitId === undefined ? undefined : day.visits.get(visitId);
  return visit !== undefined && !OVER.has(visit.state);
}
