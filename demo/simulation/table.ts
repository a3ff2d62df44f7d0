import type { RehearsalCity } from '../../core/rehearsal/frozen-city.ts';
import type { PolicyReport } from '../../core/rehearsal/report.ts';

/** A column: its head, its width and its cells. */
type Column = readonly [head: string, of: (report: PolicyReport) => string];

const share = (value: number) =>
  value === 0 ? '0' : value < 0.001 ? value.toExponential(1) : `${(100 * value).toFixed(2)} %`;

/** The columns of the table, in one place for the terminal and for the document. */
export const COLUMNS: readonly Column[] = [
  ['policy', ({ policyId }) => policyId],
  ['H', ({ hours }) => (hours === null ? 'fails' : hours.toFixed(4))],
  ['seeds', ({ hoursBySeed: [low, high] }) => `${low.toFixed(3)}-${high.toFixed(3)}`],
  [
    'plan/res/over',
    ({ planned, reserve, overtime }) => [planned, reserve, overtime].map((one) => one.toFixed(3)).join('/'),
  ],
  ['mean', ({ meanWaitMinutes: { value, low, high } }) => `${value.toFixed(2)} ±${((high - low) / 2).toFixed(2)}`],
  ['>15 min', ({ over15 }) => share(over15.value)],
  ['>30 min', ({ over30 }) => share(over30)],
  ['appt late', ({ appointmentsLate }) => share(appointmentsLate)],
  ['worst', ({ worstCentreOver15 }) => share(worstCentreOver15)],
  ['openings', ({ openingsPerCentreDay }) => openingsPerCentreDay.toFixed(0)],
  ['H2', ({ hoursWith2 }) => hoursWith2.toFixed(3)],
  ['H5', ({ hoursWith5 }) => hoursWith5.toFixed(3)],
  ['by shift', ({ hoursByShift }) => hoursByShift.toFixed(2)],
  ['paid h/day', ({ paidHoursPerDay }) => paidHoursPerDay.toFixed(0)],
  ['moved', ({ movedShare }) => share(movedShare)],
  ['travel', ({ addedTravelMinutes }) => addedTravelMinutes.toFixed(2)],
  ['door-door', ({ doorToDoorMinutes }) => doorToDoorMinutes.toFixed(2)],
  ['by class', ({ classWaitMinutes }) => classWaitMinutes.map((minutes) => minutes.toFixed(1)).join(' ')],
  ['misses', ({ misses }) => misses.join(', ')],
];

const DAYS_TO_JUDGE = 100;

export function reportTable(city: RehearsalCity, reports: readonly PolicyReport[]): string {
  const rows = [COLUMNS.map(([head]) => head), ...reports.map((report) => COLUMNS.map(([, of]) => of(report)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [first] = reports;
  return [
    `${city.name}: ${first?.days ?? 0} city days, ${first?.visitors ?? 0} visitors under each policy; H is paid window hours over the bare work.`,
    ...((first?.days ?? 0) < DAYS_TO_JUDGE
      ? [
          `So few days say little of a single centre: judge limits on five seeds of twenty days (--seeds 2-6 --days 20).`,
        ]
      : []),
    `Waits by class: ${city.classes.map(({ name }) => name.en.toLowerCase()).join(', ')}.`,
    '',
    ...lines,
  ].join('\n');
}
