import type pg from 'pg';
import type { KeptConfiguration, QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { AppendOutcome, AppendPart, StepRow, StoredEvent, VisitRow } from './append-part.ts';

const HELD: AppendOutcome = { kind: 'held' };

/** The parts of a batch as queue_append counts them: those that write, then those that only check. */
function numberedParts(parts: readonly AppendPart[]) {
  const writing = parts.filter((part) => part.events.length > 0);
  const checking = parts.filter((part) => part.events.length === 0);
  return { writing, checking };
}

/** What queue_append answers. */
export interface AppendRow {
  readonly moved: readonly MovedPart[] | null;
}

/** What became of each part of a batch, by the answer to its `appendQuery`. */
export function appendOutcomes(parts: readonly AppendPart[], rows: readonly AppendRow[]): AppendOutcome[] {
  const moved = rows[0]?.moved ?? null;
  if (moved === null) return parts.map(() => HELD);
  const { writing, checking } = numberedParts(parts);
  const numbered = [...writing, ...checking];
  const outcomes = new Map<AppendPart, AppendOutcome>();
  for (const { part, tail } of moved) {
    outcomes.set(
      numbered[part - 1] as AppendPart,
      tail === null ? { kind: 'lost-base' } : { kind: 'moved', tail: tail.map(storedEvent) },
    );
  }
  return parts.map((part) => outcomes.get(part) ?? HELD);
}

/** A part that does not hold, as queue_append gives it. */
interface MovedPart {
  readonly part: number;
  readonly tail: EventRow[] | null;
}

/**
 * Writes a batch in one statement and one commit. The parts must be sorted by centre and day, each day once. Columns that
 * have no rows are left out; each combination is a statement of its own.
 */
export function appendQuery(parts: readonly AppendPart[]): pg.QueryConfig {
  const { writing, checking } = numberedParts(parts);
  const firsts = writing.map((part) => part.events[0] as StoredEvent);
  const rest = rowsOf(writing, (part) => part.events.slice(1));
  const visits = rowsOf(writing, (part) => part.visits);
  const steps = rowsOf(writing, (part) => part.steps);
  const columns: Column[] = [];
  if (writing.length > 0) columns.push(...baseColumns('first', writing), ...eventColumns('first', firsts));
  if (visits.length > 0) columns.push(...partColumns('visit', visits), ...visitColumns(visits));
  if (steps.length > 0) columns.push(...partColumns('step', steps), ...stepColumns(steps));
  if (rest.length > 0) {
    columns.push(...partColumns('rest', rest), ['rest_seq', plain(rest, ({ row }) => row.event.seq)]);
    columns.push(
      ...eventColumns(
        'rest',
        rest.map(({ row }) => row),
      ),
    );
  }
  if (checking.length > 0) columns.push(...baseColumns('check', checking));
  const named = columns.map(([name], index) => `${name} => $${index + 1}`);
  const kind = [writing, visits, steps, rest, checking].map((rows) => (rows.length > 0 ? 1 : 0)).join('');
  return {
    name: `queue-append-${kind}`,
    text: `select queue_append(${named.join(', ')}) as moved`,
    values: columns.map(([, values]) => values),
  };
}

/** A parameter of queue_append and its values as an array literal. */
type Column = readonly [name: string, values: string];

function baseColumns(prefix: string, parts: readonly AppendPart[]): Column[] {
  return [
    [`${prefix}_centre`, plain(parts, (part) => part.key.centreId)],
    [`${prefix}_day`, plain(parts, (part) => part.key.day)],
    [`${prefix}_base`, plain(parts, (part) => part.baseSeq)],
    [`${prefix}_base_chain`, plain(parts, (part) => part.baseChain)],
  ];
}

function visitColumns(visits: readonly PartRow<VisitRow>[]): Column[] {
  return [
    ['visit_id', plain(visits, ({ row }) => row.visitId)],
    ['visit_number', quoted(visits, ({ row }) => row.number)],
    ['visit_group', quoted(visits, ({ row }) => row.groupId)],
    ['visit_persons', plain(visits, ({ row }) => row.persons)],
    ['visit_state', plain(visits, ({ row }) => row.state)],
    ['visit_taken_at', plain(visits, ({ row }) => row.takenAt)],
    ['visit_due', plain(visits, ({ row }) => row.due)],
    ['visit_called_at', plain(visits, ({ row }) => row.calledAt)],
    ['visit_ended_at', plain(visits, ({ row }) => row.endedAt)],
    ['visit_class', quoted(visits, ({ row }) => row.classLetter)],
    ['visit_slot', plain(visits, ({ row }) => row.slot)],
    ['visit_wait_ms', plain(visits, ({ row }) => row.waitMs)],
    ['visit_later_wait_ms', plain(visits, ({ row }) => row.laterWaitMs)],
    ['visit_promise_broken', plain(visits, ({ row }) => row.promiseBroken)],
  ];
}

function stepColumns(steps: readonly PartRow<StepRow>[]): Column[] {
  return [
    ['step_visit', plain(steps, ({ row }) => row.visitId)],
    ['step_number', plain(steps, ({ row }) => row.step)],
    ['step_group', quoted(steps, ({ row }) => row.groupId)],
    ['step_window', plain(steps, ({ row }) => row.windowId)],
    ['step_specialist', quoted(steps, ({ row }) => row.specialistId)],
    ['step_called_at', plain(steps, ({ row }) => row.calledAt)],
    ['step_started_at', plain(steps, ({ row }) => row.startedAt)],
    ['step_ended_at', plain(steps, ({ row }) => row.endedAt)],
    ['step_outcome', plain(steps, ({ row }) => row.outcome)],
    ['step_service', quoted(steps, ({ row }) => row.serviceId)],
    ['step_quantity', plain(steps, ({ row }) => row.quantity)],
    ['step_stopped_ms', plain(steps, ({ row }) => row.stoppedMs)],
  ];
}

function eventColumns(prefix: string, events: readonly StoredEvent[]): Column[] {
  return [
    [`${prefix}_epoch`, plain(events, ({ event }) => event.epoch)],
    [`${prefix}_at`, plain(events, ({ event }) => event.at)],
    [`${prefix}_due_at`, plain(events, ({ event }) => event.dueAt)],
    [`${prefix}_v`, plain(events, ({ event }) => event.v)],
    [`${prefix}_kind`, plain(events, ({ event }) => event.kind)],
    [`${prefix}_command`, plain(events, ({ event }) => event.command?.id ?? null)],
    [`${prefix}_command_hash`, plain(events, ({ event }) => event.command?.hash ?? null)],
    [`${prefix}_command_events`, plain(events, ({ event }) => event.command?.events ?? null)],
    [`${prefix}_chain`, plain(events, ({ chain }) => chain)],
    [`${prefix}_body`, quoted(events, ({ event }) => JSON.stringify(event.body))],
  ];
}

/** A row with the part that it belongs to, and the part's place in the batch, from 1. */
interface PartRow<Row> {
  readonly place: number;
  readonly part: AppendPart;
  readonly row: Row;
}

function rowsOf<Row>(parts: readonly AppendPart[], rows: (part: AppendPart) => readonly Row[]): PartRow<Row>[] {
  const all: PartRow<Row>[] = [];
  parts.forEach((part, index) => {
    for (const row of rows(part)) all.push({ place: index + 1, part, row });
  });
  return all;
}

function partColumns(prefix: string, rows: readonly PartRow<unknown>[]): Column[] {
  return [
    [`${prefix}_part`, plain(rows, ({ place }) => place)],
    [`${prefix}_centre`, plain(rows, ({ part }) => part.key.centreId)],
    [`${prefix}_day`, plain(rows, ({ part }) => part.key.day)],
  ];
}

type Plain = number | bigint | string | boolean | null;

/** An array literal of values that need no quotes: numbers, dates, ids and our own words. */
function plain<Row>(rows: readonly Row[], value: (row: Row) => Plain): string {
  let literal = '{';
  for (const row of rows) literal += `${literal.length > 1 ? ',' : ''}${value(row) ?? 'NULL'}`;
  return `${literal}}`;
}

/** An array literal of any text. */
function quoted<Row>(rows: readonly Row[], value: (row: Row) => string | null): string {
  return plain(rows, (row) => {
    const text = value(row);
    return text === null ? null : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
}

interface EventRow {
  readonly seq: number;
  readonly epoch: number;
  readonly at: number | string;
  readonly dueAt: number | string | null;
  readonly v: number;
  readonly kind: string;
  readonly commandId: string | null;
  readonly commandHash: string | null;
  readonly commandEvents: number | null;
  readonly chain: string;
  readonly body: unknown;
}

/** The columns of an EventRow, of a table called `e`. */
const EVENT_COLUMNS = `e.seq, e.epoch, instant_ms(e.at) as at, instant_ms(e.due_at) as "dueAt", e.v, e.kind,
  e.command_id as "commandId", e.command_hash as "commandHash", e.command_events as "commandEvents", e.chain, e.body`;

function storedEvent(row: EventRow): StoredEvent {
  const { commandId: id, commandHash: hash, commandEvents: events } = row;
  const event = {
    kind: row.kind,
    body: row.body,
    seq: row.seq,
    epoch: row.epoch,
    at: Number(row.at),
    dueAt: row.dueAt === null ? null : Number(row.dueAt),
    v: row.v,
    command: id === null || hash === null || events === null ? null : { id, hash, events },
  } as QueueEvent;
  return { event, chain: BigInt(row.chain) };
}

/** The events of a day after `after`, in order, at most `limit`. */
export async function eventsAfter(
  tx: Read,
  { centreId, day }: DayKey,
  after: number,
  limit = 1_000_000,
): Promise<StoredEvent[]> {
  // Rows as lists: a city's open days are hundreds of thousands of events, read at every start.
  const { rows } = await tx.query<EventList>({
    rowMode: 'array',
    text: `select e.seq, e.epoch, instant_ms(e.at)::float8, instant_ms(e.due_at)::float8, e.v, e.kind,
                  e.command_id, e.command_hash, e.command_events, e.chain, e.body
           from queue_event e
           where e.centre_id = $1 and e.day = $2 and e.seq > $3
           order by e.seq
           limit $4`,
    values: [centreId, day, after, limit],
  });
  return rows.map(eventOf);
}

/** The events of several days, each after a place of its own, in order. */
export async function eventsAfterEach(
  tx: Read,
  days: readonly { readonly key: DayKey; readonly after: number }[],
): Promise<StoredEvent[][]> {
  const { rows } = await tx.query<[place: number, ...EventList]>({
    rowMode: 'array',
    text: `select d.place::integer, e.seq, e.epoch, instant_ms(e.at)::float8, instant_ms(e.due_at)::float8, e.v, e.kind,
                  e.command_id, e.command_hash, e.command_events, e.chain, e.body
           from unnest($1::integer[], $2::date[], $3::integer[]) with ordinality as d(centre_id, day, after, place)
           join queue_event e on e.centre_id = d.centre_id and e.day = d.day and e.seq > d.after
           order by d.place, e.seq`,
    values: [days.map(({ key }) => key.centreId), days.map(({ key }) => key.day), days.map(({ after }) => after)],
  });
  const found = days.map((): StoredEvent[] => []);
  for (const [place, ...row] of rows) found[place - 1]?.push(eventOf(row));
  return found;
}

function eventOf([seq, epoch, at, dueAt, v, kind, commandId, commandHash, commandEvents, chain, body]: EventList) {
  return storedEvent({ seq, epoch, at, dueAt, v, kind, commandId, commandHash, commandEvents, chain, body });
}

/** When a window was opened, ready, paused and closed. */
export async function windowEvents(tx: Read, { centreId, day }: DayKey, windowId: number): Promise<QueueEvent[]> {
  const { rows } = await tx.query<EventList>({
    rowMode: 'array',
    text: `select e.seq, e.epoch, instant_ms(e.at)::float8, instant_ms(e.due_at)::float8, e.v, e.kind,
                  e.command_id, e.command_hash, e.command_events, e.chain, e.body
           from queue_event e
           where e.centre_id = $1 and e.day = $2 and e.kind like 'window-%' and (e.body->>'windowId')::integer = $3
           order by e.seq`,
    values: [centreId, day, windowId],
  });
  return rows.map((row) => eventOf(row).event);
}

/** The stops of the hall on a day, oldest first; `until` null: it is still stopped. */
export async function hallStops(
  tx: Read,
  { centreId, day }: DayKey,
): Promise<{ since: Instant; until: Instant | null }[]> {
  const { rows } = await tx.query<{ kind: string; at: Instant }>(
    `select e.kind, instant_ms(coalesce(e.due_at, e.at))::float8 as at from queue_event e
     where e.centre_id = $1 and e.day = $2 and e.kind in ('hall-stopped', 'hall-resumed') order by e.seq`,
    [centreId, day],
  );
  return rows.flatMap(({ kind, at }, index) =>
    kind === 'hall-stopped' ? [{ since: at, until: rows[index + 1]?.at ?? null }] : [],
  );
}

/** The columns of an EventRow in their order. */
type EventList = [
  seq: number,
  epoch: number,
  at: number,
  dueAt: number | null,
  v: number,
  kind: string,
  commandId: string | null,
  commandHash: string | null,
  commandEvents: number | null,
  chain: string,
  body: unknown,
];

/** How many events of one day a poll brings at most; the rest comes with the next. */
const TAIL_MAX = 500;

/** What came in each of these days after its place, for the days in which anything came. One query by key for all. */
export async function tailsAfter(
  tx: Read,
  places: readonly { readonly key: DayKey; readonly seq: number }[],
): Promise<{ key: DayKey; events: QueueEvent[] }[]> {
  const { rows } = await tx.query<EventRow & { place: number }>({
    name: 'queue-tails',
    text: `select w.place::integer as place, e.*
     from unnest($1::integer[], $2::date[], $3::integer[]) with ordinality as w(centre_id, day, seq, place)
     cross join lateral (
       select ${EVENT_COLUMNS}
       from queue_event e
       where e.centre_id = w.centre_id and e.day = w.day and e.seq > w.seq
       order by e.seq
       limit ${TAIL_MAX}
     ) as e
     order by w.place, e.seq`,
    values: [places.map(({ key }) => key.centreId), places.map(({ key }) => key.day), places.map(({ seq }) => seq)],
  });
  const tails = new Map<number, { key: DayKey; events: QueueEvent[] }>();
  for (const row of rows) {
    const tail = tails.get(row.place) ?? { key: (places[row.place - 1] as (typeof places)[number]).key, events: [] };
    tails.set(row.place, tail);
    tail.events.push(storedEvent(row).event);
  }
  return [...tails.values()];
}

/** The centres, among those named with a day each, whose day has been opened. */
export async function openedDays(tx: Read, keys: readonly DayKey[]): Promise<DayKey[]> {
  const { rows } = await tx.query<{ centre_id: number; day: string }>(
    `select k.centre_id, k.day::text as day
     from unnest($1::integer[], $2::date[]) as k(centre_id, day)
     where (select e.seq from queue_event e where e.centre_id = k.centre_id and e.day = k.day and e.seq = 1) is not null`,
    [keys.map((key) => key.centreId), keys.map((key) => key.day)],
  );
  return rows.map((row) => ({ centreId: row.centre_id, day: row.day }));
}

/** Makes the month of the day ready to be written. */
export async function ensureMonth(tx: Write, day: string): Promise<void> {
  await tx.query('select queue_ensure_month($1::date)', [day]);
}

/** Makes this month and the three after it ready, so that nobody waits for it when one begins. */
export async function ensureMonths(tx: Write, day: CivilDate): Promise<void> {
  for (let months = 0; months <= 3; months += 1) {
    await tx.query(`select queue_ensure_month(($1::date + make_interval(months => $2))::date)`, [day, months]);
  }
}

/** Keeps a configuration under its hash; a hash that is kept already stays as it is. */
export async function keepConfiguration(tx: Write, hash: string, body: QueueConfiguration): Promise<void> {
  await tx.query('insert into queue_configuration (hash, body) values ($1, $2) on conflict do nothing', [
    hash,
    JSON.stringify(body),
  ]);
}

/** The configuration kept under the hash, as it was kept; null when there is none. */
export async function keptConfiguration(tx: Read, hash: string): Promise<KeptConfiguration | null> {
  const { rows } = await tx.query<{ body: KeptConfiguration }>('select body from queue_configuration where hash = $1', [
    hash,
  ]);
  return rows[0]?.body ?? null;
}

/** The rows that reports read of a day: which visits in which state, and which steps. */
export async function rowsOfDay(
  tx: Read,
  { centreId, day }: DayKey,
): Promise<{ visits: { visitId: VisitId; state: string }[]; steps: { visitId: VisitId; step: number }[] }> {
  const [visits, steps] = await Promise.all([
    tx.query<{ visitId: VisitId; state: string }>(
      'select visit_id as "visitId", state from visit where centre_id = $1 and day = $2',
      [centreId, day],
    ),
    tx.query<{ visitId: VisitId; step: number }>(
      'select visit_id as "visitId", step from visit_step where centre_id = $1 and day = $2',
      [centreId, day],
    ),
  ]);
  return { visits: visits.rows, steps: steps.rows };
}
