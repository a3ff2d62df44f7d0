import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '../../contract/client.ts';
import { requestOf } from '../../contract/client.ts';

/** What clients of the city saw. */
export interface Seen {
  /** Milliseconds from the first try to the answer, of requests that were answered at last. */
  readonly answeredMs: number[];
  /** Tries by what came of them: a status with the code of its problem, or why there was no answer. */
  readonly tries: Map<string, number>;
  /** Answers of 500: each is a fault. */
  readonly faults: string[];
  /** Requests that nobody answered in all their time. */
  unanswered: number;
}

/** A client that asks one node after another until one of them answers, as a browser behind a balancer does. */
export interface Asking {
  readonly seen: Seen;
  /** Sends it until there is an answer other than “try again”. Null: there was none within the time. */
  ask(method: string, path: string, body?: unknown): Promise<Answer | null>;
  /** Sends it once. Null: “try again”, or no answer in that time. */
  tryOnce(method: string, path: string, body: unknown, withinMs: number): Promise<Answer | null>;
  /** A route of the contract. Throws an Error for every refusal, and when nobody answers. */
  readonly call: Call;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** How often it was sent: after the first time what was asked may have happened already. */
  readonly tries: number;
}

const ANSWER_MS_MAX = 5_000;
const GIVE_UP_MS = 60_000;
/** A client that is turned away comes back later and later: a city that has just come back is not trampled down. */
const AGAIN_MS = { first: 100, most: 2_000 };
/** To be tried again, says the API: the node is busy, too full, or does not know what became of it. */
const AGAIN = new Set([429, 502, 503, 504]);

/** `urls`: where the nodes are now; a node that is down has none. */
export function openAsking(urls: () => readonly string[]): Asking {
  const seen: Seen = { answeredMs: [], tries: new Map(), faults: [], unanswered: 0 };
  let turn = 0;
  const count = (what: string) => seen.tries.set(what, (seen.tries.get(what) ?? 0) + 1);
  const once = async (
    method: string,
    path: string,
    text: string | null,
    withinMs: number,
  ): Promise<Omit<Answer, 'tries'> | null> => {
    const nodes = urls();
    turn += 1;
    const url = nodes[turn % Math.max(1, nodes.length)];
    if (url === undefined) {
      count('no node is up');
      return null;
    }
    try {
      const response = await fetch(url + path, {
        method,
        ...(text === null ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
        signal: AbortSignal.timeout(withinMs),
      });
      const written = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      const body = isJson ? (JSON.parse(written) as Record<string, unknown>) : {};
      count(response.ok ? String(response.status) : `${response.status} ${String(body['code'] ?? '')}`.trim());
      if (response.status >= 500 && !AGAIN.has(response.status))
        seen.faults.push(`${method} ${path}: ${response.status} ${written.slice(0, 200)}`);
      return { status: response.status, body };
    } catch (error) {
      count((error as Error).name === 'TimeoutError' ? 'no answer in time' : 'the line broke');
      return null;
    }
  };
  const isAnswer = (status: number) => status < 500 && !AGAIN.has(status);
  const ask: Asking['ask'] = async (method, path, body) => {
    const began = performance.now();
    const text = body === undefined ? null : JSON.stringify(body);
    for (let tries = 1; performance.now() - began < GIVE_UP_MS; tries += 1) {
      const answer = await once(method, path, text, ANSWER_MS_MAX);
      if (answer !== null && isAnswer(answer.status)) {
        seen.answeredMs.push(performance.now() - began);
        return { ...answer, tries };
      }
      await pause(Math.min(AGAIN_MS.most, AGAIN_MS.first * 2 ** (tries - 1)) * (0.5 + Math.random() / 2));
    }
    seen.unanswered += 1;
    return null;
  };
  const tryOnce: Asking['tryOnce'] = async (method, path, body, withinMs) => {
    const answer = await once(method, path, JSON.stringify(body), withinMs);
    return answer !== null && isAnswer(answer.status) ? { ...answer, tries: 1 } : null;
  };
  const call = (async (name, input) => {
    const { method, path, body } = requestOf(name, input);
    const answer = await ask(method, path, body === null ? undefined : (JSON.parse(body) as unknown));
    if (answer === null || answer.status >= 300)
      throw new Error(`${name}: ${answer?.status ?? 'no answer'} ${JSON.stringify(answer?.body)}`);
    return answer.body as never;
  }) as Call;
  return { seen, ask, tryOnce, call };
}
