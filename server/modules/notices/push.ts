import { createECDH } from 'node:crypto';
import webPush from 'web-push';
import type { Context } from '../../platform/context.ts';
import { installationKey } from '../../platform/installation.ts';
import { OPEN_NET, type Outward, post } from '../../platform/public-http.ts';
import { NotSent, type Way } from './ways.ts';

/** Where a browser is reached: the address at its maker's service, and the keys with which only this browser can read (RFC 8291). */
export interface PushPlace {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** The sender (RFC 8292): a key of this installation, and the site where its operator can be reached. */
interface PushSetting {
  /** 32 random bytes. */
  readonly key: Buffer;
  readonly site: string;
  readonly outward: Outward;
}

/** A message that nobody could be given in this time is of no use any more. */
const KEPT_SECONDS = 86_400;
/** The browser has taken its subscription back, or never gave it. */
const GONE = new Set([400, 401, 403, 404, 410, 413]);

/** The name under which the installation's key for messages to browsers is kept. */
const PUSH_KEY = 'web-push';

/**
 * Browsers are reached only by an installation with its own site over TLS: the address names the sender, and browsers subscribe only from
 * there. `kept`: the box of a demo.
 */
export async function openPushWay(
  { db, siteUrl, outward }: Pick<Context, 'db' | 'siteUrl' | 'outward'>,
  kept: Way | null,
): Promise<Way | null> {
  if (kept !== null && outward === OPEN_NET) return kept;
  return isOverTls(siteUrl) ? openPush({ key: await installationKey(db, PUSH_KEY), site: siteUrl, outward }) : null;
}

/** With what browsers subscribe to be told; null where messages have no site that answers for them. */
export async function shownPushKey({
  db,
  isReal,
  siteUrl,
}: Pick<Context, 'db' | 'isReal' | 'siteUrl'>): Promise<string | null> {
  return isReal && !isOverTls(siteUrl) ? null : pushKey(await installationKey(db, PUSH_KEY));
}

/** Whether messages have a site over TLS that answers for them. */
function isOverTls(site: string | null): site is string {
  return site?.startsWith('https://') === true;
}

/** The public part of the installation's key, as browsers want it: 65 bytes in base64url. */
function pushKey(key: Buffer): string {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(key);
  return pair.getPublicKey('base64url');
}

/** Messages to browsers (RFC 8030), sealed so that the service between reads nothing. An address is a PushPlace as JSON. */
function openPush({ key, site, outward }: PushSetting): Way {
  const vapidDetails = { subject: site, publicKey: pushKey(key), privateKey: key.toString('base64url') };
  return {
    send: async ({ id, address, subject, text, language }) => {
      const { endpoint, p256dh, auth } = JSON.parse(address) as PushPlace;
      const body = JSON.stringify({ id, title: subject, text, language });
      const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, body, {
        vapidDetails,
        TTL: KEPT_SECONDS,
        urgency: 'normal',
      });
      const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]));
      const answer = await post(endpoint, details.body as unknown as Buffer, headers, outward).catch((error: Error) => {
        throw new NotSent(error.message.replaceAll(endpoint, '…'), false);
      });
      if (answer.status >= 200 && answer.status < 300) return { reference: id };
      throw new NotSent(`the push service answered ${answer.status}`, GONE.has(answer.status));
    },
    close: async () => undefined,
  };
}
