import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replay } from '../demo/replay/replay.ts';
import { exponential, random } from '../core/rehearsal/random.ts';
import { type Bench, figure } from './bench.ts';

const DAY = '2020-01-13';
const GOAL = 200;

/**
 * A recorded day through the HTTP API. With OKNO_TICKETS the recording that it names; otherwise a made-up day of
 * the same shape (19 offices, 15,414 tickets, lines of its own for each queue), so that it runs anywhere.
 */
export const benchReplay: Bench = async ({ quick, folder, say }) => {
  const named = process.env['OKNO_TICKETS'];
  const recorded = named !== undefined && existsSync(named);
  const file = recorded ? named : join(folder, 'tickets.csv');
  if (!recorded) await writeFile(file, madeUpDay(quick ? 1_000 : 15_414));
  say(recorded ? `replaying ${DAY} of ${file}` : 'replaying a made-up day');
  const asRecorded = await replay({ file, date: DAY, windows: null });
  return [
    figure('replay of a day against real time', 'ratio', [asRecorded.speedUp], { atLeast: GOAL }),
    figure('visits replayed', 'visits', [asRecorded.visits]),
    figure('largest deviation from the recorded wait', 'minutes', [asRecorded.deviationMinutesMax ?? 0], {
      atMost: 0.1,
    }),
    figure('errors', 'requests', [asRecorded.errors], { atMost: 0 }),
  ];
};

/** Offices with ten lines each, arrivals over nine hours, each line called in order. */
function madeUpDay(tickets: number): string {
  const draw = random(13);
  const lines = ['date,office,queue,ticket,issue_min,call_min'];
  const queues = 190;
  const each = Math.ceil(tickets / queues);
  let left = tickets;
  for (let queue = 0; queue < queues; queue += 1) {
    let issued = 480;
    let called = 480;
    const count = Math.min(each, left);
    left -= count;
    for (let ticket = 1; ticket <= count; ticket += 1) {
      issued = Math.round((issued + exponential(draw, each / 540)) * 10) / 10;
      called = Math.max(issued, Math.round((called + exponential(draw, each / 500)) * 10) / 10);
      if (called < 1_139) lines.push(`${DAY},office-${queue % 19},${queue},${ticket},${issued},${called}`);
    }
  }
  return lines.join('\n');
}
