import { MINUTE } from '../../core/time/instant.ts';
import { percentile } from '../../core/figures/percentile.ts';
import type { Driven, ReplayedVisit } from './replay-halls.ts';

/** What a replayed day comes to. Waits are minutes from ticket to call. */
export interface ReplayFigures {
  readonly visits: number;
  readonly neverCalled: number;
  readonly waitMinutesMean: number;
  readonly waitMinutesP50: number;
  readonly waitMinutesP90: number;
  readonly waitMinutesP99: number;
  /** The share of visits that waited more than 15 minutes, or were never called. */
  readonly shareOver15: number;
  /** The largest difference between a wait here and in the recording; null where the policy decided. */
  readonly deviationMinutesMax: number | null;
  readonly realHours: number;
  readonly seconds: number;
  /** How many times faster than life. */
  readonly speedUp: number;
  readonly errors: number;
}

const LIMIT_MINUTES = 15;

export function replayFigures({ visits, failures }: Driven, asRecorded: boolean, seconds: number): ReplayFigures {
  const called = visits.filter((visit) => visit.calledAt !== null);
  const wait = ({ takenAt, calledAt }: ReplayedVisit) => ((calledAt ?? Infinity) - takenAt) / MINUTE;
  const recordedWait = ({ recorded }: ReplayedVisit) => (recorded.calledAt - recorded.takenAt) / MINUTE;
  const waits = called.map(wait);
  const first = visits.reduce((least, visit) => Math.min(least, visit.takenAt), Infinity);
  const last = called.reduce((most, visit) => Math.max(most, visit.calledAt as number), first);
  const realSeconds = (last - first) / 1_000;
  return {
    visits: visits.length,
    neverCalled: visits.length - called.length,
    waitMinutesMean: waits.reduce((sum, minutes) => sum + minutes, 0) / waits.length,
    waitMinutesP50: percentile(waits, 0.5),
    waitMinutesP90: percentile(waits, 0.9),
    waitMinutesP99: percentile(waits, 0.99),
    shareOver15: visits.filter((visit) => wait(visit) > LIMIT_MINUTES).length / visits.length,
    deviationMinutesMax: asRecorded
      ? visits.reduce((most, visit) => Math.max(most, Math.abs(wait(visit) - recordedWait(visit))), 0)
      : null,
    realHours: realSeconds / 3_600,
    seconds,
    speedUp: realSeconds / seconds,
    errors: failures.length,
  };
}

/** The figures as lines for a person. */
export function figureLines(figures: ReplayFigures): string {
  const minutes = (value: number) => `${value.toFixed(2)} min`;
  const rows: [string, string][] = [
    ['visits', String(figures.visits)],
    ['mean wait', minutes(figures.waitMinutesMean)],
    ['p50', minutes(figures.waitMinutesP50)],
    ['p90', minutes(figures.waitMinutesP90)],
    ['p99', minutes(figures.waitMinutesP99)],
    ['over 15 min', `${(figures.shareOver15 * 100).toFixed(1)} %`],
    ['never called', String(figures.neverCalled)],
    ['errors', String(figures.errors)],
    [
      'speed-up',
      `${figures.speedUp.toFixed(0)}× (${figures.realHours.toFixed(1)} h in ${figures.seconds.toFixed(1)} s)`,
    ],
  ];
  if (figures.deviationMinutesMax !== null)
    rows.splice(6, 0, ['largest deviation', minutes(figures.deviationMinutesMax)]);
  return rows.map(([name, value]) => `  ${name.padEnd(18)} ${value}`).join('\n');
}
