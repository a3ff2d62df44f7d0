import { randomUUID } from 'node:crypto';
import type { AgencySays } from '../../../contract/agencies.ts';
import type { ApplicationState } from '../../../core/applications/life.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

export type MessageKind = 'application' | 'query' | 'withdrawal' | 'addition' | 'term-over';

export interface MessageRow {
  readonly messageId: string;
  readonly applicationId: string;
  readonly agencyId: string;
  readonly number: string | null;
  readonly kind: MessageKind;
  readonly evidence: string | null;
  readonly state: 'waiting' | 'sending' | 'sent' | 'rejected' | 'answered' | 'dead';
  readonly dueOn: CivilDate | null;
  readonly attempts: number;
  readonly fault: string | null;
  readonly madeAt: Instant;
}

const MESSAGE = `m.message_id as "messageId", m.application_id as "applicationId", m.agency_id as "agencyId",
  (select number from application a where a.application_id = m.application_id) as number, m.kind, m.evidence, m.state, m.due_on::text as "dueOn",
  m.attempts, m.fault, instant_ms(m.made_at)::float8 as "madeAt"`;

export async function insertMessage(
  tx: Write,
  message: Pick<MessageRow, 'applicationId' | 'agencyId' | 'kind' | 'evidence' | 'dueOn'>,
  at: Instant,
): Promise<void> {
  const { applicationId, agencyId, kind, evidence, dueOn } = message;
  await tx.query(
    `insert into agency_message (message_id, application_id, agency_id, kind, evidence, state, due_on, next_at, made_at)
     values ($1, $2, $3, $4, $5, 'waiting', $6, instant_of($7), instant_of($7))`,
    [randomUUID(), applicationId, agencyId, kind, evidence, dueOn, at],
  );
}

/** The agencies for which a message is due. */
export async function agenciesDue(tx: Read, now: Instant): Promise<string[]> {
  const { rows } = await tx.query<{ agencyId: string }>(
    `select distinct agency_id as "agencyId" from agency_message
     where state in ('waiting', 'sending') and next_at <= instant_of($1)`,
    [now],
  );
  return rows.map(({ agencyId }) => agencyId);
}

/** The agencies that are asked for their answers. */
export async function polledAgencies(tx: Read): Promise<string[]> {
  const { rows } = await tx.query<{ agencyId: string }>(
    `select agency_id as "agencyId" from agency where setting->'poll' = 'true'`,
  );
  return rows.map(({ agencyId }) => agencyId);
}

/** The message that an agency is to have next, taken for so long that no other node sends it meanwhile; a node that goes down over it leaves it to the next. */
export async function takeDue(tx: Write, agencyId: string, now: Instant, leaseMs: number): Promise<MessageRow | null> {
  const { rows } = await tx.query<MessageRow>(
    `with due as (
       select message_id from agency_message
       where agency_id = $3 and state in ('waiting', 'sending') and next_at <= instant_of($1)
       order by next_at, made_at limit 1 for no key update skip locked
     )
     update agency_message m set state = 'sending', attempts = attempts + 1, next_at = instant_of($1::bigint + $2::bigint)
     from due where m.message_id = due.message_id returning ${MESSAGE}`,
    [now, leaseMs, agencyId],
  );
  return rows[0] ?? null;
}

/** A message, held. */
export async function messageById(tx: Write, messageId: string): Promise<MessageRow | null> {
  const { rows } = await tx.query<MessageRow>(
    `select ${MESSAGE} from agency_message m where message_id = $1 for no key update`,
    [messageId],
  );
  return rows[0] ?? null;
}

/** Notes how the sending of a message went; an agency that has answered meanwhile was quicker, and its answer stays. */
export function noteSending(tx: Write, messageId: string, went: Parameters<typeof noteMessage>[2]): Promise<void> {
  return noteMessage(tx, messageId, went, `state <> 'answered'`);
}

export async function noteMessage(
  tx: Write,
  messageId: string,
  {
    state,
    fault,
    nextAt,
  }: { readonly state: MessageRow['state']; readonly fault: string | null; readonly nextAt: Instant },
  only: 'true' | `state <> 'answered'` = 'true',
): Promise<void> {
  await tx.query(
    `update agency_message set state = $2, fault = $3, next_at = instant_of($4) where message_id = $1 and ${only}`,
    [messageId, state, fault, nextAt],
  );
  if (state === 'sent' || state === 'answered') await settleMessageTasks(tx, messageId, state);
}

/** Closes what a person had to see to of a message that has come through; of one that was answered also that the answer was late. */
async function settleMessageTasks(tx: Write, messageId: string, state: 'sent' | 'answered'): Promise<void> {
  const kinds = state === 'sent' ? ['dead-letter'] : ['dead-letter', 'query-overdue'];
  await tx.query(
    `update case_task set closed_at = clock_timestamp(), outcome = 'settled'
     where kind = any($2) and closed_at is null and details->>'messageId' = $1
       and application_id = (select application_id from agency_message where message_id = $1::uuid)`,
    [messageId, kinds],
  );
}

/** Closes what a person had to see to of messages that are of no use any more: the application came there, or was decided, another way. */
export async function settleOvertaken(
  tx: Write,
  applicationId: string,
  kinds: readonly MessageKind[],
  at: Instant,
): Promise<void> {
  await tx.query(
    `update case_task t set closed_at = instant_of($3), outcome = 'settled' from agency_message m
     where t.application_id = $1 and t.kind = 'dead-letter' and t.closed_at is null
       and m.application_id = $1 and m.message_id::text = t.details->>'messageId' and m.kind = any($2)`,
    [applicationId, kinds, at],
  );
}

/** Puts a message on its way again, as if it had never been tried. */
export async function reviveMessage(tx: Write, messageId: string, at: Instant): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update agency_message set state = 'waiting', attempts = 0, fault = null, next_at = instant_of($2)
     where message_id = $1 and state in ('dead', 'rejected')`,
    [messageId, at],
  );
  return rowCount === 1;
}

/** What is not answered: what a person has to look at first, then by due date. A message that failed and came to be of no use is left out. */
export async function openMessages(tx: Read, agencyId: string): Promise<MessageRow[]> {
  const { rows } = await tx.query<MessageRow>(
    `select ${MESSAGE} from agency_message m join application a using (application_id)
     where m.agency_id = $1 and m.state <> 'answered'
       and not (m.state in ('dead', 'rejected') and m.kind <> 'withdrawal' and a.ended_on is not null)
     order by (m.state in ('dead', 'rejected')) desc, m.due_on nulls last, m.made_at limit 300`,
    [agencyId],
  );
  return rows;
}

/** Notes an answer; false when one with this id was heard before. */
export async function insertAnswer(
  tx: Write,
  answer: {
    readonly agencyId: string;
    readonly answerId: string;
    readonly messageId: string;
    readonly says: AgencySays;
  },
  at: Instant,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into agency_answer (agency_id, answer_id, message_id, body, heard_at, outcome)
     values ($1, $2, $3, $4, instant_of($5), 'taken') on conflict do nothing`,
    [answer.agencyId, answer.answerId, answer.messageId, JSON.stringify(answer.says), at],
  );
  return rowCount === 1;
}

export async function noteConflict(tx: Write, agencyId: string, answerId: string): Promise<void> {
  await tx.query(`update agency_answer set outcome = 'conflict' where agency_id = $1 and answer_id = $2`, [
    agencyId,
    answerId,
  ]);
}

/** The newest answer of an agency that is asked for its answers; null before the first. */
export async function newestAnswer(tx: Read, agencyId: string): Promise<string | null> {
  const { rows } = await tx.query<{ answerId: string }>(
    'select answer_id as "answerId" from agency_answer where agency_id = $1 order by heard_at desc, answer_id desc limit 1',
    [agencyId],
  );
  return rows[0]?.answerId ?? null;
}

/** A document that an agency sent itself. */
export async function insertAgencyEvidence(tx: Write, applicationId: string, kind: string): Promise<void> {
  await tx.query(
    `insert into application_evidence (application_id, kind, seen) values ($1, $2, 'from-agency') on conflict do nothing`,
    [applicationId, kind],
  );
}

/** States of applications that portals are told of, after a place; only of transactions that are over, so that none is passed over. */
export async function feedAfter(
  tx: Read,
  after: number,
  count: number,
): Promise<
  { readonly eventId: number; readonly at: Instant; readonly number: string; readonly state: ApplicationState }[]
> {
  const { rows } = await tx.query<{ eventId: number; at: number; number: string; state: ApplicationState }>(
    `select e.event_id::float8 as "eventId", instant_ms(e.at)::float8 as at, a.number, e.state
     from application_event e join application a using (application_id)
     where e.event_id > $1 and a.number is not null and e.written_by < pg_snapshot_xmin(pg_current_snapshot())
     order by e.event_id limit $2`,
    [after, count],
  );
  return rows;
}

/** What a mock agency is going to say. */
export interface MockAnswer {
  readonly answerId: string;
  readonly agencyId: string;
  readonly messageId: string;
  readonly says: AgencySays;
  readonly times: number;
}

export async function insertMockAnswer(tx: Write, answer: MockAnswer, dueAt: Instant): Promise<void> {
  await tx.query(
    `insert into mock_answer (answer_id, agency_id, message_id, body, due_at, times) values ($1, $2, $3, $4, instant_of($5), $6)
     on conflict do nothing`,
    [answer.answerId, answer.agencyId, answer.messageId, JSON.stringify(answer.says), dueAt, answer.times],
  );
}

export async function haveMocksSomethingToSay(tx: Read, now: Instant): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from mock_answer where due_at <= instant_of($1) limit 1', [now]);
  return rowCount !== 0;
}

/** Takes what mock agencies say now. */
export async function takeMockAnswers(tx: Write, now: Instant): Promise<MockAnswer[]> {
  const { rows } = await tx.query<MockAnswer>(
    `with due as (select answer_id from mock_answer where due_at <= instant_of($1) order by due_at limit 50 for update skip locked)
     delete from mock_answer m using due where m.answer_id = due.answer_id
     returning m.answer_id as "answerId", m.agency_id as "agencyId", m.message_id as "messageId", m.body as says, m.times`,
    [now],
  );
  return rows;
}

/** A document that was asked of an agency for an application. */
export interface Query extends Pick<MessageRow, 'messageId' | 'evidence' | 'state' | 'dueOn' | 'fault'> {
  readonly agency: { readonly ru: string; readonly en: string };
}

/** What was asked of agencies for an application, in the order of asking. */
export async function queriesOf(tx: Read, applicationId: string): Promise<Query[]> {
  const { rows } = await tx.query<Query>(
    `select m.message_id as "messageId", m.evidence, m.state, m.due_on::text as "dueOn", m.fault,
       json_build_object('ru', g.name_ru, 'en', g.name_en) as agency
     from agency_message m join agency g using (agency_id)
     where m.application_id = $1 and m.kind = 'query' order by m.made_at, m.message_id`,
    [applicationId],
  );
  return rows;
}

/** Queries that should have been answered before a day, and of which nobody has been told yet. */
export async function overdueQueries(tx: Read, today: CivilDate): Promise<MessageRow[]> {
  const { rows } = await tx.query<MessageRow>(
    `select ${MESSAGE} from agency_message m
     where kind = 'query' and state in ('waiting', 'sending', 'sent') and due_on < $1 and not exists (
       select from case_task t where t.application_id = m.application_id and t.kind = 'query-overdue'
         and t.details->>'messageId' = m.message_id::text)
     order by due_on limit 500`,
    [today],
  );
  return rows;
}

/** Applications whose last day has passed while their clock runs, and of which nobody has been told yet. */
export async function overdueTerms(tx: Read, today: CivilDate): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select application_id as id from application a
     where ended_on is null and last_day < $1 and state not in ('suspended', 'fix-requested') and not exists (
       select from case_task t where t.application_id = a.application_id and t.kind = 'term-over'
         and t.details->>'lastDay' = a.last_day::text)
     order by last_day limit 500`,
    [today],
  );
  return rows.map(({ id }) => id);
}

/** Applications with an open task about a term that has passed, though it has not. */
export async function toldInTime(tx: Read, today: CivilDate): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select distinct application_id as id from case_task t join application a using (application_id)
     where t.kind = 'term-over' and t.closed_at is null
       and (a.ended_on is not null or a.last_day >= $1 or a.state in ('suspended', 'fix-requested')) limit 500`,
    [today],
  );
  return rows.map(({ id }) => id);
}
