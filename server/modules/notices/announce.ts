import { randomUUID } from 'node:crypto';
import type { NoticeKind, WayName } from '../../../core/notices/templates.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Write } from '../../platform/handles.ts';
import type { Address } from './address.ts';
import type { PushPlace } from './push.ts';
import { insertNotice, type NoticeParams } from './queries.ts';

const DAY_MS = 86_400_000;

/** A message to a person. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly to: Address | PushPlace;
  readonly language: 'ru' | 'en';
  readonly params: NoticeParams;
  readonly about: string;
  /** The code that it carries; kept only until it has gone. */
  readonly secret?: string;
  /** Sent by night too. */
  readonly urgent?: boolean;
  /** Not before this; now when left out. */
  readonly at?: Instant;
  /** Not after this; a day later when left out. */
  readonly goodUntil?: Instant;
}

/** Puts a message on its way, in the transaction that gives the reason for it. */
export async function announce(tx: Write, notice: Notice, now: Instant): Promise<void> {
  const { to, secret = null, urgent = false, at = now, goodUntil = at + DAY_MS, ...rest } = notice;
  const [way, address] = whereTo(to);
  const row = { ...rest, noticeId: randomUUID(), way, urgent, nextAt: at, goodUntil } as const;
  await insertNotice(tx, row, { address, secret }, now);
}

function whereTo(to: Notice['to']): readonly [way: WayName, address: string] {
  if ('endpoint' in to) return ['push', JSON.stringify(to)];
  return to.email === null ? ['sms', to.phone] : ['email', to.email];
}
