import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type CivilDate, instantOf, type TimeZone } from '../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../core/time/instant.ts';

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

/**
 * Reads the tickets of one date from a CSV file (`.gz` or plain) with the columns date, office, queue, ticket,
 * issue_min and call_min (minutes since midnight). Throws an Error that names the first faulty lines and fields.
 */
export async function readRecordedDay(file: string, date: CivilDate, zone: TimeZone): Promise<RecordedTicket[]> {
  const midnight = instantOf(date, '00:00', zone);
  const raw = createReadStream(file);
  const lines = createInterface({ input: file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw, crlfDelay: Infinity });
  const tickets: RecordedTicket[] = [];
  const faults: string[] = [];
  let places: number[] | null = null;
  let number = 0;
  const failed = new Promise<never>((_, reject) => raw.on('error', reject));
  await Promise.race([
    failed,
    (async () => {
      for await (const line of lines) {
        number += 1;
        const fields = line.split(',');
        if (places === null) places = columnPlaces(fields);
        else if (line !== '' && fields[places[0] as number] === date) {
          const ticket = ticketOf(
            places.map((place) => fields[place] ?? ''),
            midnight,
          );
          if (typeof ticket === 'string') faults.push(`line ${number}: ${ticket}`);
          else tickets.push(ticket);
        }
      }
    })(),
  ]);
  if (faults.length > 0) {
    const more = faults.length > FAULTS_SHOWN ? `\n… and ${faults.length - FAULTS_SHOWN} more` : '';
    throw new Error(
      `${file} has faulty lines; nothing was replayed.\n${faults.slice(0, FAULTS_SHOWN).join('\n')}${more}`,
    );
  }
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
function ticketOf(
  [, office, queue, ticket, issue, call]: readonly string[],
  midnight: Instant,
): RecordedTicket | string {
  if (!office || !queue) return 'office or queue is empty';
  const [number, issueMinute, callMinute] = [ticket, issue, call].map(Number) as [number, number, number];
  if (!Number.isInteger(number) || number < 1) return `ticket “${ticket}” is not a whole number`;
  for (const [name, minute] of [
    ['issue_min', issueMinute],
    ['call_min', callMinute],
  ] as const) {
    if (!(minute >= 0 && minute < MINUTES_A_DAY)) return `${name} is not a minute of the day`;
  }
  if (callMinute < issueMinute) return 'the call comes before the ticket';
  const at = (minute: number) => midnight + Math.round(minute * MINUTE);
  return { office, queue, ticket: number, takenAt: at(issueMinute), calledAt: at(callMinute) };
}
