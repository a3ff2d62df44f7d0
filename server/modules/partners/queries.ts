import type { Channel } from '../../../core/booking/setting.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** A program that books for its visitors. */
export interface Partner {
  readonly name: string;
  readonly channel: Channel;
  readonly dailyQuota: number | null;
}

export async function partnerByName(tx: Read, name: string): Promise<Partner | null> {
  const { rows } = await tx.query<Partner>(
    'select name, channel, daily_quota as "dailyQuota" from partner where name = $1',
    [name],
  );
  return rows[0] ?? null;
}

export async function insertPartner(tx: Write, { name, channel, dailyQuota }: Partner): Promise<void> {
  await tx.query('insert into partner (name, channel, daily_quota) values ($1, $2, $3)', [name, channel, dailyQuota]);
}

/** Every partner, with its bookings since a moment and the number of dead messages to it. */
export async function partners(
  tx: Read,
  since: Instant,
): Promise<(Partner & { readonly booked: number; readonly hooks: number; readonly dead: number })[]> {
  const { rows } = await tx.query<Partner & { booked: number; hooks: number; dead: number }>(
    `select p.name, p.channel, p.daily_quota as "dailyQuota",
       (select count(*)::integer from booking b where b.partner = p.name and b.made_at >= instant_of($1)) as booked,
       (select count(*)::integer from webhook w where w.partner = p.name and w.enabled) as hooks,
       (select count(*)::integer from webhook_delivery d join webhook w using (webhook_id) where w.partner = p.name and d.state = 'dead') as dead
     from partner p order by p.name`,
    [since],
  );
  return rows;
}

/** The secret of a webhook as the database keeps it: one of the two. */
export interface KeptSecret {
  /** As it is: from before there was sealing, or of an installation without a master key. */
  readonly secret: Buffer | null;
  readonly sealedSecret: Buffer | null;
}

export async function insertWebhook(
  tx: Write,
  hook: { readonly webhookId: string; readonly partner: string; readonly url: string } & KeptSecret,
): Promise<void> {
  await tx.query('insert into webhook (webhook_id, partner, url, secret, sealed_secret) values ($1, $2, $3, $4, $5)', [
    hook.webhookId,
    hook.partner,
    hook.url,
    hook.secret,
    hook.sealedSecret,
  ]);
}

/** Keeps a secret otherwise, unless it has changed since it was read. */
export async function keepSecret(tx: Write, webhookId: string, was: KeptSecret, will: KeptSecret): Promise<void> {
  await tx.query(
    `update webhook set secret = $4, sealed_secret = $5
     where webhook_id = $1 and secret is not distinct from $2 and sealed_secret is not distinct from $3`,
    [webhookId, was.secret, was.sealedSecret, will.secret, will.sealedSecret],
  );
}

/** The secrets that lie open. */
export async function openSecrets(tx: Read): Promise<{ readonly webhookId: string; readonly secret: Buffer }[]> {
  const { rows } = await tx.query<{ webhookId: string; secret: Buffer }>(
    'select webhook_id as "webhookId", secret from webhook where secret is not null',
  );
  return rows;
}

/** A message to a partner that is to go now. */
export interface DueDelivery extends KeptSecret {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly body: unknown;
  readonly attempts: number;
}

/** The addresses for which a message is due. */
export async function hooksDue(tx: Read, now: Instant): Promise<string[]> {
  const { rows } = await tx.query<{ webhookId: string }>(
    `select distinct webhook_id as "webhookId" from webhook_delivery
     where state in ('waiting', 'sending') and next_at <= instant_of($1)`,
    [now],
  );
  return rows.map(({ webhookId }) => webhookId);
}

/** Takes messages to one address that are due, for so long that no other node sends them meanwhile. */
export async function takeDeliveries(
  tx: Write,
  webhookId: string,
  now: Instant,
  leaseMs: number,
  count: number,
): Promise<DueDelivery[]> {
  const { rows } = await tx.query<DueDelivery>(
    `with due as (
       select delivery_id from webhook_delivery
       where webhook_id = $4 and state in ('waiting', 'sending') and next_at <= instant_of($1)
       order by next_at limit $3 for no key update skip locked
     )
     update webhook_delivery d set state = 'sending', attempts = attempts + 1, next_at = instant_of($1::bigint + $2::bigint)
     from due, webhook w where d.delivery_id = due.delivery_id and w.webhook_id = d.webhook_id
     returning d.delivery_id as "deliveryId", w.webhook_id as "webhookId", w.url, w.secret, w.sealed_secret as "sealedSecret", d.body, d.attempts`,
    [now, leaseMs, count, webhookId],
  );
  return rows;
}

/** What came of an attempt: sent, to be tried at a moment, or dead (null). */
export async function noteAttempt(
  tx: Write,
  deliveryId: string,
  answer: string,
  next: 'sent' | Instant | null,
): Promise<void> {
  await tx.query(
    `update webhook_delivery set state = $2, last_answer = $3, next_at = coalesce(instant_of($4), next_at) where delivery_id = $1`,
    [
      deliveryId,
      next === 'sent' ? 'sent' : next === null ? 'dead' : 'waiting',
      answer,
      typeof next === 'number' ? next : null,
    ],
  );
}

/** Messages that were given up. */
export async function deadDeliveries(
  tx: Read,
  partner: string | null,
): Promise<
  {
    deliveryId: string;
    partner: string;
    url: string;
    attempts: number;
    lastAnswer: string | null;
    madeAt: Instant;
    body: unknown;
  }[]
> {
  const { rows } = await tx.query<{
    deliveryId: string;
    partner: string;
    url: string;
    attempts: number;
    lastAnswer: string | null;
    madeAt: Instant;
    body: unknown;
  }>(
    `select d.delivery_id as "deliveryId", w.partner, w.url, d.attempts, d.last_answer as "lastAnswer",
       instant_ms(d.made_at)::float8 as "madeAt", d.body
     from webhook_delivery d join webhook w using (webhook_id)
     where d.state = 'dead' and ($1::text is null or w.partner = $1) order by d.made_at limit 500`,
    [partner],
  );
  return rows;
}

/** Has dead messages tried again, of one partner or all; gives how many. */
export async function revive(tx: Write, partner: string | null, now: Instant): Promise<number> {
  const { rowCount } = await tx.query(
    `update webhook_delivery d set state = 'waiting', attempts = 0, next_at = instant_of($2)
     from webhook w where w.webhook_id = d.webhook_id and d.state = 'dead' and ($1::text is null or w.partner = $1)`,
    [partner, now],
  );
  return rowCount ?? 0;
}
