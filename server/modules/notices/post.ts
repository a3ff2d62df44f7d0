import { randomUUID } from 'node:crypto';
import { afterQuiet, ATTEMPTS_MAX, pauseAfter, type QuietHours } from '../../../core/notices/quiet.ts';
import { type NoticeKind, WAY_NAMES, type WayName, writeNotice } from '../../../core/notices/templates.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Db, Write } from '../../platform/handles.ts';
import { allApart } from '../../platform/isolated.ts';
import { openLanes, type Outbox } from '../../platform/outbox.ts';
import type { Address } from './address.ts';
import type { PushPlace } from './push.ts';
import {
  type DueNotice,
  insertNotice,
  type NoticeParams,
  noteNotSent,
  noteSent,
  putOff,
  takeDue,
  waysDue,
} from './store.ts';
import { NotSent, type Ways } from './ways.ts';

/** Longer than a batch takes with a carrier that lets everything wait as long as it may: three connections of 30 seconds each. */
const LEASE_MS = 120_000;
const AT_ONCE = 9;
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

export interface PostSetting {
  readonly db: Db;
  readonly now: () => Instant;
  readonly ways: Ways;
  readonly quiet: QuietHours;
  readonly log: (message: string, error?: unknown) => void;
}

/** Sends what is due, again and again; several nodes share the work. */
export function openPost(setting: PostSetting): Outbox {
  const { db, now, ways, log } = setting;
  const outbox = openLanes({
    // A lane for each way: a mail server that is silent delays no short message.
    due: async () => (WAY_NAMES.every((name) => ways[name] === null) ? [] : await db.read((tx) => waysDue(tx, now()))),
    sendNext: async (way) => {
      const due = await db.write((tx) => takeDue(tx, way as WayName, now(), LEASE_MS, AT_ONCE));
      await allApart(due, 'a message', (notice) => sendOne(setting, notice));
      return due.length > 0;
    },
    failed: (error) => log('messages could not be sent', error),
  });
  return {
    sendDue: outbox.sendDue,
    stop: async () => {
      await outbox.stop();
      await Promise.all(WAY_NAMES.map((name) => setting.ways[name]?.close()));
    },
  };
}

async function sendOne({ db, now, ways, quiet, log }: PostSetting, notice: DueNotice): Promise<void> {
  const { noticeId: id, kind, way: name, language, params, address, secret, attempts, urgent } = notice;
  const way = ways[name];
  const from = now();
  // A letter waits until it is read; a telephone rings at night.
  const allowed = urgent || name === 'email' ? from : afterQuiet(quiet, from, params.zone);
  if (allowed > from) return db.write((tx) => putOff(tx, id, allowed));
  if (way === null) return db.write((tx) => noteNotSent(tx, id, 'there is no way to send it', null));
  try {
    // Words that cannot be made count as an attempt, so that one message never holds up the others.
    const { subject, text } = writeNotice(kind, name, language, params, secret ?? '');
    const calendar = params.appointment ?? params.calendar ?? null;
    const { reference } = await way.send({ id, address, subject, text, language, calendar, at: now() });
    await db.write((tx) => noteSent(tx, id, reference, now()));
  } catch (error) {
    const isOver = error instanceof NotSent && error.forEver;
    const nextAt = isOver || attempts >= ATTEMPTS_MAX ? null : now() + pauseAfter(attempts);
    const fault = error instanceof NotSent ? error.message : 'internal';
    if (!(error instanceof NotSent)) log('a message could not be sent', error);
    else if (nextAt === null) log(`a message (${kind}) was not sent and is not tried again: ${fault}`);
    await db.write((tx) => noteNotSent(tx, id, fault, nextAt));
  }
}
