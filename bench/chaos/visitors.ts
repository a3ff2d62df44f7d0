import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../core/rehearsal/random.ts';
import { DAY } from '../city-network.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Asking } from './asking.ts';

const command = () => ({ commandId: randomUUID() });
/** The groups that the window of each centre serves; the last one of the city is for probes, which wait and go again. */
const SERVED_GROUPS = 3;
export const PROBE_GROUP = 'group-3';
const TOMORROW = '2026-02-20';
const LATE_MS_MAX = 1_000;
/** Windows open some at a time, and halls are probed some at a time: all at once they would measure their own crowd. */
const LANES = 12;
const PROBE_LANES = 43;
const PROBE_MS_MAX = 2_000;
const DEAD_MS = 60_000;
const PROBE_AGAIN_MS = 50;

/**
 * Does something again and again at a steady pace until it is told to stop; what is late holds nothing else up. `everyMs` is asked before each
 * turn: the pace may change.
 */
export function steadily(
  everyMs: () => number,
  isOver: () => boolean,
  work: (turn: number) => Promise<void>,
): Promise<void> {
  return (async () => {
    const running = new Set<Promise<void>>();
    let due = performance.now();
    for (let turn = 0; !isOver(); turn += 1) {
      const now = performance.now();
      if (due > now) await pause(due - now);
      // A client that was kept from its work for a while does not make up for it with a flood.
      else due = Math.max(due, now - LATE_MS_MAX);
      due += everyMs();
      const one = work(turn).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.all(running);
  })();
}

/** Hands a list to so many workers at a time. */
export async function inLanes<T>(all: readonly T[], lanes: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** How soon halls served again, counted from when they were first asked. */
export interface Recovery {
  /** Milliseconds to the first ticket, by hall. */
  readonly servedMs: readonly number[];
  /** Halls that gave none in all their time. */
  readonly dead: readonly number[];
}

/** A window of each centre, and visitors who come to it one after another: from the ticket to the end. */
export function visitorsOf({ ask, tryOnce }: Asking, acknowledged: Acknowledged, centres: readonly number[]) {
  /** The last visit of each centre: a window serves one at a time. */
  const last = new Map<number, Promise<void>>();
  const windowPath = (centreId: number, action: string) => `/api/centres/${centreId}/days/${DAY}/windows/1/${action}`;

  const sitDown = async (centreId: number) => {
    const skills = Array.from({ length: SERVED_GROUPS }, (_, index) => ({ groupId: `group-${index}`, level: 3 }));
    await ask('POST', windowPath(centreId, 'open'), { ...command(), specialistId: `s${centreId}`, skills });
  };

  const serve = async (centreId: number, turn: number) => {
    const take = command();
    const services = [{ serviceId: `group-${turn % SERVED_GROUPS}` }];
    const ticket = await ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, { ...take, services });
    if (ticket === null || ticket.status >= 300) return;
    acknowledged.tickets.set(take.commandId, { centreId, number: String(ticket.body['number']) });
    const called = await ask('POST', windowPath(centreId, 'ready'), command());
    const call = called?.body['call'] as { visitId: string } | null | undefined;
    if (call === undefined || call === null) return;
    const visitId = call.visitId;
    await ask('POST', windowPath(centreId, 'start'), { ...command(), visitId });
    const finished = await ask('POST', windowPath(centreId, 'finish'), { ...command(), visitId });
    if ((finished?.status ?? 500) < 300) acknowledged.finished.add(visitId);
  };

  return {
    sitDown: () => inLanes(centres, LANES, sitDown),
    come: (turn: number): Promise<void> => {
      const centreId = centres[turn % centres.length] as number;
      const next = (last.get(centreId) ?? Promise.resolve()).then(() => serve(centreId, turn));
      last.set(centreId, next);
      return next;
    },
    /** Asks every hall for a ticket until it gives one; a hall that does not is asked again after the others. The visitor goes again. */
    probe: async (deadMs = DEAD_MS): Promise<Recovery> => {
      const began = performance.now();
      const servedMs: number[] = [];
      const dead: number[] = [];
      const waiting = centres.map((centreId) => ({
        centreId,
        body: { ...command(), services: [{ serviceId: PROBE_GROUP }] },
      }));
      const lane = async () => {
        for (let hall = waiting.shift(); hall !== undefined; hall = waiting.shift()) {
          const { centreId, body } = hall;
          const path = `/api/centres/${centreId}/days/${DAY}/visits`;
          const ticket = await tryOnce('POST', path, body, PROBE_MS_MAX);
          const ms = performance.now() - began;
          if (ticket !== null && ticket.status < 300) {
            servedMs.push(ms);
            acknowledged.tickets.set(body.commandId, { centreId, number: String(ticket.body['number']) });
            void ask('POST', '/api/own-visit/actions/leave', { ...command(), token: ticket.body['token'] });
          } else if (ms > deadMs) {
            dead.push(centreId);
          } else {
            waiting.push(hall);
            await pause(PROBE_AGAIN_MS);
          }
        }
      };
      await Promise.all(Array.from({ length: PROBE_LANES }, lane));
      return { servedMs, dead };
    },
  };
}

/** Visitors who book a time of tomorrow at reception; some move it, some cancel it. */
export function bookersOf({ ask }: Asking, acknowledged: Acknowledged, centres: readonly number[], draw: Random) {
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(draw() * all.length)];
  const timesOf = async (centreId: number) => {
    const path = `/api/centres/${centreId}/free-times?services=group-0&day=${TOMORROW}&channel=reception`;
    const answer = await ask('GET', path);
    return ((answer?.body['times'] as { at: number }[] | undefined) ?? []).map(({ at }) => at);
  };
  return {
    book: async (): Promise<void> => {
      const centreId = pick(centres) as number;
      const at = pick(await timesOf(centreId));
      if (at === undefined) return;
      const base = `/api/centres/${centreId}/bookings`;
      const services = [{ serviceId: 'group-0', quantity: 1 }];
      acknowledged.asked.bookings += 1;
      const booked = await ask('POST', base, { ...command(), at, services });
      if (booked === null || booked.status >= 300) return;
      const bookingId = String(booked.body['bookingId']);
      acknowledged.bookings.set(bookingId, { at, state: 'booked' });
      const wish = draw();
      if (wish < 0.2) {
        acknowledged.bookings.delete(bookingId);
        const cancelled = await ask('POST', `${base}/${bookingId}/cancel`, {});
        // Sent again after an answer was lost it is refused, because it is done.
        if (cancelled !== null) acknowledged.bookings.set(bookingId, { at, state: 'cancelled' });
      } else if (wish < 0.4) {
        const to = pick(await timesOf(centreId));
        if (to === undefined) return;
        acknowledged.bookings.delete(bookingId);
        const moved = await ask('POST', `${base}/${bookingId}/move`, { at: to });
        if ((moved?.status ?? 500) < 300) acknowledged.bookings.set(bookingId, { at: to, state: 'booked' });
        else if (moved !== null && moved.tries === 1) acknowledged.bookings.set(bookingId, { at, state: 'booked' });
      }
    },
  };
}
