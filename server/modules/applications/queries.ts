import type { ApplicationState } from '../../../core/applications/life.ts';
import type { Stop, Term } from '../../../core/terms/term.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** The dates of an application, as its term makes them. */
export interface Dates {
  readonly lastDay: CivilDate | null;
  readonly promised: CivilDate | null;
  readonly dispatchBy: CivilDate | null;
  readonly agencyBy: CivilDate | null;
  readonly centreLateDays: number;
  /** Why there are none, such as `calendar-missing 2027`. */
  readonly termFault: string | null;
}

/** An application as it is stored; personal data is in `sealed`. */
export interface Application extends Dates {
  readonly applicationId: string;
  readonly number: string | null;
  readonly centreId: number;
  readonly serviceId: string;
  readonly version: number;
  readonly variant: string;
  readonly agencyId: string | null;
  readonly packageId: string | null;
  readonly stepId: string | null;
  readonly state: ApplicationState;
  readonly refused: boolean;
  readonly personId: string;
  readonly representativeId: string | null;
  readonly responsible: string;
  readonly visitDay: CivilDate | null;
  readonly visitId: string | null;
  readonly edition: number;
  readonly sealed: Buffer;
  readonly registeredOn: CivilDate | null;
  readonly receivedOn: CivilDate | null;
  readonly term: Term | null;
  readonly extension: number;
  readonly endedOn: CivilDate | null;
  readonly resultCentreId: number | null;
  readonly readyOn: CivilDate | null;
  readonly storedUntil: CivilDate | null;
  readonly commandId: string;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
}

/** What a move or a draft may change. */
export type Changes = Omit<
  Application,
  | 'applicationId'
  | 'centreId'
  | 'serviceId'
  | 'personId'
  | 'packageId'
  | 'stepId'
  | 'edition'
  | 'commandId'
  | 'madeAt'
  | 'changedAt'
>;

/** The columns by the names of their members: what is read and what may be changed. */
const KEPT = {
  applicationId: 'application_id',
  number: 'number',
  centreId: 'centre_id',
  serviceId: 'service_id',
  version: 'version',
  variant: 'variant',
  agencyId: 'agency_id',
  packageId: 'package_id',
  stepId: 'step_id',
  state: 'state',
  refused: 'refused',
  personId: 'person_id',
  representativeId: 'representative_id',
  responsible: 'responsible',
  visitDay: 'visit_day',
  visitId: 'visit_id',
  edition: 'edition',
  sealed: 'sealed',
  registeredOn: 'registered_on',
  receivedOn: 'received_on',
  term: 'term',
  extension: 'extension',
  lastDay: 'last_day',
  promised: 'promised',
  dispatchBy: 'dispatch_by',
  agencyBy: 'agency_by',
  centreLateDays: 'centre_late_days',
  termFault: 'term_fault',
  endedOn: 'ended_on',
  resultCentreId: 'result_centre_id',
  readyOn: 'ready_on',
  storedUntil: 'stored_until',
  commandId: 'command_id',
} as const;

const DATES = new Set<string>([
  'visit_day',
  'registered_on',
  'received_on',
  'last_day',
  'promised',
  'dispatch_by',
  'agency_by',
  'ended_on',
  'ready_on',
  'stored_until',
]);

/** The columns of an application for a select from `a`. */
export const APPLICATION = [
  ...Object.entries(KEPT).map(([name, column]) => `a.${column}${DATES.has(column) ? '::text' : ''} as "${name}"`),
  'instant_ms(a.made_at)::float8 as "madeAt"',
  'instant_ms(a.changed_at)::float8 as "changedAt"',
].join(', ');

export async function insertApplication(tx: Write, added: Application): Promise<void> {
  const names = Object.keys(KEPT) as (keyof typeof KEPT)[];
  const places = names.map((_, index) => `$${index + 2}`);
  await tx.query(
    `insert into application (${names.map((name) => KEPT[name]).join(', ')}, made_at, changed_at)
     values (${places.join(', ')}, instant_of($1), instant_of($1))`,
    [added.madeAt, ...names.map((name) => valueOf(added[name]))],
  );
}

/** An application; null when there is none. */
export function applicationById(tx: Read, applicationId: string): Promise<Application | null> {
  return findApplicationById(tx, applicationId, '');
}

/** An application, held so that one change follows the other. */
export function holdApplication(tx: Write, applicationId: string): Promise<Application | null> {
  return findApplicationById(tx, applicationId, 'for no key update');
}

async function findApplicationById(tx: Read, applicationId: string, held: string): Promise<Application | null> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a where application_id = $1 ${held}`,
    [applicationId],
  );
  return rows[0] ?? null;
}

export async function applicationsById(tx: Read, ids: readonly string[]): Promise<Application[]> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a where application_id = any($1)`,
    [ids],
  );
  return rows;
}

export async function applicationByNumber(tx: Read, number: string): Promise<Application | null> {
  const { rows } = await tx.query<Application>(`select ${APPLICATION} from application a where number = $1`, [number]);
  return rows[0] ?? null;
}

/** The applications in which a person is the applicant or acts for them. */
export async function applicationsNaming(tx: Read, personId: string): Promise<Application[]> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a where person_id = $1 or representative_id = $1`,
    [personId],
  );
  return rows;
}

/** The application with a number, or with a paper that has a barcode; null when there is none. */
export async function applicationByNumberOrBarcode(tx: Read, text: string): Promise<Application | null> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a
     where number = $1 or application_id = (select application_id from paper where barcode = $1)
     order by number is distinct from $1 limit 1`,
    [text],
  );
  return rows[0] ?? null;
}

export async function applicationByCommand(tx: Read, commandId: string): Promise<Application | null> {
  const { rows } = await tx.query<Application>(`select ${APPLICATION} from application a where command_id = $1`, [
    commandId,
  ]);
  return rows[0] ?? null;
}

/** Writes what has changed; gives the application as it is now. */
export async function updateApplication(
  tx: Write,
  applicationId: string,
  changes: Partial<Changes>,
  at: Instant,
): Promise<Application> {
  const names = Object.keys(changes) as (keyof Changes)[];
  const sets = names.map((name, index) => `${KEPT[name]} = $${index + 3}, `);
  const { rows } = await tx.query<Application>(
    `update application a set ${sets.join('')}edition = edition + 1, changed_at = instant_of($2)
     where application_id = $1 returning ${APPLICATION}`,
    [applicationId, at, ...names.map((name) => valueOf(changes[name]))],
  );
  return rows[0] as Application;
}

/** Puts what is sealed of an application in place of what was; nothing happened to the application itself. */
export async function putSealed(tx: Write, applicationId: string, sealed: Buffer): Promise<void> {
  await tx.query('update application set sealed = $2 where application_id = $1', [applicationId, sealed]);
}

function valueOf(value: unknown): unknown {
  return value !== null && typeof value === 'object' && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;
}

/** One at a time begins something for a person: two at once would not see one another. */
export async function lockPerson(tx: Write, personId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`begin for ${personId}`]);
}

/** What of the same kind the same person has under way at this moment: its number (if it has one) and since when. */
export async function openLike(
  tx: Read,
  { personId, serviceId, variant }: Pick<Application, 'personId' | 'serviceId' | 'variant'>,
): Promise<Application | null> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a where person_id = $1 and service_id = $2 and variant = $3
       and state not in ('acceptance-refused', 'issued', 'closed', 'cancelled', 'returned', 'withdrawn')
     order by made_at desc limit 1`,
    [personId, serviceId, variant],
  );
  return rows[0] ?? null;
}

/** The next number of a centre's day. */
export async function nextNumber(tx: Write, centreId: number, day: CivilDate): Promise<string> {
  const { rows } = await tx.query<{ newest: number }>(
    `insert into application_count (centre_id, day, newest) values ($1, $2, 1)
     on conflict (centre_id, day) do update set newest = application_count.newest + 1 returning newest`,
    [centreId, day],
  );
  const { newest } = rows[0] as { newest: number };
  return `${centreId}-${day.slice(2).replaceAll('-', '')}-${String(newest).padStart(4, '0')}`;
}

/** The open ones of a centre and those that wait there to be given out, the most urgent first. */
export async function applicationsAt(
  tx: Read,
  centreId: number,
  { state, responsible }: { readonly state: ApplicationState | null; readonly responsible: string | null },
): Promise<Application[]> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a
     where (centre_id = $1 or result_centre_id = $1) and ($2::text is null or state = $2)
       and ($2::text is not null or state not in ('acceptance-refused', 'issued', 'closed', 'cancelled'))
       and ($3::text is null or responsible = $3)
     order by last_day nulls last, made_at limit 300`,
    [centreId, state, responsible],
  );
  return rows;
}

/** Applications at an agency, the most urgent first. */
export async function applicationsOf(
  tx: Read,
  agencyId: string,
  state: ApplicationState | null,
): Promise<Application[]> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a where agency_id = $1
       and case when $2::text is null then state in ('at-agency', 'suspended', 'fix-requested', 'decided-positive', 'decided-negative')
           else state = $2 end
     order by last_day nulls last, made_at limit 300`,
    [agencyId, state],
  );
  return rows;
}

/** Something that happened. */
export interface EventRow {
  readonly at: Instant;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly move: string;
  readonly state: ApplicationState;
  readonly ground: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export async function insertEvent(
  tx: Write,
  applicationId: string,
  event: EventRow & { readonly commandId: string | null },
): Promise<void> {
  await tx.query(
    `insert into application_event (application_id, seq, at, actor_kind, actor_id, move, state, ground, details, command_id)
     select $1, coalesce(max(seq), 0) + 1, instant_of($2), $3, $4, $5, $6, $7, $8, $9 from application_event where application_id = $1`,
    [
      applicationId,
      event.at,
      event.actorKind,
      event.actorId,
      event.move,
      event.state,
      event.ground,
      JSON.stringify(event.details),
      event.commandId,
    ],
  );
}

export async function eventsOf(tx: Read, applicationId: string): Promise<EventRow[]> {
  const { rows } = await tx.query<EventRow>(
    `select instant_ms(at)::float8 as at, actor_kind as "actorKind", actor_id as "actorId", move, state, ground, details
     from application_event where application_id = $1 order by seq`,
    [applicationId],
  );
  return rows;
}

/** What a command did; null when it was not carried out yet. */
export async function eventByCommand(
  tx: Read,
  commandId: string,
): Promise<{ readonly applicationId: string; readonly move: string } | null> {
  const { rows } = await tx.query<{ applicationId: string; move: string }>(
    'select application_id as "applicationId", move from application_event where command_id = $1',
    [commandId],
  );
  return rows[0] ?? null;
}

export async function stopsOf(tx: Read, applicationId: string): Promise<(Stop & { latest: CivilDate | null })[]> {
  const { rows } = await tx.query<Stop & { latest: CivilDate | null }>(
    `select from_day::text as "from", until_day::text as "until", clock, latest::text from application_stop
     where application_id = $1 order by place`,
    [applicationId],
  );
  return rows;
}

export async function beginStop(
  tx: Write,
  applicationId: string,
  stop: Omit<Stop, 'until'> & { readonly latest: CivilDate | null },
): Promise<void> {
  await tx.query(
    `insert into application_stop (application_id, place, from_day, clock, latest)
     select $1, coalesce(max(place), 0) + 1, $2, $3, $4 from application_stop where application_id = $1`,
    [applicationId, stop.from, stop.clock, stop.latest],
  );
}

export async function endStop(tx: Write, applicationId: string, until: CivilDate): Promise<void> {
  await tx.query('update application_stop set until_day = $2 where application_id = $1 and until_day is null', [
    applicationId,
    until,
  ]);
}
