import { afterQuiet, ATTEMPTS_MAX, pauseAfter, USUAL_QUIET } from '../../../core/notices/quiet.ts';
import { WAY_NAMES, type WayName, writeNotice } from '../../../core/notices/templates.ts';
import { allApart } from '../../platform/isolated.ts';
import { openLanes, type Outbox } from '../../platform/outbox.ts';
import type { NoticesContext } from './context.ts';
import { type DueNotice, noteNotSent, noteSent, putOff, takeDue, waysDue } from './queries.ts';
import { NotSent } from './ways.ts';

/** Longer than a batch takes with a carrier that lets everything wait as long as it may: three connections of 30 seconds each. */
const LEASE_MS = 120_000;
const AT_ONCE = 9;

type Sender = Pick<NoticesContext, 'db' | 'now' | 'log' | 'ways'>;

/** Sends what is due, again and again; several nodes share the work. */
export function openOutgoing(sender: Sender): Outbox {
  const { db, now, ways, log } = sender;
  const outbox = openLanes({
    // A lane for each way: a mail server that is silent delays no short message.
    due: async () => (WAY_NAMES.every((name) => ways[name] === null) ? [] : await db.read((tx) => waysDue(tx, now()))),
    sendNext: async (way) => {
      const due = await db.write((tx) => takeDue(tx, way as WayName, now(), LEASE_MS, AT_ONCE));
      await allApart(due, 'a message', (notice) => sendOne(sender, notice));
      return due.length > 0;
    },
    failed: (error) => log.error('messages could not be sent', error),
  });
  return {
    sendDue: outbox.sendDue,
    stop: async () => {
      await outbox.stop();
      await Promise.all(WAY_NAMES.map((name) => ways[name]?.close()));
    },
  };
}

async function sendOne({ db, now, ways, log }: Sender, notice: DueNotice): Promise<void> {
  const { noticeId: id, kind, way: name, language, params, address, secret, attempts, urgent } = notice;
  const way = ways[name];
  const from = now();
  // A letter waits until it is read; a telephone rings at night.
  const allowed = urgent || name === 'email' ? from : afterQuiet(USUAL_QUIET, from, params.zone);
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
    if (!(error instanceof NotSent)) log.error('a message could not be sent', error);
    else if (nextAt === null) log.error(`a message (${kind}) was not sent and is not tried again: ${fault}`);
    await db.write((tx) => noteNotSent(tx, id, fault, nextAt));
  }
}
