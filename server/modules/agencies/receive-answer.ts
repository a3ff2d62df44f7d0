import type { AgencySays } from '../../../contract/agencies.ts';
import { type MoveName, stateAfter } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Write } from '../../platform/handles.ts';
import {
  type Application,
  type CaseContext,
  groundsFor,
  holdApplication,
  makeMove,
  noteOf,
  openTask,
  variantOf,
} from '../applications/index.ts';
import * as queries from './queries.ts';

/** What an agency says of a message. */
export interface Answer {
  readonly agencyId: string;
  readonly answerId: string;
  readonly messageId: string;
  readonly says: AgencySays;
}

/** True when a message came to be of no use: what it speaks of was decided, or withdrawn, without it. */
export function isOvertaken({ endedOn }: Application, kind: queries.MessageKind): boolean {
  return endedOn !== null && kind !== 'withdrawal';
}

/**
 * Takes in what an agency says of a message. The same answer again changes nothing; one that cannot be carried out is a task for a person
 * and changes nothing either. Throws `unknown-message`.
 */
export function receiveAnswer(
  context: CaseContext,
  actor: Actor,
  answer: Answer,
): Promise<'taken' | 'conflict' | 'known'> {
  return context.db.write((tx) => receiveIn(tx, context, actor, answer));
}

/** The same, as a part of a transaction. */
export async function receiveIn(
  tx: Write,
  context: CaseContext,
  actor: Actor,
  answer: Answer,
): Promise<'taken' | 'conflict' | 'known'> {
  const { agencyId, answerId, messageId, says } = answer;
  const message = await queries.messageById(tx, messageId);
  if (message === null || message.agencyId !== agencyId) return refuse('unknown-message', {});
  const at = context.now();
  if (!(await queries.insertAnswer(tx, answer, at))) return 'known';
  const application = (await holdApplication(tx, message.applicationId)) as Application;
  if (says.kind === 'reject') {
    await queries.noteMessage(tx, messageId, { state: 'rejected', fault: says.reason, nextAt: at });
    if (isOvertaken(application, message.kind)) return 'taken';
    await openTask(tx, { kind: 'dead-letter', application, details: { messageId, fault: says.reason } }, at);
    return 'taken';
  }
  if (says.kind === 'evidence') {
    await queries.insertAgencyEvidence(tx, message.applicationId, message.evidence ?? message.kind);
    await queries.noteMessage(tx, messageId, { state: 'answered', fault: null, nextAt: at });
    return 'taken';
  }
  if (says.kind === 'no-evidence') {
    await queries.noteMessage(tx, messageId, { state: 'answered', fault: says.note ?? null, nextAt: at });
    const details = { messageId, evidence: message.evidence, agencyId };
    await openTask(tx, { kind: 'query-without-answer', application, details }, at);
    return 'taken';
  }
  const isDone = await carryOut(tx, context, actor, application, says);
  if (!isDone) {
    await queries.noteConflict(tx, agencyId, answerId);
    const details = { answerId, kind: says.kind, positive: says.kind === 'decision' ? says.positive : null };
    await openTask(tx, { kind: 'conflict', application, details }, at);
    return 'conflict';
  }
  if (says.kind === 'decision')
    await queries.noteMessage(tx, messageId, { state: 'answered', fault: null, nextAt: at });
  return 'taken';
}

type Moving = Exclude<AgencySays, { kind: 'reject' | 'evidence' | 'no-evidence' }>;

const MOVES_BY_KIND = { suspend: 'suspend', resume: 'resume', question: 'ask-fix' } as const;

function moveOf(says: Moving): MoveName {
  return says.kind === 'decision' ? (says.positive ? 'decide-positive' : 'decide-negative') : MOVES_BY_KIND[says.kind];
}

/** Does to the application what was said; false when that cannot be done now, or for no such ground. */
async function carryOut(
  tx: Write,
  context: CaseContext,
  actor: Actor,
  application: Application,
  says: Moving,
): Promise<boolean> {
  const move = moveOf(says);
  const ground = 'ground' in says ? (says.ground ?? null) : null;
  if (isSaidAlready(application, says)) return true;
  // Who answers has it, whatever we heard of the sending.
  const isOnTheWay = application.state === 'registered';
  if (stateAfter(isOnTheWay ? 'at-agency' : application.state, move) === null) return false;
  const grounds = groundsFor((await variantOf(tx, context, application)).variant, move);
  if (move !== 'decide-positive' && move !== 'resume' && !grounds.some(({ code }) => code === ground)) return false;
  const there = isOnTheWay ? await makeMove(tx, context, application, { move: 'send', actor }) : application;
  const note = 'note' in says ? says.note : undefined;
  await makeMove(tx, context, there, {
    move,
    actor,
    ground,
    ...(note === undefined ? {} : { changes: noteOf(context, there, note) }),
  });
  return true;
}

const DECIDED = new Set<Application['state']>([
  'decided-positive',
  'decided-negative',
  'in-transit-to-centre',
  'ready',
  'issued',
  'unclaimed',
]);

/** True when the same decision was made before. */
function isSaidAlready({ state, refused }: Application, says: Moving): boolean {
  return says.kind === 'decision' && DECIDED.has(state) && refused === !says.positive;
}
