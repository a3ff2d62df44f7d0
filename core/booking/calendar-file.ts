import { civilDateOf, minuteOfDay, type TimeZone } from '../time/civil.ts';
import { type Instant, MINUTE, SECOND } from '../time/instant.ts';

const UTC = 'UTC' as TimeZone;

/** An appointment as a calendar of the visitor's keeps it. */
export interface CalendarEntry {
  readonly id: string;
  readonly at: Instant;
  readonly until: Instant;
  readonly title: string;
  readonly place: string;
  readonly text: string;
  readonly isCancelled: boolean;
  /** Greater with each change, so that the newest counts. */
  readonly sequence: number;
}

/** A person in a calendar: a name, and an address such as `anna@example.org`. */
export interface CalendarParty {
  readonly name: string;
  readonly address: string;
}

/** Between whom an appointment is; null: the visitor takes the file by hand, and nobody is invited. */
export interface CalendarParties {
  readonly organizer: CalendarParty;
  readonly attendee: CalendarParty;
}

/**
 * What a file asks of a calendar (RFC 5546): to show an entry that nobody has to answer, to have or change an appointment, or to take it
 * out. By mail only the last two are followed without a question: Outlook, Google Calendar and Apple's Calendar take an entry out
 * only for a CANCEL that has the UID and the ORGANIZER of the REQUEST and no smaller SEQUENCE, and change it only for a greater one.
 */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

export function methodOf({ isCancelled }: CalendarEntry, parties: CalendarParties | null): CalendarMethod {
  if (isCancelled) return 'CANCEL';
  return parties === null ? 'PUBLISH' : 'REQUEST';
}

/** Where nobody can be written to (RFC 5546 asks every entry for its organizer); as calendars write it. */
const NOBODY = 'invalid:nomail';
const LINE_BYTES_MAX = 75;
const REMIND_BEFORE = '-PT2H';

/**
 * An iCalendar file (RFC 5545): times in UTC, so that no table of zones is needed; lines folded at 75 bytes, ended by CR LF. `now`
 * stamps it.
 */
export function calendarFile(entry: CalendarEntry, now: Instant, parties: CalendarParties | null = null): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Okno//Okno//RU',
    'CALSCALE:GREGORIAN',
    `METHOD:${methodOf(entry, parties)}`,
    'BEGIN:VEVENT',
    `UID:${entry.id}@okno`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${stamp(now)}`,
    ...(parties === null ? [`ORGANIZER:${NOBODY}`] : partyLines(parties)),
    `DTSTART:${stamp(entry.at)}`,
    `DTEND:${stamp(entry.until)}`,
    `SUMMARY:${escaped(entry.title)}`,
    `LOCATION:${escaped(entry.place)}`,
    `DESCRIPTION:${escaped(entry.text)}`,
    `STATUS:${entry.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    ...(entry.isCancelled
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `TRIGGER:${REMIND_BEFORE}`,
          `DESCRIPTION:${escaped(entry.title)}`,
          'END:VALARM',
        ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

/** The visitor has already said yes by booking: no answer is asked for. */
function partyLines({ organizer, attendee }: CalendarParties): string[] {
  const attends = 'CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE';
  return [
    `ORGANIZER;CN=${quoted(organizer.name)}:mailto:${inUri(organizer.address)}`,
    `ATTENDEE;${attends};CN=${quoted(attendee.name)}:mailto:${inUri(attendee.address)}`,
  ];
}

/** A parameter between quotes, without characters that would end it or the line (RFC 5545, 3.2). */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\p{Cc}]/gu, ' ').trim()}"`;
}

/** An address as an address of the net has it (RFC 6068): what is not ASCII, and what would end it, in numbers. */
function inUri(address: string): string {
  const at = address.lastIndexOf('@');
  return `${encodeURIComponent(address.slice(0, at))}@${address.slice(at + 1)}`;
}

function stamp(at: Instant): string {
  const [date, time] = [civilDateOf(at, UTC), minuteOfDay(at, UTC)];
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor((at % MINUTE) / SECOND);
  return `${date.replaceAll('-', '')}T${two(Math.floor(time / 60))}${two(time % 60)}${two(seconds)}Z`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', String.raw`\;`)
    .replaceAll(',', String.raw`\,`)
    .replaceAll('\n', String.raw`\n`);
}

/** A long line in pieces of at most 75 bytes of UTF-8; each after the first begins with a space. No sign is cut. */
function folded(line: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const sign of line) {
    const size = bytesOf(sign);
    if (bytes + size > LINE_BYTES_MAX) {
      pieces.push(piece);
      piece = ' ';
      bytes = 1;
    }
    piece += sign;
    bytes += size;
  }
  return [...pieces, piece];
}

function bytesOf(sign: string): number {
  const point = sign.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x8_00) return 2;
  return point < 0x1_00_00 ? 3 : 4;
}
