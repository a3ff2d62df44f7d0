import type { NewsItem } from '../../../contract/site.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { Words } from '../network/index.ts';

const NEWS_SHOWN = 50;

/** What the city has to say, newest first. */
export async function news(tx: Read): Promise<NewsItem[]> {
  const { rows } = await tx.query<NewsItem>(
    `select news_id as "newsId", day::text as day, json_build_object('ru', title_ru, 'en', title_en) as title,
       json_build_object('ru', text_ru, 'en', text_en) as text
     from news order by day desc, news_id desc limit ${NEWS_SHOWN}`,
  );
  return rows;
}

export async function addNews(tx: Write, day: CivilDate, title: Words, text: Words): Promise<void> {
  await tx.query('insert into news (day, title_ru, title_en, text_ru, text_en) values ($1, $2, $3, $4, $5)', [
    day,
    title.ru,
    title.en,
    text.ru,
    text.en,
  ]);
}

/** The account for a name of an issuer; made at the first sign-in. */
export async function accountOf(tx: Write, issuer: string, subject: string): Promise<string> {
  const { rows } = await tx.query<{ accountId: string }>(
    `insert into visitor_account (issuer, subject) values ($1, $2)
     on conflict (issuer, subject) do update set subject = excluded.subject returning account_id as "accountId"`,
    [issuer, subject],
  );
  return (rows as [{ accountId: string }])[0].accountId;
}

export async function beginSession(tx: Write, tokenHash: Buffer, accountId: string, expiresAt: Instant): Promise<void> {
  await tx.query('insert into visitor_session (token_hash, account_id, expires_at) values ($1, $2, instant_of($3))', [
    tokenHash,
    accountId,
    expiresAt,
  ]);
}

/** Whose session it is; null for one that is over. */
export async function sessionAccount(tx: Read, tokenHash: Buffer, now: Instant): Promise<string | null> {
  const { rows } = await tx.query<{ accountId: string }>(
    'select account_id as "accountId" from visitor_session where token_hash = $1 and expires_at > instant_of($2)',
    [tokenHash, now],
  );
  return rows[0]?.accountId ?? null;
}

export async function endSession(tx: Write, tokenHash: Buffer): Promise<void> {
  await tx.query('delete from visitor_session where token_hash = $1', [tokenHash]);
}

export async function endSessionsOf(tx: Write, accountId: string): Promise<void> {
  await tx.query('delete from visitor_session where account_id = $1', [accountId]);
}

/** A booking made by a signed-in visitor is theirs. The first claim wins. */
export async function claimBooking(tx: Write, accountId: string, bookingId: string): Promise<void> {
  await tx.query(
    'insert into visitor_booking (booking_id, account_id) values ($1, $2) on conflict (booking_id) do nothing',
    [bookingId, accountId],
  );
}

/** The bookings of an account, newest day first. */
export async function bookingsOfAccount(tx: Read, accountId: string): Promise<string[]> {
  const { rows } = await tx.query<{ bookingId: string }>(
    `select booking_id as "bookingId" from visitor_booking join booking using (booking_id)
     where account_id = $1 and state <> 'lapsed' order by lower(span) desc limit 50`,
    [accountId],
  );
  return rows.map(({ bookingId }) => bookingId);
}

/** Forgets whose bookings of days before a date were, and sessions that are over. */
export async function forgetVisitors(tx: Write, before: CivilDate, now: Instant): Promise<void> {
  await tx.query('delete from visitor_booking v using booking b where b.booking_id = v.booking_id and b.day < $1', [
    before,
  ]);
  await tx.query('delete from visitor_session where expires_at <= instant_of($1)', [now]);
}
