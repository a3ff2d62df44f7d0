/** A day as it is written for people in both languages: `19.02.2026`. */
export function dayInDigits(day: string): string {
  return day.split('-').toReversed().join('.');
}
