import { placeOf } from '../../platform/vault.ts';
import { openOutbox, type Outbox } from '../../platform/outbox.ts';
import { inTransaction } from '../../platform/transaction.ts';
import {
  type Application,
  applicationById,
  groundsFor,
  makeMove,
  openPart,
  openTask,
  variantOf,
} from '../applications/index.ts';
import { type Said, sendByApi, type Sent, sendToMock } from './adapters.ts';
import { hear, hearIn } from './hear.ts';
import type { AgencyRoom } from './room.ts';
import * as store from './store.ts';

const LEASE_MS = 20_000;
const AT_ONCE = 20;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POLL_EVERY_MS = MINUTE;
/** How long is waited after each attempt of which nothing was heard; after the last a person has to look. */
const PAUSES_MS = [5 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 20 * HOUR] as const;
/** Who acts when an agency is not at its screen. */
const BY_WIRE = { kind: 'program', id: 'agency' } as const;

/** Sends what is due to agencies, and hears what mock ones say; several nodes share the work. */
export function openMessenger(room: AgencyRoom): Outbox {
  let asked = 0;
  return openOutbox(
    async () => {
      await sendAll(room);
      await hearMocks(room);
      if (room.now() - asked < POLL_EVERY_MS) return;
      asked = room.now();
      await askForAnswers(room);
    },
    (error) => room.log('agencies could not be reached', error),
  );
}

async function sendAll(room: AgencyRoom): Promise<void> {
  for (;;) {
    const due = await store.takeDue(room.pool, room.now(), LEASE_MS, AT_ONCE);
    for (const message of due) await sendOne(room, message);
    if (due.length < AT_ONCE) return;
  }
}

/** What mock agencies say now, each in a transaction of its own: who dies over one says it again. */
async function hearMocks(room: AgencyRoom): Promise<void> {
  await inTransaction(room.pool, async (client) => {
    for (const { times, ...answer } of await store.takeMockAnswers(client, room.now()))
      for (let said = 0; said < times; said += 1) await hearIn(client, room, { kind: 'program', id: 'mock' }, answer);
  });
}

/** Asks agencies that do not call by themselves what they have to say. */
async function askForAnswers(room: AgencyRoom): Promise<void> {
  for (const { agencyId, setting } of (await store.agencies(room.pool)).filter((one) => one.setting.poll === true)) {
    const secret = (await store.wayTo(room.pool, agencyId))?.secret ?? null;
    if (setting.url === undefined || secret === null) continue;
    const body = { kind: 'poll', after: await store.newestAnswer(room.pool, agencyId) };
    const key = room.vault.openBytes(secret, placeOf('agency', agencyId));
    const sent = await sendByApi(setting.url, key, body, { at: room.now(), outward: room.outward });
    if (sent.outcome === 'accepted') await hearAll(room, agencyId, sent.answers);
    else room.log(`agency ${agencyId} does not say what it has to say: ${sent.reason}`);
  }
}

/** Takes in what came with an answer; what cannot be taken in is logged, and does not hold up the rest. */
async function hearAll(room: AgencyRoom, agencyId: string, answers: readonly Said[]): Promise<void> {
  for (const answer of answers)
    await hear(room, BY_WIRE, { ...answer, agencyId }).catch((error: unknown) =>
      room.log(`an answer of agency ${agencyId} could not be taken in`, error),
    );
}

async function sendOne(room: AgencyRoom, message: store.MessageRow): Promise<void> {
  const sent = await handOver(room, message);
  if (sent === null) return;
  await inTransaction(room.pool, async (client) => {
    const application = (await applicationById(client, message.applicationId, 'hold')) as Application;
    const at = room.now();
    if (sent.outcome === 'accepted') {
      const state = message.kind === 'application' || message.kind === 'query' ? 'sent' : 'answered';
      await store.noteSending(client, message.messageId, { state, fault: null, nextAt: at });
      if (message.kind === 'application' && application.state === 'registered')
        await makeMove(client, room, application, { move: 'send', actor: BY_WIRE });
      return;
    }
    const pause = sent.outcome === 'unknown' ? PAUSES_MS[message.attempts - 1] : undefined;
    const state = pause !== undefined ? 'waiting' : sent.outcome === 'rejected' ? 'rejected' : 'dead';
    await store.noteSending(client, message.messageId, { state, fault: sent.reason, nextAt: at + (pause ?? 0) });
    if (pause !== undefined) return;
    const details = { messageId: message.messageId, fault: sent.reason };
    await openTask(client, { kind: 'dead-letter', application, details }, at);
  });
  if (sent.outcome === 'accepted') await hearAll(room, message.agencyId, sent.answers);
}

/** Hands a message to its agency; null for one that works on paper: its messages travel with the courier. */
async function handOver(room: AgencyRoom, message: store.MessageRow): Promise<Sent | null> {
  const { messageId, applicationId, agencyId, kind, evidence } = message;
  const way = await store.wayTo(room.pool, agencyId);
  const application = (await applicationById(room.pool, applicationId)) as Application;
  const { passport, variant } = await variantOf(room, application);
  if (way?.adapter === 'mock') {
    const refusal = groundsFor(variant, 'decide-negative')[0]?.code ?? null;
    const suspension = groundsFor(variant, 'ask-fix')[0]?.code ?? null;
    const { sent, later } = sendToMock({ ...message, refusal, suspension }, way.setting.temper ?? 'instant');
    for (const { afterMs, ...answer } of later) await store.insertMockAnswer(room.pool, answer, room.now() + afterMs);
    return sent;
  }
  if (way?.adapter !== 'api' || way.setting.url === undefined || way.secret === null) {
    await store.noteSending(room.pool, messageId, { state: 'waiting', fault: 'on paper', nextAt: room.now() + HOUR });
    return null;
  }
  const { personId, representativeId, number, serviceId, variant: code, lastDay, agencyBy } = application;
  const people = await room.identities(room.pool, [personId, ...(representativeId === null ? [] : [representativeId])]);
  const { answers, mandate } = openPart(room.vault, application);
  const body = {
    messageId,
    kind,
    evidence,
    number,
    service: { id: serviceId, name: passport.official.ru, variant: code },
    lastDay,
    agencyBy,
    applicant: people.get(personId) ?? null,
    representative: representativeId === null ? null : { ...people.get(representativeId), mandate },
    answers,
  };
  const secret = room.vault.openBytes(way.secret, placeOf('agency', agencyId));
  return sendByApi(way.setting.url, secret, body, { at: room.now(), outward: room.outward });
}
