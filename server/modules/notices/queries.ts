import type { CalendarEntry } from '../../../core/booking/calendar-file.ts';
import type { NoticeKind, NoticeWords, WayName } from '../../../core/notices/templates.ts';
import type { TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** The parts of a message in addition to its template. */
export interface NoticeParams extends NoticeWords {
  /** The zone by which nights are quiet. */
  readonly zone: TimeZone;
  /** An appointment that goes with it as a calendar file, where there is one. Whom it is with is added when it goes: nobody's address stays. */
  readonly appointment?: CalendarEntry;
  /** The whole file, of a message that a version before this one wrote. */
  readonly calendar?: string;
}

/** A message as it waits. */
export interface NoticeRow {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly way: WayName;
  readonly language: 'ru' | 'en';
  readonly params: NoticeParams;
  readonly about: string;
  readonly urgent: boolean;
  readonly nextAt: Instant;
  readonly goodUntil: Instant;
}

export async function insertNotice(
  tx: Write,
  notice: NoticeRow,
  { address, secret }: { readonly address: string; readonly secret: string | null },
  now: Instant,
): Promise<void> {
  await tx.query(
    `with made as (
       insert into notice (notice_id, kind, way, language, params, about, state, urgent, next_at, good_until, made_at)
       values ($1, $2, $3, $4, $5, $6, 'waiting', $7, instant_of($8), instant_of($9), instant_of($10))
       on conflict (about, way) where kind = 'three-before-you' do nothing returning notice_id
     )
     insert into notice_address (notice_id, address, secret) select notice_id, $11, $12 from made`,
    [
      notice.noticeId,
      notice.kind,
      notice.way,
      notice.language,
      JSON.stringify(notice.params),
      notice.about,
      notice.urgent,
      notice.nextAt,
      notice.goodUntil,
      now,
      address,
      secret,
    ],
  );
}

/** Messages about something that have not gone are not sent any more; of these kinds, or all. */
export async function withdraw(tx: Write, about: string, kinds: readonly NoticeKind[] | null): Promise<void> {
  await tx.query(
    `with gone as (
       update notice set state = 'withdrawn'
       where about = $1 and state = 'waiting' and ($2::text[] is null or kind = any($2)) returning notice_id
     )
     delete from notice_address a using gone where a.notice_id = gone.notice_id`,
    [about, kinds],
  );
}

/** A message that is to go now. */
export interface DueNotice extends NoticeRow {
  readonly address: string;
  readonly secret: string | null;
  readonly attempts: number;
}

/** The ways by which a message is due. */
export async function waysDue(tx: Read, now: Instant): Promise<WayName[]> {
  const { rows } = await tx.query<{ way: WayName }>(
    `select distinct way from notice where state in ('waiting', 'sending') and (next_at <= instant_of($1) or good_until <= instant_of($1))`,
    [now],
  );
  return rows.map(({ way }) => way);
}

/**
 * Takes messages that are due by one way, for so long that no other node sends them meanwhile; a node that goes down over one leaves it
 * to the next. What is too late is put away unsent.
 */
export async function takeDue(
  tx: Write,
  way: WayName,
  now: Instant,
  leaseMs: number,
  count: number,
): Promise<DueNotice[]> {
  await tx.query(
    `with late as (
       update notice set state = 'late'
       where state in ('waiting', 'sending') and good_until <= instant_of($1) and (state = 'waiting' or next_at <= instant_of($1))
       returning notice_id
     )
     delete from notice_address a using late where a.notice_id = late.notice_id`,
    [now],
  );
  const { rows } = await tx.query<DueNotice>(
    `with due as (
       select notice_id from notice
       where way = $4 and state in ('waiting', 'sending') and next_at <= instant_of($1)
       order by urgent desc, next_at limit $3 for no key update skip locked
     )
     update notice n set state = 'sending', attempts = attempts + 1, next_at = instant_of($1::bigint + $2::bigint)
     from due join notice_address a using (notice_id) where n.notice_id = due.notice_id
     returning n.notice_id as "noticeId", kind, way, language, params, about, urgent, instant_ms(next_at)::float8 as "nextAt",
       instant_ms(good_until)::float8 as "goodUntil", a.address, a.secret, attempts`,
    [now, leaseMs, count, way],
  );
  return rows;
}

/** It has gone: who it went to is forgotten. */
export async function noteSent(tx: Write, noticeId: string, reference: string | null, now: Instant): Promise<void> {
  await tx.query(
    `with gone as (delete from notice_address where notice_id = $1)
     update notice set state = 'sent', reference = $2, sent_at = instant_of($3), fault = null where notice_id = $1`,
    [noticeId, reference, now],
  );
}

/** It has to wait until `nextAt`, or is given up (null). */
export async function noteNotSent(
  tx: Write,
  noticeId: string,
  fault: string | null,
  nextAt: Instant | null,
): Promise<void> {
  if (nextAt === null) await tx.query('delete from notice_address where notice_id = $1', [noticeId]);
  await tx.query(
    `update notice set state = case when $3::bigint is null then 'failed' else 'waiting' end, fault = $2,
       next_at = coalesce(instant_of($3), next_at)
     where notice_id = $1`,
    [noticeId, fault, nextAt],
  );
}

/** It need not have been tried: put back without counting. */
export async function putOff(tx: Write, noticeId: string, nextAt: Instant): Promise<void> {
  await tx.query(
    `update notice set state = 'waiting', attempts = attempts - 1, next_at = instant_of($2) where notice_id = $1`,
    [noticeId, nextAt],
  );
}

/** What the carrier says of a message it took. */
export async function noteDelivery(tx: Write, reference: string, isDelivered: boolean, now: Instant): Promise<void> {
  await tx.query(
    `update notice set state = case when $2 then 'delivered' else 'failed' end,
       delivered_at = case when $2 then instant_of($3) end, fault = case when $2 then null else 'not delivered' end
     where reference = $1 and state = 'sent'`,
    [reference, isDelivered, now],
  );
}

/** How messages went since a moment, by kind, way and state. */
export async function noticeFigures(
  tx: Read,
  since: Instant,
): Promise<{ kind: NoticeKind; way: WayName; state: string; count: number }[]> {
  const { rows } = await tx.query<{ kind: NoticeKind; way: WayName; state: string; count: number }>(
    `select kind, way, state, count(*)::integer as count from notice where made_at >= instant_of($1) group by 1, 2, 3 order by 1, 2, 3`,
    [since],
  );
  return rows;
}

/** A message as it went, or did not. */
export interface ToldNotice {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly way: WayName;
  readonly state: 'waiting' | 'sending' | 'sent' | 'delivered' | 'failed' | 'withdrawn' | 'late';
  readonly attempts: number;
  readonly fault: string | null;
}

/** The state of every message about something, oldest first. */
export async function noticesAbout(tx: Read, about: string): Promise<ToldNotice[]> {
  const { rows } = await tx.query<ToldNotice>(
    'select notice_id as "noticeId", kind, way, state, attempts, fault from notice where about = $1 order by made_at, notice_id',
    [about],
  );
  return rows;
}

/** What messages of a kind were about that were made before a moment and did not arrive; of each thing only when none arrived. */
export async function failedNotices(tx: Read, kind: NoticeKind, before: Instant): Promise<string[]> {
  const { rows } = await tx.query<{ about: string }>(
    `select about from notice where kind = $1 and made_at < instant_of($2) and made_at > instant_of($2) - interval '30 days'
     group by about having bool_and(state in ('failed', 'late')) limit 500`,
    [kind, before],
  );
  return rows.map(({ about }) => about);
}

/**
 * Notes that a code about something goes to an address now, which is known by its mark; null: it may go. Otherwise says why not: one went
 * there less than `pauseMs` ago, or within that time `most` have gone already, to whatever addresses. The caller holds what it is about.
 */
export async function noteCodeSent(
  tx: Write,
  { about, mark, now }: { readonly about: string; readonly mark: Buffer; readonly now: Instant },
  { pauseMs, most }: { readonly pauseMs: number; readonly most: number },
): Promise<'code-too-often' | 'codes-too-many' | null> {
  await tx.query(
    `delete from code_sent where ctid = any(array(
       select ctid from code_sent where sent_at < instant_of($1) limit 100 for update skip locked))`,
    [now - 60 * pauseMs],
  );
  const { rowCount } = await tx.query(
    `insert into code_sent as c (about, address_mark, sent_at)
     select $1, $2, instant_of($3)
     where (select count(*) from code_sent where about = $1 and sent_at > instant_of($4)) < $5
     on conflict (about, address_mark) do update set sent_at = excluded.sent_at where c.sent_at <= instant_of($4)`,
    [about, mark, now, now - pauseMs, most],
  );
  if (rowCount === 1) return null;
  const { rowCount: sentHere } = await tx.query(
    'select from code_sent where about = $1 and address_mark = $2 and sent_at > instant_of($3)',
    [about, mark, now - pauseMs],
  );
  return sentHere === 0 ? 'codes-too-many' : 'code-too-often';
}
