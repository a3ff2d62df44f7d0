/** From so many minutes on a wait is said with its hours: nobody divides 135 by 60 before a kiosk. */
const LONG_MINUTES = 90;
const HOUR_MINUTES = 60;

/** The short words for an hour and a minute in a language. */
export interface SpanUnits {
  readonly hour: string;
  readonly minute: string;
}

export const SPAN_UNITS = {
  ru: { hour: 'ч', minute: 'мин' },
  en: { hour: 'h', minute: 'min' },
} as const satisfies Readonly<Record<string, SpanUnits>>;

/** Whole minutes with their hours: `1 ч 30 мин`, `2 ч`, `45 мин`. */
function spanInWords(minutes: number, { hour, minute }: SpanUnits): string {
  const [hours, rest] = [Math.floor(minutes / HOUR_MINUTES), minutes % HOUR_MINUTES];
  return [...(hours > 0 ? [`${hours} ${hour}`] : []), ...(rest > 0 || hours === 0 ? [`${rest} ${minute}`] : [])].join(
    ' ',
  );
}

/** A long wait as a range with its hours: `45 мин – 1 ч 30 мин`. Null for a shorter one, which is said in minutes. */
export function longWaitInWords(from: number, to: number, units: SpanUnits): string | null {
  if (to < LONG_MINUTES) return null;
  return from === to ? spanInWords(to, units) : `${spanInWords(from, units)} – ${spanInWords(to, units)}`;
}
