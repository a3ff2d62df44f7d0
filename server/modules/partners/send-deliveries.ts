import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { ATTEMPTS_MAX, pauseAfter } from '../../../core/notices/quiet.ts';
import { type Instant, SECOND } from '../../../core/time/instant.ts';
import type { Context } from '../../platform/context.ts';
import { allApart } from '../../platform/isolated.ts';
import { openLanes, type Outbox } from '../../platform/outbox.ts';
import { post } from '../../platform/public-http.ts';
import { type DueDelivery, hooksDue, noteAttempt, takeDeliveries } from './queries.ts';
import { openSecret, sealSecret } from './webhook-secret.ts';

/** Longer than those that are sent side by side can take. */
const LEASE_MS = 60_000;
const AT_ONCE = 20;

type Sender = Pick<Context, 'db' | 'vault' | 'now' | 'outward' | 'log'>;

/** Tells partners what became of their bookings, until they have heard or ten attempts are over. */
export function openDeliveries(sender: Sender): Outbox {
  const { db, now, log } = sender;
  return openLanes({
    due: () => db.read((tx) => hooksDue(tx, now())),
    sendNext: async (webhookId) => {
      const due = await db.write((tx) => takeDeliveries(tx, webhookId, now(), LEASE_MS, AT_ONCE));
      await allApart(due, 'a partner could not be told', (delivery) => sendOne(sender, delivery));
      return due.length > 0;
    },
    failed: (error) => log.error('partners could not be told', error),
  });
}

async function sendOne({ db, vault, now, outward }: Sender, delivery: DueDelivery): Promise<void> {
  const { deliveryId, webhookId, url, body, attempts } = delivery;
  const send = async () => {
    const secret = openSecret(vault, webhookId, delivery);
    await db.write((tx) => sealSecret(tx, vault, webhookId, delivery));
    const text = canonicalJson(body as never);
    const headers = { 'okno-delivery': deliveryId, 'okno-signature': signatureOf(secret, now(), text) };
    return post(url, text, headers, outward);
  };
  // One that cannot even be made has had its attempt, too.
  const answer = await send().then(
    ({ status }) => String(status),
    (error: Error) => error.message.slice(0, 200),
  );
  const isHeard = /^2\d\d$/.test(answer);
  const next = isHeard ? 'sent' : attempts >= ATTEMPTS_MAX ? null : now() + pauseAfter(attempts);
  await db.write((tx) => noteAttempt(tx, deliveryId, answer, next));
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 over the time and the body, so that neither can be changed nor sent again much later. */
export function signatureOf(secret: Buffer, at: Instant, body: string): string {
  const seconds = Math.floor(at / SECOND);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
