import type { CentreSummary } from '../../contract/network.ts';
import { useLanguage } from '../shared/language.tsx';
import { useQuery } from '../shared/query.ts';
import { localeOf } from '../shared/locale.ts';

const ASK_EVERY_MS = 3_600_000;

type Centres = readonly Pick<CentreSummary, 'centreId' | 'timeZone'>[];

/** The zone of a centre; for what belongs to none, the one in which most centres are. Null while that is not known. */
export function zoneOf(centres: Centres, centreId: number | null): string | null {
  const own = centres.find((one) => one.centreId === centreId)?.timeZone;
  if (own !== undefined) return own;
  const times = new Map<string, number>();
  for (const { timeZone } of centres) times.set(timeZone, (times.get(timeZone) ?? 0) + 1);
  return [...times].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Writes a moment as the clock on the wall of a centre shows it, wherever the screen is. */
export function useMoment(timeStyle: 'short' | 'medium' = 'short'): (at: number, centreId?: number | null) => string {
  const { language } = useLanguage();
  const { data: centres } = useQuery('GET /api/centres', {}, ASK_EVERY_MS);
  return (at, centreId = null) => {
    // A time in the zone of the device would be read as the centre's.
    const timeZone = centres === null ? null : (zoneOf(centres, centreId) ?? 'UTC');
    return timeZone === null
      ? '…'
      : new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'short', timeStyle, timeZone }).format(at);
  };
}
