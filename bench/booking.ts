import { randomUUID } from 'node:crypto';
import { rehearsePolicies } from '../demo/simulation/simulate-policies.ts';
import { CITY_POLICIES } from '../core/rehearsal/policies.ts';
import { addDays, type CivilDate, instantOf, type TimeZone } from '../core/time/civil.ts';
import { importNetwork, type NewCentre } from '../server/modules/network/index.ts';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { type Bench, type Figure, figure, percentile, timed } from './bench.ts';
import { CITY_CENTRES, cityCentre, DAY, NOON } from './city-network.ts';
import { type LeanClient, openLeanClient } from './lean-client.ts';
import { type Program, serviceNumbers, startProgram } from './program.ts';

const ZONE = 'Europe/Moscow' as TimeZone;
const CLIENTS = 200;
const PLACES = 100;
const CHANNELS = ['city', 'call-centre', 'kiosk', 'partner', 'reception'];
const ROUNDS = 5;
const BOOKINGS = 200_000;
const DAYS = 60;
const SEARCHES = 200;
/** Ten windows of which all may be booked, in ten quarters of an hour: a hundred places. */
const WINDOWS = 10;
const FIGHT_HOURS = { opens: '09:00', closes: '11:30' };

/**
 * Two hundred clients of five channels fight for a hundred places on two nodes; one service is looked for in the whole city for
 * sixty days among two hundred thousand bookings; and visitors who booked are called in time.
 */
export const benchBooking: Bench = async ({ quick, folder, say }) => {
  const rounds = quick ? 1 : ROUNDS;
  const database = await openDatabase({ folder });
  await importNetwork(database, [
    ...serviceNumbers(CITY_CENTRES).map((id) => cityCentre(id, 8)),
    ...Array.from({ length: rounds }, (_, round) => fightCentre(CITY_CENTRES + 1 + round)),
  ]);
  const serve = () => startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);
  const nodes = [await serve(), await serve()] as const;
  const fights: Fight[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const fought = await fight(database, nodes, CITY_CENTRES + 1 + round);
      fights.push(fought);
      say(`round ${round + 1}: ${fought.rate.toFixed(0)} attempts/s, ${fought.booked} booked, ${fought.twice} double`);
    }
    const found = await searches(database, nodes[0], quick, say);
    return [...fightFigures(fights), ...found, ...(await calledInTime(quick))];
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await database.close();
  }
};

function fightCentre(centreId: number): NewCentre {
  return cityCentre(centreId, WINDOWS);
}

interface Fight {
  readonly rate: number;
  readonly booked: number;
  readonly twice: number;
  readonly odd: number;
  readonly p99: number;
}

/** Each client asks for a time at random until it is told that there is none left. */
async function fight(database: Database, nodes: readonly Program[], centreId: number): Promise<Fight> {
  const first = await openLeanClient(nodes[0]?.url as string);
  const { body: setting } = JSON.parse(
    `{"body":${(await first.send('GET', `/api/centres/${centreId}/booking-setting`, null)).text}}`,
  ) as { body: Record<string, unknown> };
  const day = addDays(DAY as CivilDate, 1);
  const hours = {
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    everyWeeks: 1,
    nthInMonth: null,
    from: day,
    to: day,
    ...FIGHT_HOURS,
    breaks: [],
  };
  const channels = Object.fromEntries(
    Object.entries(setting['channels'] as Record<string, object>).map(([name, rule]) => [
      name,
      { ...rule, share: null },
    ]),
  );
  const changed = { ...setting, share: 1, stepMinutes: 15, hours: [hours], channels };
  const put = await first.send('PUT', `/api/centres/${centreId}/booking-setting`, JSON.stringify(changed));
  if (put.status >= 300) throw new Error(put.text);
  const opens = instantOf(day, FIGHT_HOURS.opens, ZONE);
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, (_, n) => openLeanClient(nodes[n % nodes.length]?.url as string)),
  );
  // A node reads the ledger when it is asked for the first time.
  for (const client of clients.slice(0, nodes.length))
    await client.send('GET', '/api/free-times?services=group-0', null);
  const times: number[] = [];
  let odd = 0;
  let booked = 0;
  const work = async (client: LeanClient, n: number) => {
    let isLeft = true;
    for (let turn = 0; isLeft; turn += 1) {
      const at = opens + ((n * 7 + turn * 3) % WINDOWS) * 15 * 60_000;
      const body = {
        commandId: randomUUID(),
        centreId,
        at,
        channel: CHANNELS[n % CHANNELS.length],
        services: [{ serviceId: 'group-0', quantity: 1 }],
      };
      const began = performance.now();
      const { status, text } = await client.send('POST', '/api/bookings', JSON.stringify(body));
      times.push(performance.now() - began);
      if (status < 300) booked += 1;
      else if (status === 409 && text.includes('"time-taken"')) isLeft = !text.includes('"next":[]');
      else odd += 1;
    }
  };
  const took = await timed(() => Promise.all(clients.map(work)));
  for (const client of [first, ...clients]) client.close();
  const { rows } = await database.read((tx) =>
    tx.query<{ twice: number; held: number }>(
      `select count(*) filter (where n > $2)::integer as twice, (select count(*)::integer from booking where centre_id = $1 and state = 'held') as held
     from (select lower(span), count(*) as n from booking_claim where centre_id = $1 and pool = 'windows' group by 1) e`,
      [centreId, WINDOWS],
    ),
  );
  const [{ twice, held }] = rows as [{ twice: number; held: number }];
  return {
    rate: (times.length / took) * 1_000,
    booked: Math.min(booked, held),
    twice,
    odd,
    p99: percentile(times, 0.99),
  };
}

function fightFigures(fights: readonly Fight[]): Figure[] {
  const of = (value: (one: Fight) => number) => fights.map(value);
  return [
    figure(
      `attempts, ${CLIENTS} clients, ${CHANNELS.length} channels, two nodes`,
      'attempts/s',
      of(({ rate }) => rate),
      { atLeast: 500 },
    ),
    figure(
      `of ${PLACES} places booked`,
      'places',
      of(({ booked }) => booked),
      { atLeast: PLACES, atMost: PLACES },
    ),
    figure(
      'times with more bookings than windows',
      'times',
      of(({ twice }) => twice),
      { atMost: 0 },
    ),
    figure(
      'answers that were neither a booking nor “taken”',
      'answers',
      of(({ odd }) => odd),
      { atMost: 0 },
    ),
    figure(
      'p99 of an attempt',
      'ms',
      of(({ p99 }) => p99),
    ),
  ];
}

/** One service in all centres for sixty days, against the same asked of the bookings in SQL. */
async function searches(
  database: Database,
  node: Program,
  quick: boolean,
  say: (line: string) => void,
): Promise<Figure[]> {
  const bookings = quick ? 20_000 : BOOKINGS;
  await fillBookings(database, bookings);
  const client = await openLeanClient(node.url);
  const to = addDays(DAY as CivilDate, DAYS);
  const ask = async (n: number) => {
    const { status, text } = await client.send('GET', `/api/free-times?services=group-${n % 4}&to=${to}`, null);
    if (status >= 300) throw new Error(text);
    return text.length;
  };
  const cold: number[] = [];
  for (let n = 0; n < 4; n += 1) cold.push(await timed(() => ask(n)));
  say(`${bookings} bookings; an answer of ${await ask(0)} bytes`);
  const times: number[] = [];
  const plain: number[] = [];
  for (let n = 0; n < (quick ? 20 : SEARCHES); n += 1) {
    times.push(await timed(() => ask(n)));
    if (n % 10 === 0) plain.push(await timed(() => plainSearch(database, to)));
  }
  client.close();
  const p95 = percentile(times, 0.95);
  return [
    figure(`a service in ${CITY_CENTRES} centres for ${DAYS} days, p95`, 'ms', [p95], { atMost: 50 }),
    figure('the same, median', 'ms', times),
    figure('a service that nobody asked for before', 'ms', cold),
    figure(
      'free cells counted in SQL over bookings, against it',
      'ratio',
      plain.map((ms) => ms / percentile(times, 0.5)),
    ),
  ];
}

/** Bookings spread over the city and sixty days, as they would be: claims with their counters. */
async function fillBookings({ pool }: Database, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // The triggers would count one by one; here the counters are counted once, from the claims themselves.
    await client.query('set local session_replication_role = replica');
    await client.query(
      `with days as (
         select centre_id, day, begins, row_number() over (order by centre_id, day) - 1 as n, count(*) over () as all_days
         from ledger_pool where pool = 'windows' and centre_id <= $2 and day between $3::date + 1 and $3::date + 60 and cardinality(places) >= 140
       ), made as (
         select gen_random_uuid() as id, d.*, begins + ((i / all_days) * 5 % 46) * interval '15 minutes' as at, i
         from generate_series(0, $1::integer - 1) i join days d on d.n = i % d.all_days
       ), bookings as (
         insert into booking (booking_id, code, centre_id, day, span, state, channel, persons, language, class_letter, made_at)
         select id, translate(lpad(upper(to_hex(i + 268435456)), 8, '2'), '01', 'GH'), centre_id, day,
           tstzrange(at, at + interval '12 minutes'), 'booked', 'city', 1, 'ru', 'O', $3::date from made
         returning 1
       )
       insert into booking_claim (booking_id, centre_id, day, pool, span, cells)
       select id, centre_id, day, 'windows', tstzrange(at, at + interval '15 minutes'), 3 from made`,
      [count, CITY_CENTRES, DAY],
    );
    await client.query(
      `update ledger_pool l set taken = c.taken, changed_by = pg_current_xact_id(), places = ledger_most(places, c.taken)
       from (
         select p.centre_id, p.day, array_agg(coalesce(n, 0)::smallint order by cell) as taken
         from ledger_pool p cross join lateral generate_series(1, cardinality(p.taken)) as cell
         left join (
           select centre_id, day, (extract(epoch from lower(b.span)) / 300)::bigint + o as slot, count(*) as n
           from booking_claim b, generate_series(0, 2) as o where pool = 'windows' group by 1, 2, 3
         ) s on s.centre_id = p.centre_id and s.day = p.day and s.slot = (extract(epoch from p.begins) / 300)::bigint + cell - 1
         where p.pool = 'windows' and p.centre_id <= $1 group by 1, 2
       ) c where l.centre_id = c.centre_id and l.day = c.day and l.pool = 'windows'`,
      [CITY_CENTRES],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  await pool.query('analyze booking, booking_claim, ledger_pool');
}

/** The days of centres with a free quarter of an hour, counted from the bookings as a plain program would. */
async function plainSearch(db: Database, to: CivilDate): Promise<void> {
  await db.read((tx) =>
    tx.query(
      `select centre_id, day, count(*) from (
       select p.centre_id, p.day, cell, p.places[cell] as places,
         (select count(*) from booking_claim c where c.centre_id = p.centre_id and c.day = p.day and c.pool = 'windows'
            and c.span @> p.begins + (cell - 1) * interval '5 minutes') as taken
       from ledger_pool p, generate_series(1, cardinality(p.places), 3) as cell
       where p.pool = 'windows' and p.centre_id <= $1 and p.day <= $2
     ) e where taken < places group by 1, 2`,
      [CITY_CENTRES, to],
    ),
  );
}

/** The frozen city's halls with Okno's plan and reserve, which pay a twentieth more hours than the bare work. */
async function calledInTime(quick: boolean): Promise<Figure[]> {
  const policies = CITY_POLICIES.filter(({ policyId }) => policyId === 'okno');
  const reports = await rehearsePolicies(policies, quick ? [2] : [2, 3], quick ? 2 : 10, () => undefined);
  const percent = (share: number) => 100 * share;
  return [
    figure(
      'hours paid beyond the bare work',
      '%',
      reports.map(({ hoursAnyway }) => percent(hoursAnyway.value - 1)),
      { atMost: 10 },
    ),
    figure(
      'appointments called over five minutes after their time',
      '%',
      reports.map(({ appointmentsLate }) => percent(appointmentsLate)),
      { atMost: 1 },
    ),
  ];
}
