/** A stretch of time as a person reads it on a clock: `4:05`, and with hours `1:04:05`. Milliseconds. */
export function onClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The wait that is promised to nobody but expected: from the median to the ninth of ten, in whole minutes. */
export interface WaitRange {
  readonly q50Minutes: number;
  readonly q90Minutes: number;
}

/** The two ends of a range as whole minutes, never narrower than it is: `[4, 9]`. */
export function minutesOf({ q50Minutes, q90Minutes }: WaitRange): readonly [number, number] {
  return [Math.floor(q50Minutes), Math.ceil(q90Minutes)];
}
