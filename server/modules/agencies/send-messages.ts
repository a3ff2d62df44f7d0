import { placeOf } from '../../platform/vault.ts';
import { openLanes, type Outbox } from '../../platform/outbox.ts';
import { inPart } from '../../platform/handles.ts';
import {
  type Application,
  applicationById,
  type CaseContext,
  groundsFor,
  holdApplication,
  makeMove,
  openPart,
  openTask,
  variantOf,
  wayTo,
} from '../applications/index.ts';
import { identitiesOf } from '../persons/index.ts';
import { type Said, sendByApi, type Sent, sendToMock } from './adapters.ts';
import { isOvertaken, receiveAnswer, receiveIn } from './receive-answer.ts';
import * as queries from './queries.ts';

/** Longer than one message can take: a lane takes one at a time. */
const LEASE_MS = 60_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POLL_EVERY_MS = MINUTE;
/** How long is waited after each attempt of which nothing was heard; after the last a person has to look. */
const PAUSES_MS = [5 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 20 * HOUR] as const;
/** A message over which nodes went down so often is not tried again. */
const TAKEN_MAX = PAUSES_MS.length + 4;
/** Who acts when an agency is not at its screen. */
const BY_WIRE = { kind: 'program', id: 'agency' } as const;
/** The message is there and cannot be put together: its secret or what it says does not open. */
const NOT_MADE = 'not-made';
const MOCKS = 'mocks';
const asked = (agencyId: string) => `answers of ${agencyId}`;

/**
 * Sends what is due to agencies, each in a lane of its own, and hears what they and the mock ones say; several nodes share the work.
 */
export function openMessenger(context: CaseContext): Outbox {
  const askedAt = new Map<string, number>();
  return openLanes({
    due: async () => {
      const now = context.now();
      const polled = await context.db.read((tx) => queries.polledAgencies(tx));
      const toAsk = polled.filter((agencyId) => now - (askedAt.get(agencyId) ?? -Infinity) >= POLL_EVERY_MS);
      for (const agencyId of toAsk) askedAt.set(agencyId, now);
      const mocks = (await context.db.read((tx) => queries.haveMocksSomethingToSay(tx, now))) ? [MOCKS] : [];
      return [
        ...(await context.db.read((tx) => queries.agenciesDue(tx, now))).map((id) => `to ${id}`),
        ...toAsk.map(asked),
        ...mocks,
      ];
    },
    sendNext: async (lane) => {
      if (lane === MOCKS) return receiveFromMocks(context);
      const agencyId = lane.slice(lane.lastIndexOf(' ') + 1);
      if (lane !== asked(agencyId)) return sendNext(context, agencyId);
      await askForAnswers(context, agencyId);
      return false;
    },
    failed: (error) => context.log.error('agencies could not be reached', error),
  });
}

/** Sends the next message to an agency; false when there is none. */
async function sendNext(context: CaseContext, agencyId: string): Promise<boolean> {
  const message = await context.db.write((tx) => queries.takeDue(tx, agencyId, context.now(), LEASE_MS));
  if (message !== null) await sendOne(context, message);
  return message !== null;
}

/** What mock agencies say now; what cannot be taken in is logged, and does not hold up the rest. */
async function receiveFromMocks(context: CaseContext): Promise<boolean> {
  return context.db.write(async (tx) => {
    const said = await queries.takeMockAnswers(tx, context.now());
    for (const { times, ...answer } of said)
      await inPart(tx, async () => {
        for (let time = 0; time < times; time += 1)
          await receiveIn(tx, context, { kind: 'program', id: 'mock' }, answer);
      }).catch((error: unknown) =>
        context.log.error(`an answer of agency ${answer.agencyId} could not be taken in`, error),
      );
    return said.length > 0;
  });
}

/** Asks an agency that does not call by itself what it has to say. */
async function askForAnswers(context: CaseContext, agencyId: string): Promise<void> {
  const { setting, secret } = (await context.db.read((tx) => wayTo(tx, agencyId))) ?? {
    setting: {},
    secret: null,
  };
  if (setting.url === undefined || secret === null) return;
  const body = { kind: 'poll', after: await context.db.read((tx) => queries.newestAnswer(tx, agencyId)) };
  const key = context.vault.openBytes(secret, placeOf('agency', agencyId));
  const sent = await sendByApi(setting.url, key, body, { at: context.now(), outward: context.outward });
  if (sent.outcome === 'accepted') await receiveAll(context, agencyId, sent.answers);
  else context.log.error(`agency ${agencyId} does not say what it has to say: ${sent.reason}`);
}

/** Takes in what came with an answer; what cannot be taken in is logged, and does not hold up the rest. */
async function receiveAll(context: CaseContext, agencyId: string, answers: readonly Said[]): Promise<void> {
  for (const answer of answers)
    await receiveAnswer(context, BY_WIRE, { ...answer, agencyId }).catch((error: unknown) =>
      context.log.error(`an answer of agency ${agencyId} could not be taken in`, error),
    );
}

async function sendOne(context: CaseContext, message: queries.MessageRow): Promise<void> {
  const sent = await handOverOrSayWhy(context, message);
  if (sent === null) return;
  await context.db.write(async (tx) => {
    const application = (await holdApplication(tx, message.applicationId)) as Application;
    const at = context.now();
    if (sent.outcome === 'accepted') {
      const state = message.kind === 'application' || message.kind === 'query' ? 'sent' : 'answered';
      await queries.noteSending(tx, message.messageId, { state, fault: null, nextAt: at });
      // The agency has it: what cannot be done with the application here is no reason to send it again.
      if (message.kind === 'application' && application.state === 'registered')
        await inPart(tx, () => makeMove(tx, context, application, { move: 'send', actor: BY_WIRE })).catch(
          (error: unknown) =>
            context.log.error(`message ${message.messageId} was sent, and its application did not move`, error),
        );
      return;
    }
    const pause = sent.outcome === 'unknown' ? PAUSES_MS[message.attempts - 1] : undefined;
    const state = pause !== undefined ? 'waiting' : sent.outcome === 'rejected' ? 'rejected' : 'dead';
    await queries.noteSending(tx, message.messageId, { state, fault: sent.reason, nextAt: at + (pause ?? 0) });
    if (pause !== undefined || isOvertaken(application, message.kind)) return;
    const details = { messageId: message.messageId, fault: sent.reason };
    await openTask(tx, { kind: 'dead-letter', application, details }, at);
  });
  if (sent.outcome === 'accepted') await receiveAll(context, message.agencyId, sent.answers);
}

/** What came of handing a message over, also when it could not even be made: then a person has to look. */
async function handOverOrSayWhy(context: CaseContext, message: queries.MessageRow): Promise<Sent | null> {
  if (message.attempts > TAKEN_MAX) return { outcome: 'broken', reason: NOT_MADE };
  try {
    return await handOver(context, message);
  } catch (error) {
    context.log.error(`message ${message.messageId} could not be made`, error);
    // What is sealed does not open by itself later; anything else may, such as a database that was away.
    return { outcome: error instanceof CannotOpen ? 'broken' : 'unknown', reason: NOT_MADE };
  }
}

/** What a message needs is sealed and cannot be opened. */
class CannotOpen extends Error {}

function opened<Result>(open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    throw new CannotOpen('sealed', { cause: error });
  }
}

/** Hands a message to its agency; null for one that works on paper: its messages travel with the courier. */
async function handOver(context: CaseContext, message: queries.MessageRow): Promise<Sent | null> {
  const { messageId, applicationId, agencyId, kind, evidence } = message;
  const { way, application, passport, variant } = await context.db.read(async (tx) => {
    const found = (await applicationById(tx, applicationId)) as Application;
    return {
      way: await wayTo(tx, agencyId),
      application: found,
      ...(await variantOf(tx, context, found)),
    };
  });
  if (way?.adapter === 'mock') {
    const refusal = groundsFor(variant, 'decide-negative')[0]?.code ?? null;
    const suspension = groundsFor(variant, 'ask-fix')[0]?.code ?? null;
    const { sent, later } = sendToMock({ ...message, refusal, suspension }, way.setting.behaviour ?? 'instant');
    for (const { afterMs, ...answer } of later)
      await context.db.write((tx) => queries.insertMockAnswer(tx, answer, context.now() + afterMs));
    return sent;
  }
  if (way?.adapter !== 'api' || way.setting.url === undefined || way.secret === null) {
    await context.db.write((tx) =>
      queries.noteSending(tx, messageId, { state: 'waiting', fault: 'on paper', nextAt: context.now() + HOUR }),
    );
    return null;
  }
  const { personId, representativeId, number, serviceId, variant: code, lastDay, agencyBy } = application;
  const people = await context.db.read((tx) =>
    identitiesOf(tx, context, [personId, ...(representativeId === null ? [] : [representativeId])]),
  );
  const { answers, mandate } = opened(() => openPart(context.vault, application));
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
  const { secret: sealed, setting } = way;
  const secret = opened(() => context.vault.openBytes(sealed, placeOf('agency', agencyId)));
  return sendByApi(setting.url as string, secret, body, { at: context.now(), outward: context.outward });
}
