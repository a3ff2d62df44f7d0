import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { rangeBehind } from '../core/queue/wait-range.ts';
import { type Figure, figure, mean } from './bench.ts';

interface Ticket {
  readonly issued: number;
  readonly called: number;
}

/** A line needs so many gaps on other days before anything can be said about it. */
const GAPS_MIN = 20;

/**
 * Recorded days: what each visitor who found others before them would have been shown, against their wait. A recording has no
 * service times and no windows, so a line's pace is taken from its other days: the gaps between calls while anyone waited.
 */
export async function recordedFigures(file: string): Promise<Figure[]> {
  const lines = await readLines(file);
  const shown: { q50: number; q90: number; waited: number }[] = [];
  for (const days of lines.values()) {
    for (const [date, tickets] of days) {
      const gaps = [...days].flatMap(([other, its]) => (other === date ? [] : busyGaps(its)));
      if (gaps.length < GAPS_MIN) continue;
      const pace = mean(gaps);
      const cs2 = mean(gaps.map((gap) => (gap - pace) ** 2)) / pace ** 2;
      for (const ticket of tickets) {
        const ahead = tickets.filter(({ issued, called }) => issued < ticket.issued && called > ticket.issued).length;
        const range = ahead === 0 ? null : rangeBehind(ahead, pace, [{ fromMinute: 0, windows: 1 }], cs2);
        if (range === null) continue;
        shown.push({ q50: range.q50Minutes, q90: range.q90Minutes, waited: ticket.called - ticket.issued });
      }
    }
  }
  const share = (isIn: (one: (typeof shown)[number]) => boolean) => [shown.filter(isIn).length / shown.length];
  return [
    figure('recorded visitors who found others before them', 'visitors', [shown.length]),
    figure(
      'of these waited no longer than q90',
      'share',
      share(({ waited, q90 }) => waited <= q90),
      {
        atLeast: 0.88,
        atMost: 0.92,
      },
    ),
    figure(
      'of these waited no longer than q50',
      'share',
      share(({ waited, q50 }) => waited <= q50),
    ),
  ];
}

/** The minutes between calls of a line while the next one was already waiting. */
function busyGaps(tickets: readonly Ticket[]): number[] {
  const byCall = tickets.toSorted((a, b) => a.called - b.called);
  return byCall.slice(1).flatMap((ticket, index) => {
    const before = byCall[index]?.called ?? 0;
    return ticket.issued <= before ? [ticket.called - before] : [];
  });
}

/** The tickets of a recording, by line (office and queue) and then by date. */
async function readLines(file: string): Promise<Map<string, Map<string, Ticket[]>>> {
  const raw = createReadStream(file);
  const rows = createInterface({ input: file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw, crlfDelay: Infinity });
  const lines = new Map<string, Map<string, Ticket[]>>();
  let columns: string[] | null = null;
  for await (const row of rows) {
    const fields = row.split(',');
    if (columns === null) {
      columns = fields;
      continue;
    }
    const at = (name: string) => fields[columns?.indexOf(name) ?? -1] ?? '';
    const name = `${at('office')}/${at('queue')}`;
    const days = lines.get(name) ?? new Map<string, Ticket[]>();
    lines.set(name, days);
    const tickets = days.get(at('date')) ?? [];
    days.set(at('date'), tickets);
    tickets.push({ issued: Number(at('issue_min')), called: Number(at('call_min')) });
  }
  return lines;
}
