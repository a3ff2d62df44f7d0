import pg from 'pg';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { type Bench, figure, median, timed } from './bench.ts';
import { oneVisit, seatedBook } from './seated-book.ts';
import { CENTRES, type CommandRows, keyOf, rowsOfVisits, service, ticket } from './queue-load.ts';

const ROUNDS = 5;
const BASELINE_CONNECTIONS = 16;
const COMMANDS_A_VISIT = 4;

/**
 * Durable commands over the full store (ids, chain, refusal check, read model) against the same rows
 * written by one statement and one commit a command, without deciding anything, over 16 connections.
 */
export const benchQueue: Bench = async ({ quick, folder, say }) => {
  const database = await openDatabase({ folder });
  const baseline = await openBaseline(database);
  const rounds = quick ? 2 : ROUNDS;
  const visits = quick ? 200 : 4_000;
  const samples = {
    at64: [] as number[],
    at256: [] as number[],
    base: [] as number[],
    ratio64: [] as number[],
    ratio256: [] as number[],
    latency: [] as number[],
  };
  let centres = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const next = () => Array.from({ length: CENTRES }, () => (centres += 1));
      const base = await baseline.throughput(rowsOfVisits(next(), Math.ceil(visits / CENTRES)));
      const at64 = await throughput(database, next(), 64, visits);
      const at256 = await throughput(database, next(), 256, visits * 2);
      const alone = await latency(database, next(), quick ? 50 : 250);
      const aloneBase = await baseline.latency(rowsOfVisits(next().slice(0, 4), quick ? 12 : 60));
      samples.base.push(base);
      samples.at64.push(at64);
      samples.at256.push(at256);
      samples.ratio64.push(at64 / base);
      samples.ratio256.push(at256 / base);
      samples.latency.push(alone / aloneBase);
      say(
        `round ${round + 1}: baseline ${base.toFixed(0)}/s, 64 in flight ${at64.toFixed(0)}/s, ` +
          `256 in flight ${at256.toFixed(0)}/s, alone ${alone.toFixed(2)} ms against ${aloneBase.toFixed(2)} ms`,
      );
    }
  } finally {
    await baseline.close();
    await database.close();
  }
  return [
    figure('baseline, one statement and commit each, 16 connections', 'commands/s', samples.base),
    figure('durable commands, 64 in flight', 'commands/s', samples.at64),
    figure('durable commands, 256 in flight', 'commands/s', samples.at256),
    figure('64 in flight against the baseline', 'ratio', samples.ratio64, { atLeast: 2.3 }),
    figure('256 in flight against the baseline', 'ratio', samples.ratio256, { atLeast: 3 }),
    figure('p50 of one in flight against the baseline with one connection', 'ratio', samples.latency, { atMost: 1.5 }),
  ];
};

async function throughput(
  database: Database,
  centres: readonly number[],
  inFlight: number,
  visits: number,
): Promise<number> {
  const windowsEach = Math.ceil(inFlight / centres.length);
  const book = await seatedBook(database, centres, windowsEach);
  let begun = 0;
  const worker = async (seat: number) => {
    const centre = centres[seat % centres.length] as number;
    while (begun < visits) {
      begun += 1;
      await oneVisit(book, centre);
    }
  };
  const elapsed = await timed(() => Promise.all(Array.from({ length: inFlight }, (_, seat) => worker(seat))));
  await book.close();
  return ((visits * COMMANDS_A_VISIT) / elapsed) * 1_000;
}

/** The median milliseconds of a command when nothing else is under way. */
async function latency(database: Database, centres: readonly number[], visits: number): Promise<number> {
  const book = await seatedBook(database, centres.slice(0, 4), 1);
  const samples: number[] = [];
  for (let index = 0; index < visits; index += 1) {
    const key = keyOf(centres[index % 4] as number);
    const take = ticket();
    for (const command of [take, ...service(1, take.id)]) samples.push(await timed(() => book.carryOut(key, command)));
  }
  await book.close();
  return median(samples);
}

interface Baseline {
  /** Commands a second over all connections. */
  throughput(rows: readonly CommandRows[]): Promise<number>;
  /** The median milliseconds over one connection. */
  latency(rows: readonly CommandRows[]): Promise<number>;
  close(): Promise<void>;
}

async function openBaseline(database: Database): Promise<Baseline> {
  await database.write((tx) => tx.query('select queue_ensure_month($1::date)', [keyOf(1).day]));
  const clients = Array.from(
    { length: BASELINE_CONNECTIONS },
    () => new pg.Client({ ...database.connection, options: '-c plan_cache_mode=force_generic_plan' }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  return {
    throughput: async (rows) => {
      let next = 0;
      const worker = async (client: pg.Client) => {
        for (let row = rows[next++]; row !== undefined; row = rows[next++]) await writeAlone(client, row);
      };
      const elapsed = await timed(() => Promise.all(clients.map(worker)));
      return (rows.length / elapsed) * 1_000;
    },
    latency: async (rows) => {
      const samples: number[] = [];
      for (const row of rows) samples.push(await timed(() => writeAlone(clients[0] as pg.Client, row)));
      return median(samples);
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

async function writeAlone(client: pg.Client, { key, events, visits, steps }: CommandRows): Promise<void> {
  const { centreId, day } = key;
  await client.query({
    name: 'one-command',
    text: ONE_COMMAND,
    values: [
      centreId,
      day,
      events.map(({ event }) => event.seq),
      events.map(({ event }) => event.at),
      events.map(({ event }) => event.kind),
      events.map(({ event }) => event.command?.id ?? null),
      events.map(({ event }) => event.command?.hash ?? null),
      events.map(({ event }) => event.command?.events ?? null),
      events.map(({ chain }) => String(chain)),
      events.map(({ event }) => JSON.stringify(event.body)),
      visits.map((row) => row.visitId),
      visits.map((row) => row.number),
      visits.map((row) => row.groupId),
      visits.map((row) => row.persons),
      visits.map((row) => row.state),
      visits.map((row) => row.takenAt),
      visits.map((row) => row.due),
      visits.map((row) => row.calledAt),
      visits.map((row) => row.endedAt),
      steps.map((row) => row.visitId),
      steps.map((row) => row.groupId),
      steps.map((row) => row.windowId),
      steps.map((row) => row.specialistId),
      steps.map((row) => row.calledAt),
      steps.map((row) => row.startedAt),
      steps.map((row) => row.endedAt),
      steps.map((row) => row.outcome),
    ],
  });
}

const ONE_COMMAND = `
with event as (
  insert into queue_event (centre_id, day, seq, at, v, kind, command_id, command_hash, command_events, chain, body)
  select $1, $2, e.seq, instant_of(e.at), 1, e.kind, e.command_id, e.command_hash, e.command_events, e.chain, e.body::jsonb
  from unnest($3::integer[], $4::bigint[], $5::text[], $6::uuid[], $7::bigint[], $8::smallint[], $9::bigint[], $10::text[])
    as e(seq, at, kind, command_id, command_hash, command_events, chain, body)
), visited as (
  insert into visit (centre_id, day, visit_id, number, group_id, persons, state, taken_at, due, called_at, ended_at)
  select $1, $2, v.id, v.number, v.group_id, v.persons, v.state, instant_of(v.taken_at), instant_of(v.due), instant_of(v.called_at), instant_of(v.ended_at)
  from unnest($11::uuid[], $12::text[], $13::text[], $14::smallint[], $15::text[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[])
    as v(id, number, group_id, persons, state, taken_at, due, called_at, ended_at)
  on conflict (centre_id, day, visit_id) do update
    set state = excluded.state, due = excluded.due, called_at = excluded.called_at, ended_at = excluded.ended_at
)
insert into visit_step (centre_id, day, visit_id, step, group_id, window_id, specialist_id, called_at, started_at, ended_at, outcome)
select $1, $2, s.id, 1, s.group_id, s.window_id, s.specialist, instant_of(s.called_at), instant_of(s.started_at), instant_of(s.ended_at), s.outcome
from unnest($20::uuid[], $21::text[], $22::smallint[], $23::text[], $24::bigint[], $25::bigint[], $26::bigint[], $27::text[])
  as s(id, group_id, window_id, specialist, called_at, started_at, ended_at, outcome)
on conflict (centre_id, day, visit_id, step) do update
  set started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome`;
