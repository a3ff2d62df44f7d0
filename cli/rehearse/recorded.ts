import { recordedFromCalls, recordedOf, rehearseRecorded, type RecordedReport } from '../../core/rehearsal/recorded.ts';
import { streamOf } from '../../core/rehearsal/random.ts';
import { type CivilDate, parseCivilDate, type TimeZone } from '../../core/time/civil.ts';
import { withDatabase } from '../../server/main.ts';
import { pastDay } from '../../server/modules/queue/index.ts';
import { UsageError } from '../options.ts';
import { placeOf } from '../places.ts';
import { type RecordedTicket, readRecordedDay } from '../../server/modules/planning/index.ts';
import { clockKind } from '../serve.ts';
import { centreOption } from '../verify.ts';

/** What a hall is called in the report, and what its day came to. */
export interface NamedReport extends RecordedReport {
  readonly name: string;
}

const SERVICE_MINUTES = 8;
const SERVICE_MINUTES_MAX = 240;

/** The recorded day of a file of tickets, office by office. Throws UsageError, or an Error that names faulty lines. */
export async function rehearseTickets(
  file: string,
  date: string | undefined,
  minutes: string | undefined,
): Promise<NamedReport[]> {
  const serviceMinutes = minutes === undefined ? SERVICE_MINUTES : Number(minutes);
  if (!(serviceMinutes > 0 && serviceMinutes <= SERVICE_MINUTES_MAX)) {
    throw new UsageError(
      `--service-min must be more than 0 and at most ${SERVICE_MINUTES_MAX} minutes, not “${minutes}”`,
    );
  }
  const tickets = await readRecordedDay(file, dateOption(date), 'UTC' as TimeZone);
  const offices = new Map<string, RecordedTicket[]>();
  for (const ticket of tickets) offices.set(ticket.office, [...(offices.get(ticket.office) ?? []), ticket]);
  return Array.from(offices, ([name, calls], index) => ({
    name,
    ...rehearseRecorded(recordedFromCalls(calls, serviceMinutes, streamOf(index))),
  })).toSorted((a, b) => b.visitors - a.visitors);
}

interface OwnDay {
  readonly centre: string;
  readonly date: string | undefined;
  readonly data: string | undefined;
  readonly clock: string;
}

/** A day of a centre's own history. */
export async function rehearseOwnDay({ centre, date, data, clock }: OwnDay): Promise<NamedReport[]> {
  const key = { centreId: centreOption(centre), day: dateOption(date) };
  return withDatabase(placeOf(clockKind(clock), data), async (db) => {
    const day = await db.read((tx) => pastDay(tx, key));
    const recorded = day === null ? null : recordedOf(day);
    if (recorded === null || recorded.visitors.length === 0) {
      throw new Error(`Centre ${key.centreId} served nobody on ${key.day}.`);
    }
    return [{ name: `centre ${key.centreId}`, ...rehearseRecorded(recorded) }];
  });
}

function dateOption(text: string | undefined): CivilDate {
  const date = parseCivilDate(text ?? '');
  if (date === null) throw new UsageError(`--date must be a date such as 2026-02-19, not “${text ?? ''}”`);
  return date;
}

export function recordedTable(reports: readonly NamedReport[]): string {
  const waits = ({ meanMinutes, over15 }: { readonly meanMinutes: number; readonly over15: number }) =>
    `${meanMinutes.toFixed(1).padStart(6)} ${(100 * over15).toFixed(1).padStart(5)} %`;
  const width = Math.max(...reports.map(({ name }) => name.length), 7);
  const lines = reports.map(({ name, visitors, recorded, rehearsed, correlation, byDue, withReserve }) =>
    [
      name.padEnd(width),
      String(visitors).padStart(8),
      waits(recorded),
      waits(rehearsed),
      (correlation === null ? '—' : correlation.toFixed(2)).padStart(6),
      waits(byDue),
      waits(withReserve),
      withReserve.reserveHours.toFixed(1).padStart(7),
    ].join('  '),
  );
  const total = reports.reduce((sum, { visitors }) => sum + visitors, 0);
  const mean = (of: (report: NamedReport) => number) =>
    (reports.reduce((sum, report) => sum + report.visitors * of(report), 0) / total).toFixed(2);
  return [
    'Mean wait in minutes and share over 15 minutes: as recorded; rehearsed with the windows that each queue had (and how the',
    'half hours go together); one queue in the order of being due, with the same windows; with Okno’s reserve, and its hours.',
    '',
    ...lines,
    '',
    `${total} visitors: recorded ${mean(({ recorded }) => recorded.meanMinutes)} min, ` +
      `rehearsed ${mean(({ rehearsed }) => rehearsed.meanMinutes)}, with the reserve ${mean(({ withReserve }) => withReserve.meanMinutes)}`,
  ].join('\n');
}
