import { randomUUID } from 'node:crypto';
import type { Random } from '../../core/rehearsal/random.ts';
import { DAY } from '../city-network.ts';

/** A request that a city does not send: what it asks, and with what. */
interface Hostile {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const json = { 'content-type': 'application/json' };
/** A connection may be broken off; an answer that does not come is a fault. */
const HANG_MS = 20_000;
const HUNG = -1;
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000);

const kinds: readonly ((centreId: number) => Hostile)[] = [
  (id) => ({ method: 'GET', path: `/api/centres/${id}/days/${DAY}/visits/${randomUUID()}/place?serviceId=nosuch` }),
  (id) => ({ method: 'GET', path: `/api/centres/${id}/days/2026-02-30/hall` }),
  (id) => ({ method: 'GET', path: `/api/centres/${id}/roster?day=0001-01-01` }),
  () => ({ method: 'GET', path: '/api/centres/2147483648/hall' }),
  () => ({ method: 'GET', path: '/services?q=a&q=b' }),
  () => ({ method: 'GET', path: '/promise?day=2026-02-30' }),
  () => ({ method: 'GET', path: `/api/files/${'x'.repeat(5_000)}` }),
  (id) => ({ method: 'POST', path: `/api/centres/${id}/days/${DAY}/visits`, headers: json, body: DEEP }),
  (id) => ({
    method: 'POST',
    path: `/api/centres/${id}/days/${DAY}/visits`,
    headers: json,
    body: '{"commandId":"\\u0000"}',
  }),
  (id) => ({
    method: 'POST',
    path: `/api/centres/${id}/bookings`,
    headers: json,
    body: JSON.stringify({ commandId: randomUUID(), at: 1e21, services: [{ serviceId: 'group-0', quantity: 1 }] }),
  }),
  () => ({ method: 'POST', path: '/api/bookings', headers: json, body: '{' }),
  () => ({
    method: 'POST',
    path: '/api/session',
    headers: json,
    body: JSON.stringify({ login: 'x', password: 'y'.repeat(200) }),
  }),
  () => ({ method: 'POST', path: '/api/files?name=%2e%2e%2f', body: new Uint8Array(100_000) }),
  () => ({
    method: 'POST',
    path: '/api/payments',
    headers: json,
    body: JSON.stringify([{ amount: 99_999_999_999_999_999n.toString() }]),
  }),
];

/** Sends a burst of hostile requests to a node. Gives those that it answered with a fault of its own, or left without an answer. */
export async function attack(url: string, centres: readonly number[], draw: Random, count: number): Promise<string[]> {
  const faults: string[] = [];
  const send = async () => {
    const kind = kinds[Math.floor(draw() * kinds.length)] as (typeof kinds)[number];
    const { method, path, headers = {}, body } = kind(centres[Math.floor(draw() * centres.length)] as number);
    const sent = fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body as never }),
      signal: AbortSignal.timeout(HANG_MS),
    });
    const status = await sent.then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      (error: unknown) => ((error as Error).name === 'TimeoutError' ? HUNG : 0),
    );
    if (status === HUNG) faults.push(`${method} ${path.slice(0, 120)}: no answer in ${HANG_MS / 1_000} s`);
    if (status >= 500 && status !== 503) faults.push(`${method} ${path.slice(0, 120)}: ${status}`);
  };
  const lanes = Array.from({ length: 8 }, async () => {
    for (let n = 0; n < count / 8; n += 1) await send();
  });
  await Promise.all(lanes);
  return faults;
}
