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

const LINE_BYTES_MAX = 75;
const REMIND_BEFORE = '-PT2H';

/** An iCalendar file (RFC 5545): times in UTC, lines folded at 75 bytes, ended by CR LF. `now` stamps it. */
export function calendarFile(entry: CalendarEntry, now: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Okno//Okno//RU',
    `METHOD:${entry.isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${entry.id}@okno`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(entry.at)}`,
    `DTEND:${stamp(entry.until)}`,
    `SUMMARY:${escaped(entry.title)}`,
    `LOCATION:${escaped(entry.place)}`,
    `DESCRIPTION:${escaped(entry.text)}`,
    `STATUS:${entry.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
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

function stamp(at: Instant): string {
  const [date, time] = [civilDateOf(at, UTC), minuteOfDay(at, UTC)];
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor((at % MINUTE) / SECOND);
  return `${date.replaceAll('-', '')}T${two(Math.floor(time / 60))}${two(time % 60)}${two(seconds)}Z`;
}

function escaped(text: string): string {
  return text
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
