import { MINUTE, type Instant } from '../time/instant.ts';
import { ORDINARY, type QueueConfiguration } from './configuration.ts';
import type { ClassLetter } from './ids.ts';
import { rulesOf } from './rules.ts';

/** Within how many minutes a visitor of this class should be called. Null for an unknown class. */
export function classMinutes(configuration: QueueConfiguration, classLetter: ClassLetter): number | null {
  if (classLetter === ORDINARY) return configuration.walkInLimitMinutes;
  return rulesOf(configuration).classes.get(classLetter)?.limitMinutes ?? null;
}

/**
 * When a visitor who comes now should be called: the class's minutes from now; with an appointment its own minutes from
 * its time, or from now when they are late. A visitor with a right to both gets the earlier.
 */
export function dueOf(
  configuration: QueueConfiguration,
  visitor: { readonly classLetter: ClassLetter; readonly slot: Instant | null },
  now: Instant,
): Instant {
  const byClass = now + (classMinutes(configuration, visitor.classLetter) ?? 0) * MINUTE;
  if (visitor.slot === null) return byClass;
  const bySlot = Math.max(visitor.slot, now) + configuration.appointmentLimitMinutes * MINUTE;
  return visitor.classLetter === ORDINARY ? bySlot : Math.min(byClass, bySlot);
}
