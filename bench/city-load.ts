import { randomUUID } from 'node:crypto';
import type { LeanClient } from './lean-client.ts';
import { DAY } from './city-network.ts';

/** A window of a centre with its own connection, and how long its requests took in milliseconds. */
export interface Seat {
  readonly centreId: number;
  readonly windowId: number;
  readonly client: LeanClient;
}

const command = () => ({ commandId: randomUUID() });
const GROUPS = 4;

/** The specialist of a seat sits down. */
export async function sitDown({ centreId, windowId, client }: Seat): Promise<void> {
  const skills = Array.from({ length: GROUPS }, (_, index) => ({ groupId: `group-${index}`, level: 3 as const }));
  await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/open', {
    params: { centreId, day: DAY, windowId },
    body: { ...command(), specialistId: `s${centreId}-${windowId}`, skills },
  });
}

/** A ticket, and then a call, a start and a finish of the first visitor. Gives the milliseconds of the call. */
export async function visitAt(
  { centreId, windowId, client }: Seat,
  turn: number,
  asked: (visitId: string) => void = () => undefined,
): Promise<number> {
  const ofDay = { centreId, day: DAY };
  const params = { ...ofDay, windowId };
  const take = command();
  asked(take.commandId);
  await client.call('POST /api/centres/:centreId/days/:day/visits', {
    params: ofDay,
    body: { ...take, services: [{ serviceId: `group-${turn % GROUPS}` }] },
  });
  const began = performance.now();
  const { call } = await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
    params,
    body: command(),
  });
  const took = performance.now() - began;
  if (call === null) throw new Error(`nobody was called at window ${windowId} of centre ${centreId}`);
  const body = { visitId: call.visitId };
  await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/start', {
    params,
    body: { ...command(), ...body },
  });
  await client.call('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', {
    params,
    body: { ...command(), ...body },
  });
  return took;
}
