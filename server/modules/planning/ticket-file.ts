import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type CivilDate, instantOf, parseCivilDate, type TimeZone } from '../../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import { cellOf, columnName, readRows, separatorOf } from '../../platform/csv.ts';
import { encodingOf } from '../../platform/text-encoding.ts';

/** One recorded ticket: when it was taken and when it was called. */
export interface RecordedTicket {
  readonly office: string;
  readonly queue: string;
  readonly ticket: number;
  readonly takenAt: Instant;
  readonly calledAt: Instant;
}

const COLUMNS = ['date', 'office', 'queue', 'ticket', 'issue_min', 'call_min'] as const;
const MINUTES_A_DAY = 24 * 60;
const FAULTS_SHOWN = 10;

/** A line of a file of tickets; minutes are since midnight of its date. */
export interface TicketLine {
  readonly date: CivilDate;
  readonly office: string;
  readonly queue: string;
  readonly ticket: number;
  readonly takenMinute: number;
  readonly calledMinute: number;
}

/**
 * Reads the tickets of a CSV file (`.gz` or plain) with the columns date, office, queue, ticket, issue_min and call_min
 * (minutes since midnight), line by line; of one date, or all. Throws an Error that names the first faulty lines and fields.
 */
export async function readTickets(
  file: string,
  each: (line: TicketLine) => void,
  date: CivilDate | null = null,
): Promise<void> {
  const raw = createReadStream(file);
  const bytes = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  const faults: string[] = [];
  let places: number[] | null = null;
  let separator = ',';
  let number = 0;
  const failed = new Promise<never>((_, reject) => raw.on('error', reject));
  await Promise.race([
    failed,
    (async () => {
      for await (const line of linesOf(bytes)) {
        number += 1;
        if (places === null && (line.trim() === '' || /^"?sep=.$/i.test(line.trim()))) continue;
        if (places === null) separator = separatorOf(line);
        const fields = line.includes('"') ? quotedFields(line, separator) : line.split(separator);
        if (places === null) places = columnPlaces(fields.map(columnName));
        else if (fields.some((field) => field.trim() !== '')) {
          const [day, ...rest] = places.map((place) => cellOf(fields[place] ?? ''));
          if (date !== null && day !== date) continue;
          const ticket = line.includes('\uFFFD') ? 'it has signs that cannot be read' : ticketOf([day ?? '', ...rest]);
          if (typeof ticket === 'string') faults.push(`line ${number}: ${ticket}`);
          else each(ticket);
        }
      }
    })(),
  ]);
  if (faults.length > 0) {
    const more = faults.length > FAULTS_SHOWN ? `\n… and ${faults.length - FAULTS_SHOWN} more` : '';
    throw new Error(
      `${file} has faulty lines; nothing was taken from it.\n${faults.slice(0, FAULTS_SHOWN).join('\n')}${more}`,
    );
  }
}

/** The lines of a file in whatever encoding it is, one after another. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = '';
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

/** The cells of a line in which some stand between quotation marks. */
function quotedFields(line: string, separator: string): string[] {
  const [row] = readRows(line, separator);
  return row === undefined ? [] : [...row];
}

/** The tickets of one date. Throws an Error that names the first faulty lines and fields, or says that there are none. */
export async function readRecordedDay(file: string, date: CivilDate, zone: TimeZone): Promise<RecordedTicket[]> {
  const midnight = instantOf(date, '00:00', zone);
  const at = (minute: number) => midnight + Math.round(minute * MINUTE);
  const tickets: RecordedTicket[] = [];
  await readTickets(
    file,
    ({ office, queue, ticket, takenMinute, calledMinute }) =>
      tickets.push({ office, queue, ticket, takenAt: at(takenMinute), calledAt: at(calledMinute) }),
    date,
  );
  if (tickets.length === 0) throw new Error(`${file} has no tickets of ${date}.`);
  return tickets;
}

function columnPlaces(header: readonly string[]): number[] {
  return COLUMNS.map((name) => {
    const place = header.indexOf(name);
    if (place < 0) throw new Error(`The first line must name the columns ${COLUMNS.join(', ')}; “${name}” is missing.`);
    return place;
  });
}

/** A ticket, or what is wrong with the line. */
function ticketOf([day, office, queue, ticket, issue, call]: readonly string[]): TicketLine | string {
  const date = parseCivilDate(day ?? '');
  if (date === null) return `date “${day}” is not a date such as 2026-02-19`;
  if (!office || !queue) return 'office or queue is empty';
  const [number, takenMinute, calledMinute] = [ticket, issue, call].map((text) =>
    text?.trim() ? Number(text) : Number.NaN,
  ) as [number, number, number];
  if (!Number.isInteger(number) || number < 1) return `ticket “${ticket}” is not a whole number`;
  for (const [name, minute] of [
    ['issue_min', takenMinute],
    ['call_min', calledMinute],
  ] as const) {
    if (!(minute >= 0 && minute < MINUTES_A_DAY)) return `${name} is not a minute of the day`;
  }
  if (calledMinute < takenMinute) return 'the call comes before the ticket';
  return { date, office, queue, ticket: number, takenMinute, calledMinute };
}
