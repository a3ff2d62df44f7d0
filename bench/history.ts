import { type Database, openDatabase } from '../server/platform/database.ts';
import { type Bench, figure, median, timed } from './bench.ts';
import { CENTRES, keyOf, service, ticket } from './queue-load.ts';
import { seatedBook } from './seated-book.ts';

const ROUNDS = 9;
const EVENTS_A_VISIT = 5;
const GOAL = 1.15;

/**
 * The time of a command on an empty database against one with a long past: the events, visits and steps of so many visits
 * in the months before, the same day going on in both. OKNO_PAST_VISITS says how many (25 million by hand).
 */
export const benchHistory: Bench = async ({ quick, folder, say }) => {
  const past = Number(process.env['OKNO_PAST_VISITS'] ?? (quick ? 20_000 : 1_000_000));
  const full = await openDatabase({ folder });
  await full.write((tx) => tx.query('create database okno_empty'));
  const { host = '', user = '' } = full.connection;
  const empty = await openDatabase({
    url: `postgresql:///okno_empty?host=${encodeURIComponent(host)}&user=${encodeURIComponent(user)}`,
  });
  const samples = { empty: [] as number[], full: [] as number[], ratio: [] as number[] };
  try {
    say(`writing ${past} visits of the past…`);
    await writePast(full, past);
    let centres = 0;
    for (let round = 0; round < (quick ? 2 : ROUNDS); round += 1) {
      const next = Array.from({ length: 4 }, () => (centres += 1));
      const count = quick ? 40 : 250;
      const [first, second] = round % 2 === 0 ? [empty, full] : [full, empty];
      const one = await p50(first, next, count);
      const other = await p50(second, next, count);
      const [onEmpty, onFull] = round % 2 === 0 ? [one, other] : [other, one];
      samples.empty.push(onEmpty);
      samples.full.push(onFull);
      samples.ratio.push(onFull / onEmpty);
      say(`round ${round + 1}: empty ${onEmpty.toFixed(3)} ms, full ${onFull.toFixed(3)} ms`);
    }
  } finally {
    await empty.close();
    await full.close();
  }
  return [
    figure('visits of the past', 'visits', [past]),
    figure('p50 of a command, empty', 'ms', samples.empty),
    figure('p50 of a command, with the past', 'ms', samples.full),
    figure('with the past against empty', 'ratio', samples.ratio, { atMost: GOAL }),
  ];
};

/** The past: days of the months before, over all centres, as rows of the same shape. */
async function writePast(db: Database, visits: number): Promise<void> {
  const perDay = CENTRES * 540;
  const days = Math.ceil(visits / perDay);
  for (let day = 1; day <= days; day += 1) {
    const date = `date '${keyOf(1).day}' - ${day}`;
    const count = Math.min(perDay, visits - (day - 1) * perDay);
    await db.write((tx) => tx.query(`select queue_ensure_month((${date})::date)`));
    const some = `generate_series(0, ${count - 1}) as g(n)`;
    const columns = `1 + n % ${CENTRES}, (${date})::date`;
    await db.write((tx) =>
      tx.query(
        `insert into queue_event (centre_id, day, seq, at, v, kind, command_id, command_hash, command_events, chain, body)
       select 1 + n % ${CENTRES}, (${date})::date, 1 + (n / ${CENTRES}) * ${EVENTS_A_VISIT} + k, now(), 2, 'visit-taken',
              gen_random_uuid(), n, 1, n, jsonb_build_object('visitId', gen_random_uuid(), 'number', 'В142', 'groupId',
              'passports', 'persons', 1, 'due', n, 'classLetter', 'O', 'language', 'ru')
       from ${some}, generate_series(0, ${EVENTS_A_VISIT - 1}) as e(k)`,
      ),
    );
    await db.write((tx) =>
      tx.query(
        `insert into visit (centre_id, day, visit_id, number, group_id, persons, state, taken_at, due)
       select ${columns}, gen_random_uuid(), 'В142', 'passports', 1, 'finished', now(), now() from ${some}`,
      ),
    );
    await db.write((tx) =>
      tx.query(
        `insert into visit_step (centre_id, day, visit_id, step, group_id, window_id, called_at)
       select ${columns}, gen_random_uuid(), 1, 'passports', 1, now() from ${some}`,
      ),
    );
  }
  await db.write((tx) => tx.query('analyze'));
  await db.write((tx) => tx.query('checkpoint'));
}

/** The median milliseconds of a durable command, one at a time. */
async function p50(database: Database, centres: readonly number[], visits: number): Promise<number> {
  const book = await seatedBook(database, centres, 1);
  const times: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const key = keyOf(centres[visit % centres.length] as number);
    const take = ticket();
    for (const command of [take, ...service(1, take.id)]) times.push(await timed(() => book.carryOut(key, command)));
  }
  await book.close();
  return median(times);
}
