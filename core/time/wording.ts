import { type TimeZone, zoned } from './civil.ts';
import type { Instant } from './instant.ts';

/** A moment as it is written for people in both languages: `19.02.2026 10:30`, of the wall clock in the zone. */
export function localTime(at: Instant, zone: TimeZone): string {
  const wall = zoned(at, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(wall.day)}.${two(wall.month)}.${wall.year} ${two(wall.hour)}:${two(wall.minute)}`;
}
