import { Agent, request } from 'node:http';
import type { Node } from '../../../server/main.ts';
import { type Chance, chanceOf } from './random.ts';
import { type FuzzRequest, requestFor } from './requests.ts';
import type { Known } from './values.ts';

/** What a server must never say. */
export interface Finding {
  /** Which request of the run it was; the seed and this number make it again. */
  readonly index: number;
  readonly request: FuzzRequest;
  readonly status: number | 'no answer';
  readonly said: string;
}

export interface FuzzRun {
  readonly requests: number;
  readonly findings: readonly Finding[];
  /** How many answers had which status. */
  readonly statuses: ReadonlyMap<number | 'no answer', number>;
  /** Routes that were never passed: neither 2xx nor 3xx. */
  readonly unpassed: readonly string[];
}

interface Plan {
  readonly seed: number;
  readonly requests: number;
  readonly atOnce: number;
  /** The sender of a request. */
  signed?(index: number): { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  told?(done: number): void;
}

/** What may be answered with 503 as its own sentence says: ask again. */
const RETRYABLE = ['busy', 'planning-busy', 'not-ready', 'no-way-to-send', 'sign-in-server-away'];
const ANSWER_MS = 60_000;
const KEPT_EACH = 60;
const KEPT_IDS = /(Id|day|token|code|number|barcode|edition|serviceId|login|at|name|version|chain|answerId)$/;

/** Sends requests to every route of a node, and tells which answers no server may give. */
export async function fuzz(node: Node, known: Remembered, plan: Plan): Promise<FuzzRun> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.atOnce });
  const routes = node.routes.filter(({ method }) => ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].includes(method));
  const findings: Finding[] = [];
  const statuses = new Map<number | 'no answer', number>();
  const passed = new Set<string>();
  let [sent, done] = [0, 0];
  const worker = async () => {
    while (sent < plan.requests) {
      const index = sent;
      sent += 1;
      const chance = chanceOf(plan.seed * 1_000_003 + index);
      const made = requestFor(routeOf(routes, index, chance), known, chance);
      const by = plan.signed?.(index) ?? { url: node.url, headers: {} };
      const { status, said } = await send(agent, by.url, { ...made, headers: { ...by.headers, ...made.headers } });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== 'no answer' && status < 400) passed.add(made.route);
      if (typeof status === 'number' && status < 300) known.remember(said);
      if (isFault(status, said)) findings.push({ index, request: made, status, said: said.slice(0, 500) });
      done += 1;
      plan.told?.(done);
    }
  };
  await Promise.all(Array.from({ length: plan.atOnce }, worker));
  agent.destroy();
  const unpassed = routes.map(({ method, url }) => `${method} ${url}`).filter((name) => !passed.has(name));
  return { requests: done, findings, statuses, unpassed };
}

/** Every route in its turn, and some that are more of the work more often. */
function routeOf<Route>(routes: readonly Route[], index: number, chance: Chance): Route {
  return chance.happens(0.7) ? (routes[index % routes.length] as Route) : chance.of(routes);
}

function isFault(status: number | 'no answer', said: string): boolean {
  if (status === 'no answer') return true;
  if (status < 500) return false;
  return status !== 503 || !RETRYABLE.some((code) => said.includes(`"code":"${code}"`));
}

function send(agent: Agent, url: string, asked: FuzzRequest): Promise<{ status: number | 'no answer'; said: string }> {
  const { hostname, port } = new URL(url);
  const { method, path, headers, body } = asked;
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      sending.destroy();
      resolve({ status: 'no answer', said: `nothing within ${ANSWER_MS} ms` });
    }, ANSWER_MS);
    const over = (status: number | 'no answer', said: string) => {
      clearTimeout(late);
      resolve({ status, said });
    };
    const length = body === null ? {} : { 'content-length': String(body.length) };
    const sending = request({ agent, hostname, port, method, path, headers: { ...headers, ...length } }, (reply) => {
      const parts: Buffer[] = [];
      const status = reply.statusCode ?? 0;
      // A stream never ends by itself: that it has begun is its answer.
      if (/event-stream/.test(reply.headers['content-type'] ?? '')) {
        sending.destroy();
        return over(status, '');
      }
      reply.on('data', (part: Buffer) => parts.length < 50 && parts.push(part));
      reply.on('end', () => over(status, Buffer.concat(parts).toString()));
      reply.on('error', () => over(status, ''));
    });
    // A client that sends nonsense may be cut off without an answer; a node that is gone is found by the next request.
    sending.on('error', (error: NodeJS.ErrnoException) =>
      over(error.code === 'ECONNREFUSED' ? 'no answer' : 400, String(error)),
    );
    sending.end(body ?? undefined);
  });
}

export interface Remembered extends Known {
  remember(json: string): void;
  add(name: string, value: unknown): void;
}

/** Keeps some values of answers by their names. */
export function openKnown(): Remembered {
  const kept = new Map<string, unknown[]>();
  let turn = 0;
  const add = (name: string, value: unknown) => {
    const values = kept.get(name) ?? [];
    if (values.includes(value)) return;
    // What was there first stays: the city that was there before the first request.
    if (values.length < KEPT_EACH) values.push(value);
    else values[KEPT_EACH / 2 + (turn++ % (KEPT_EACH / 2))] = value;
    kept.set(name, values);
  };
  const walk = (value: unknown, depth: number): void => {
    if (value === null || typeof value !== 'object' || depth > 6) return;
    for (const [name, inner] of Object.entries(value).slice(0, 40)) {
      if ((typeof inner === 'string' || typeof inner === 'number') && KEPT_IDS.test(name)) add(name, inner);
      else walk(inner, depth + 1);
    }
  };
  return {
    add,
    get: (name, chance) => {
      const values = kept.get(name);
      return values === undefined ? undefined : chance.of(values);
    },
    remember: (json) => {
      if (!json.startsWith('{') && !json.startsWith('[')) return;
      try {
        walk(JSON.parse(json), 0);
      } catch {
        // What was cut off says nothing.
      }
    },
  };
}

/** A finding, written for the person who has to mend it. */
export function shownFinding(seed: number, { index, request: { method, path, body }, status, said }: Finding): string {
  const text = body === null ? '' : ` ${body.subarray(0, 400).toString()}`;
  return `seed ${seed}, request ${index}: ${status} ${method} ${path.slice(0, 300)}${text}\n   ${said.slice(0, 300)}`;
}
