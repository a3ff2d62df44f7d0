import { setTimeout as pause } from 'node:timers/promises';
import { DAY } from '../city-network.ts';
import { verifyDay } from '../../server/modules/queue/index.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Board } from './boards.ts';
import type { City } from './city.ts';
import { openHandles } from '../../server/platform/handles.ts';

const BOARD_MS_MAX = 10_000;

export interface Losses {
  readonly lost: number;
  readonly doubled: number;
  readonly dayFaults: number;
  readonly boardsBehind: number;
  /** Each of them in words. */
  readonly said: readonly string[];
}

/** Compares what clients were told with what the database holds, and each board with its hall. */
export async function losses(
  { control, urls }: Pick<City, 'control' | 'urls'>,
  acknowledged: Acknowledged,
  centres: readonly number[],
  boards: readonly Board[],
): Promise<Losses> {
  const said: string[] = [];
  const lose = (text: string) => said.push(`LOST ${text}`);
  const taken = await control.query<{ id: string; number: string; centreId: number; times: number }>(
    `select command_id::text as id, max(body->>'number') as number, max(centre_id) as "centreId", count(*)::int as times
     from queue_event where kind = 'visit-taken' group by 1`,
  );
  const tickets = new Map(taken.rows.map((row) => [row.id, row]));
  for (const [id, { centreId, number }] of acknowledged.tickets) {
    const row = tickets.get(id);
    if (row?.number !== number || row.centreId !== centreId) lose(`ticket ${number} of hall ${centreId}`);
  }
  const ended = await control.query<{ id: string }>(
    `select distinct body->>'visitId' as id from queue_event where kind = 'service-finished'`,
  );
  const finished = new Set(ended.rows.map(({ id }) => id));
  for (const id of acknowledged.finished) if (!finished.has(id)) lose(`the end of visit ${id}`);
  const booked = await control.query<{ id: string; at: number; state: string }>(
    `select booking_id::text as id, (extract(epoch from lower(span)) * 1000)::float8 as at, state from booking`,
  );
  const bookings = new Map(booked.rows.map((row) => [row.id, row]));
  for (const [id, { at, state }] of acknowledged.bookings) {
    const row = bookings.get(id);
    if (row?.state !== state || (state === 'booked' && row.at !== at))
      lose(`booking ${id}: ${state} became ${row?.state ?? 'nothing'}`);
  }
  const registered = await control.query<{ number: string; times: number }>(
    'select number, count(*)::int as times from application where number is not null group by 1',
  );
  const applications = new Map(registered.rows.map((row) => [row.number, row.times]));
  for (const number of acknowledged.applications.values()) if (!applications.has(number)) lose(`application ${number}`);
  const lost = said.length;

  const doubles = await control.query<{ what: string }>(
    `select 'command ' || command_id as what from queue_event where kind = 'visit-taken' group by command_id having count(*) > 1
     union all
     select 'number ' || centre_id || ' ' || (body->>'number') from queue_event where kind = 'visit-taken' and day = $1
       group by centre_id, body->>'number' having count(*) > 1
     union all
     select 'end of ' || (body->>'visitId') from queue_event where kind = 'service-finished' and body->>'next' = 'over'
       group by body->>'visitId' having count(*) > 1`,
    [DAY],
  );
  for (const { what } of doubles.rows) said.push(`DOUBLED ${what}`);

  let doubled = doubles.rows.length;
  const more = (what: string, count: number, asked: number) => {
    if (count <= asked) return;
    doubled += count - asked;
    said.push(`DOUBLED ${what}: ${count} for ${asked} that were asked for`);
  };
  more('bookings', booked.rows.filter(({ state }) => state !== 'held').length, acknowledged.asked.bookings);
  const begun = await control.query<{ count: number }>('select count(*)::int as count from application');
  more('applications', begun.rows[0]?.count ?? 0, acknowledged.asked.applications);

  let dayFaults = 0;
  for (const centreId of centres) {
    const { faults } = await openHandles(control).read((tx) => verifyDay(tx, { centreId, day: DAY as never }, null));
    if (faults.length > 0) {
      dayFaults += 1;
      said.push(`hall ${centreId}: ${faults.join('; ')}`);
    }
  }
  let boardsBehind = 0;
  for (const board of boards) {
    const behind = await behindOf(board, urls);
    if (behind === null) continue;
    boardsBehind += 1;
    said.push(behind);
  }
  return { lost, doubled, dayFaults, boardsBehind, said };
}

/** What a board shows that its hall does not, in words; null when they agree. It may take a while: a hall goes on by itself. */
async function behindOf(board: Board, urls: () => readonly string[]): Promise<string | null> {
  let seq = 0;
  for (const until = performance.now() + BOARD_MS_MAX; performance.now() < until; await pause(200)) {
    const answer = await fetch(`${urls()[0]}/api/centres/${board.centreId}/hall`).catch(() => null);
    if (answer?.ok !== true) continue;
    const hall = (await answer.json()) as { seq: number };
    if (JSON.stringify(board.shown()) === JSON.stringify(hall)) return null;
    seq = hall.seq;
  }
  return `board ${board.centreId} shows ${board.shown()?.seq ?? 'nothing'} of ${seq}`;
}
