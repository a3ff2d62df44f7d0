import { Compile } from 'typebox/compile';
import { type AgencySays, type AgencySetting, AnswerBody } from '../../../contract/agencies.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Outward, post } from '../../platform/public-http.ts';
import { signatureOf } from '../partners/index.ts';
import type { MessageRow, MockAnswer } from './queries.ts';

/** Something that an agency has said, by its own id. */
export interface Said {
  readonly answerId: string;
  readonly messageId: string;
  readonly says: AgencySays;
}

/** What came of handing a message over. `unknown`: it may have arrived; it is sent again with the same id. `broken`: it cannot be
 * put together. */
export type Sent =
  | { readonly outcome: 'accepted'; readonly answers: readonly Said[] }
  | { readonly outcome: 'rejected'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string }
  | { readonly outcome: 'broken'; readonly reason: string };

const ANSWERS_MAX = 100;
const isAnswer = Compile(AnswerBody);

/**
 * The way of an agency that has an API: a signed message is posted to it. 2xx: it has it (and may answer at once in the body: `answers`);
 * 4xx: it cannot read it; everything else, and no answer at all: nobody knows, and it is asked again with the same id.
 */
export async function sendByApi(
  url: string,
  secret: Buffer,
  body: unknown,
  { at, outward }: { readonly at: Instant; readonly outward: Outward },
): Promise<Sent> {
  const text = canonicalJson(body as never);
  const headers = { 'okno-signature': signatureOf(secret, at, text) };
  try {
    const { status, body: said } = await post(url, text, headers, outward);
    if (status >= 200 && status < 300) return { outcome: 'accepted', answers: answersIn(said) };
    const isTheirs = status >= 400 && status < 500 && status !== 408 && status !== 429;
    const reason = `HTTP ${status}`;
    return isTheirs ? { outcome: 'rejected', reason } : { outcome: 'unknown', reason };
  } catch (error) {
    return { outcome: 'unknown', reason: (error as Error).message.slice(0, 200) };
  }
}

/** The answers in a body; what is not one is not taken. */
function answersIn(text: string): Said[] {
  try {
    const { answers } = JSON.parse(text) as { answers?: unknown };
    return Array.isArray(answers) ? answers.slice(0, ANSWERS_MAX).filter((one) => isAnswer.Check(one)) : [];
  } catch {
    return [];
  }
}

const HOUR = 3_600_000;

/** What a mock agency needs to know of a message. */
export interface MockMessage extends Pick<MessageRow, 'messageId' | 'agencyId' | 'kind' | 'attempts'> {
  readonly refusal: string | null;
  readonly suspension: string | null;
}

/** A mock agency: what it does with a message, and what it is going to say of it after so many milliseconds. */
export function sendToMock(
  { messageId, agencyId, kind, attempts, refusal, suspension }: MockMessage,
  behaviour: NonNullable<AgencySetting['behaviour']>,
): { readonly sent: Sent; readonly later: readonly (MockAnswer & { readonly afterMs: number })[] } {
  const accepted: Sent = { outcome: 'accepted', answers: [] };
  const says = (name: string, words: AgencySays, afterMs: number, times = 1) => ({
    answerId: `${messageId}-${name}`,
    agencyId,
    messageId,
    says: words,
    times,
    afterMs,
  });
  const yes = (afterMs: number, times = 1) => says('decision', { kind: 'decision', positive: true }, afterMs, times);
  if (kind === 'query') return { sent: accepted, later: [says('evidence', { kind: 'evidence' }, HOUR)] };
  if (kind === 'withdrawal') return { sent: accepted, later: [] };
  if (kind === 'addition') return { sent: accepted, later: [yes(HOUR)] };
  switch (behaviour) {
    case 'instant':
      return { sent: accepted, later: [yes(0)] };
    case 'slow':
      return { sent: accepted, later: [yes(48 * HOUR)] };
    case 'silent-but-done':
      return {
        sent: attempts > 1 ? accepted : { outcome: 'unknown', reason: 'no answer in time' },
        later: [yes(HOUR)],
      };
    case 'late-reject':
      return { sent: accepted, later: [says('reject', { kind: 'reject', reason: 'schema: field 7' }, HOUR)] };
    case 'double-answer':
      return { sent: accepted, later: [yes(HOUR, 2)] };
    case 'question':
      return suspension === null
        ? { sent: accepted, later: [yes(HOUR)] }
        : { sent: accepted, later: [says('question', { kind: 'question', ground: suspension }, HOUR)] };
    case 'refuses':
      return refusal === null
        ? { sent: accepted, later: [yes(HOUR)] }
        : { sent: accepted, later: [says('decision', { kind: 'decision', positive: false, ground: refusal }, HOUR)] };
    case 'loses-paper':
      return { sent: accepted, later: [] };
  }
}
