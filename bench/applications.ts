import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { ApplicationFile } from '../contract/application-shapes.ts';
import type { Call } from '../contract/client.ts';
import { STANDARD_PASSPORTS } from '../demo/passports/standard.ts';
import { productionCalendar } from '../core/terms/calendar.ts';
import { RUSSIAN_YEARS } from '../core/terms/calendar-years.ts';
import { type Term, termDays } from '../core/terms/term.ts';
import { addDays, type CivilDate } from '../core/time/civil.ts';
import { PROGRAM } from '../server/platform/index.ts';
import { importPassports } from '../server/modules/catalogue/index.ts';
import { importNetwork } from '../server/modules/network/index.ts';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { type Bench, type Figure, figure, percentile, timed } from './bench.ts';
import { CITY_CENTRES, cityCentre, DAY, NOON } from './city-network.ts';
import { type LeanClient, openLeanClient } from './lean-client.ts';
import { serviceNumbers, startProgram } from './program.ts';

/** Ten times the mean rate of Moscow in opening hours. */
const A_SECOND = 16;
const SECONDS = 60;
const UPLOAD_MS_MAX = 20_000;
const APPLICATIONS = 5_000_000;
const OPEN = 1_000_000;
const LOOKUPS = 1_000;
const APPLICATIONS_EACH = 5;
const SERVICE = 'property';
const TERM: Term = {
  count: 9,
  unit: 'working-day',
  starts: 'next-working-day',
  includesTransfer: true,
  promisedCount: null,
};
const calendar = productionCalendar(RUSSIAN_YEARS);
/** A small scan: a sheet with two lines. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABQAQMAAACTceEGAAAABlBMVEX///8AAABVwtN+AAAACXBIWXMAAAsTAAALEwEAmpwYAAAAHUlEQVQokWNgoBb4DwakMmgH/sMs+E8KYxQMbQAAqlk7xbmEnjsAAAAASUVORK5CYII=',
  'base64',
);

/**
 * Applications among five million others: registered at ten times the mean rate of Moscow, asked for by number and code, and a million open
 * ones recalculated by a changed calendar while windows go on.
 */
export const benchApplications: Bench = async ({ quick, folder, say }) => {
  const database = await openDatabase({ folder });
  await importNetwork(
    database,
    serviceNumbers(CITY_CENTRES).map((id) => cityCentre(id, 8)),
  );
  await importCatalogue(database);
  const node = await startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);
  try {
    const counts = quick ? { all: 20_000, open: 10_000 } : { all: APPLICATIONS, open: OPEN };
    say(
      `${counts.all} applications: ${Math.round((await timed(() => fillUp(database, counts))) / 1_000)} s to write them`,
    );
    // A connection that nobody uses is closed by the server: it is opened when it is needed.
    const desk = await openDesk(node.url);
    const intake = await takeAll(desk, quick ? 3 : SECONDS);
    desk.client.close();
    const asking = { ...desk, client: await openLeanClient(node.url) };
    const lookups = await lookUp(database, asking, quick ? 50 : LOOKUPS);
    const change = await changeCalendar(asking, quick);
    asking.client.close();
    return [...intake, ...lookups, ...change, ...termFigures(quick)];
  } finally {
    await node.stop();
    await database.close();
  }
};

/** The standard services, in addition to the groups of the benchmark city. */
export async function importCatalogue(db: Database): Promise<void> {
  const groupIds = [...new Set(STANDARD_PASSPORTS.map(({ groupId }) => groupId))];
  const groups = groupIds.map((groupId, place) => ({
    groupId: `bench-${groupId}`,
    letter: 'ПСНЖТРКЛ'[place] as string,
    name: { ru: groupId, en: groupId },
    place,
  }));
  const passports = STANDARD_PASSPORTS.map((one) => ({ ...one, groupId: `bench-${one.groupId}` }));
  await importPassports(db, PROGRAM, { groups, passports }, DAY as CivilDate);
}

interface Desk {
  readonly url: string;
  readonly client: LeanClient;
  readonly personIds: readonly string[];
}

const PERSONS = 50;

/** A window with people before it. */
async function openDesk(url: string): Promise<Desk> {
  const client = await openLeanClient(url);
  const personIds: string[] = [];
  for (let n = 0; n < PERSONS; n += 1) personIds.push(await writeDown(client.call, n));
  return { url, client, personIds };
}

/** Writes down the n-th person of a benchmark; gives the person's id. */
export async function writeDown(call: Call, n: number): Promise<string> {
  const identity = {
    surname: `Петров${n}`,
    name: 'Иван',
    birth: '1980-01-01' as CivilDate,
    documents: [{ kind: 'passport', number: `4510${String(100_000 + n)}`, issuedOn: '2025-02-10' as CivilDate }],
  };
  const purpose = { kind: 'reason' as const, centreId: 1, reason: 'benchmark of applications' };
  return (await call('POST /api/persons', { body: { purpose, identity } })).personId;
}

/** Writes applications straight into the database: most are given out long ago, the newest are open. */
async function fillUp(database: Database, { all, open }: { readonly all: number; readonly open: number }) {
  const db = database;
  const days = Array.from({ length: 7 }, (_, n) => addDays('2026-02-13' as CivilDate, n)).map((registered) => {
    const { lastDay, promised, dispatchBy } = termDays(calendar, TERM, { registered });
    return { registered, last: lastDay, promised, dispatch: dispatchBy, agency: lastDay };
  });
  await db.write((tx) =>
    tx.query(
      `create table bench_day as select row_number() over () - 1 as place, d.* from jsonb_to_recordset($1)
       as d(registered date, last date, promised date, dispatch date, agency date)`,
      [JSON.stringify(days)],
    ),
  );
  // As many people as a city has applicants: each applied for a few things in their life.
  await db.write((tx) =>
    tx.query(
      `insert into person (person_id, sealed, made_at, changed_at) select gen_random_uuid(), '\\x00', now(), now() from generate_series(1, $1::integer)`,
      [Math.ceil(all / APPLICATIONS_EACH)],
    ),
  );
  await db.write((tx) =>
    tx.query(
      `create table bench_person as select row_number() over () - 1 as place, person_id from person where sealed = '\\x00'`,
    ),
  );
  await db.write((tx) => tx.query('create unique index on bench_person (place)'));
  await db.write((tx) => tx.query('analyze bench_person'));
  await db.write((tx) =>
    tx.query(
      `insert into application (application_id, number, centre_id, service_id, version, variant, state, person_id, responsible, sealed, registered_on,
       term, last_day, promised, dispatch_by, agency_by, ended_on, result_centre_id, command_id, made_at, changed_at)
     select gen_random_uuid(), '7' || (n % 129) || '-260101-' || lpad(n::text, 8, '0'), 1 + n % 129, $1, 1, 'usual',
       case when n <= $3 then 'at-agency' else 'issued' end, p.person_id, 'bench', '\\x00', d.registered,
       $5, d.last, d.promised, d.dispatch, d.agency, case when n > $3 then d.last end, 1 + n % 129, gen_random_uuid(), now(), now()
     from generate_series(1, $2::integer) as n join bench_day d on d.place = n % 7
       join bench_person p on p.place = n % $4`,
      [SERVICE, all, open, Math.ceil(all / APPLICATIONS_EACH), JSON.stringify(TERM)],
    ),
  );
  await db.write((tx) => tx.query('vacuum analyze application'));
}

/** One application from the first word to the receipt, with five papers and three scans. */
export async function take(
  { client, url, personIds }: { readonly client: Pick<LeanClient, 'call'> } & Omit<Desk, 'client'>,
  n: number,
): Promise<{ readonly all: number; readonly registered: number; readonly number: string }> {
  const fileIds: string[] = [];
  for (let scan = 0; scan < 3; scan += 1) {
    const reply = await fetch(`${url}/api/files?name=scan.png`, {
      method: 'POST',
      body: Buffer.concat([PICTURE, Buffer.from(randomUUID())]),
      signal: AbortSignal.timeout(UPLOAD_MS_MAX),
    });
    if (!reply.ok) throw new Error(`a scan was not taken: HTTP ${reply.status}`);
    fileIds.push(((await reply.json()) as { fileId: string }).fileId);
  }
  const began = performance.now();
  const draft = await client.call('POST /api/applications', {
    body: {
      commandId: randomUUID(),
      centreId: 1 + (n % CITY_CENTRES),
      serviceId: SERVICE,
      variant: 'usual',
      personId: personIds[n % personIds.length] as string,
      anotherBecause: 'benchmark',
    } as never,
  });
  const params = { applicationId: draft.applicationId };
  await client.call('PUT /api/applications/:applicationId/draft', {
    params,
    body: {
      edition: draft.edition,
      answers: { ...draft.answers, homeAddress: 'Комсомольский проспект, 8', cadastre: '77:01:0001001:1' },
      evidence: [
        { kind: 'passport', seen: 'original-shown', copies: 1, fileIds: [fileIds[0] as string] },
        { kind: 'contract', seen: 'original-kept', copies: 1, fileIds: [fileIds[1] as string] },
        { kind: 'mandate', seen: 'original-kept', fileIds: [fileIds[2] as string] },
      ],
    },
  });
  const middle = performance.now();
  const body = { commandId: randomUUID(), move: 'register' as const };
  const file: ApplicationFile = await client.call('POST /api/applications/:applicationId/move', { params, body });
  if (file.papers.length !== 5) throw new Error(`an application has ${file.papers.length} papers instead of 5`);
  return { all: performance.now() - began, registered: performance.now() - middle, number: file.number ?? '' };
}

/** Takes applications at a steady rate; a late one does not slow the others down. */
async function takeSteadily(
  desk: Desk,
  seconds: number,
): Promise<{ readonly all: number[]; readonly registered: number[] }> {
  const all: number[] = [];
  const registered: number[] = [];
  const clients = await Promise.all(Array.from({ length: A_SECOND }, () => openLeanClient(desk.url)));
  const began = performance.now();
  await Promise.all(
    clients.map(async (client, lane) => {
      for (let second = 0; second < seconds; second += 1) {
        const due = began + (second + lane / A_SECOND) * 1_000;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
        const took = await take({ ...desk, client }, second * A_SECOND + lane);
        all.push(took.all);
        registered.push(took.registered);
      }
      client.close();
    }),
  );
  return { all, registered };
}

async function takeAll(desk: Desk, seconds: number): Promise<Figure[]> {
  await takeSteadily(desk, 1);
  const { all, registered } = await takeSteadily(desk, seconds);
  return [
    figure(`registering with 5 papers and 3 scans, ${A_SECOND} a second, p95`, 'ms', [percentile(registered, 0.95)], {
      atMost: 50,
    }),
    figure('from the first word to the receipt (three requests), p95', 'ms', [percentile(all, 0.95)]),
    figure('the same, median', 'ms', all),
  ];
}

/** The state of an application by number and code, against the row alone. */
async function lookUp(database: Database, desk: Desk, count: number): Promise<Figure[]> {
  const { rows } = await database.read((tx) =>
    tx.query<{ id: string; number: string }>(
      `select application_id as id, number from application where responsible <> 'bench' and number is not null limit 50`,
    ),
  );
  const known: { number: string; code: string }[] = [];
  for (const { id } of rows) {
    const { number, code } = await desk.client.call('GET /api/applications/:applicationId', {
      params: { applicationId: id },
    });
    known.push({ number: number as string, code: code as string });
  }
  const times: number[] = [];
  const bare: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const body = known[n % known.length] as { number: string; code: string };
    times.push(await timed(() => askStatus(desk.url, n, JSON.stringify(body))));
    bare.push(
      await timed(() =>
        database.read((tx) => tx.query('select state from application where number = $1', [body.number])),
      ),
    );
  }
  return [
    figure('status by number and code, p95', 'ms', [percentile(times, 0.95)], { atMost: 20 }),
    figure('status, against the row alone', 'x', [percentile(times, 0.5) / percentile(bare, 0.5)]),
  ];
}

/** The number that one address may ask at once: a client that guesses codes is held back. */
const FROM_ONE_ADDRESS = 40;
const agents = new Map<number, Agent>();

/** Asks from one of many addresses, as a city does. */
async function askStatus(url: string, n: number, body: string): Promise<void> {
  const address = 2 + Math.floor(n / FROM_ONE_ADDRESS);
  const agent = agents.get(address) ?? new Agent({ keepAlive: true, localAddress: `127.0.0.${address}` });
  agents.set(address, agent);
  const status = await new Promise<number>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/api/application-status`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
  if (status >= 300) throw new Error(`the state of an application: HTTP ${status}`);
}

/** A day more of rest: every open application whose term spans it gets another date, and windows go on meanwhile. */
async function changeCalendar(desk: Desk, quick: boolean): Promise<Figure[]> {
  const year = RUSSIAN_YEARS.find((one) => one.year === 2026);
  if (year === undefined) throw new Error('2026 is not among the years');
  const { act, rest, short, work, decree, provisional } = year;
  const began = performance.now();
  await desk.client.call('PUT /api/calendar/:year', {
    params: { year: 2026 },
    body: { act, rest: `${rest} 02-25`, short, work, decree, provisional },
  });
  const client = await openLeanClient(desk.url);
  let isOver = false;
  const meanwhile: number[] = [];
  const intake = (async () => {
    for (let n = 0; !isOver; n += 1) {
      const due = began + (n * 1_000) / A_SECOND;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      meanwhile.push((await take({ ...desk, client }, n)).registered);
    }
  })();
  let moved = 0;
  while (!isOver) {
    const { recount } = await desk.client.call('GET /api/calendar', {});
    isOver = recount?.ended === true;
    moved = recount?.moved ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const took = (performance.now() - began) / 1_000;
  await intake;
  client.close();
  return [
    figure(`a changed calendar: ${quick ? '' : 'a million '}open applications recalculated`, 's', [took], {
      atMost: 60,
    }),
    figure('applications that got another date', 'applications', [moved]),
    ...(meanwhile.length === 0 ? [] : [figure('registering meanwhile, p95', 'ms', [percentile(meanwhile, 0.95)])]),
  ];
}

/** Terms in core, one after another. */
function termFigures(quick: boolean): Figure[] {
  const rounds = quick ? 1 : 5;
  const count = quick ? 100_000 : 1_000_000;
  const days = Array.from({ length: 365 }, (_, n) => addDays('2025-01-09' as CivilDate, n));
  const rates = Array.from({ length: rounds }, () => {
    const began = performance.now();
    for (let n = 0; n < count; n += 1) termDays(calendar, TERM, { registered: days[n % days.length] as CivilDate });
    return count / ((performance.now() - began) / 1_000) / 1_000_000;
  });
  return [figure('terms in core', 'million/s', rates, { atLeast: 1 })];
}
