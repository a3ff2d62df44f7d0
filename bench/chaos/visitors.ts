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

/** Does something again and again at a steady pace until it is told to stop; what is late holds nothing else up. */
export function steadily(everyMs: number, isOver: () => boolean, work: (turn: number) => Promise<void>): Promise<void> {
  return (async () => {
    const began = performance.now();
    const running = new Set<Promise<void>>();
    for (let turn = 0; !isOver(); turn += 1) {
      const wait = began + turn * everyMs - performance.now();
      if (wait > 0) await pause(wait);
      const one = work(turn).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.all(running);
  })();
}

/** A window of each centre, and visitors who come to it one after another: from the ticket to the end. */
export function visitorsOf({ ask, seen }: Asking, acknowledged: Acknowledged, centres: readonly number[]) {
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
    if (ticket?.status !== 200) return;
    acknowledged.tickets.set(take.commandId, { centreId, number: String(ticket.body['number']) });
    const called = await ask('POST', windowPath(centreId, 'ready'), command());
    const call = called?.body['call'] as { visitId: string } | null | undefined;
    if (call === undefined || call === null) return;
    const visitId = call.visitId;
    await ask('POST', windowPath(centreId, 'start'), { ...command(), visitId });
    const finished = await ask('POST', windowPath(centreId, 'finish'), { ...command(), visitId });
    if (finished?.status === 200) acknowledged.finished.add(visitId);
  };

  return {
    sitDown: () => Promise.all(centres.map(sitDown)),
    come: (turn: number): Promise<void> => {
      const centreId = centres[turn % centres.length] as number;
      const next = (last.get(centreId) ?? Promise.resolve()).then(() => serve(centreId, turn));
      last.set(centreId, next);
      return next;
    },
    /** Milliseconds until every hall has given a ticket that was asked for from now on, the slowest of them; its visitor goes again. */
    probe: async (): Promise<number> => {
      const began = performance.now();
      const unanswered = seen.unanswered;
      await Promise.all(
        centres.map(async (centreId) => {
          const body = { ...command(), services: [{ serviceId: PROBE_GROUP }] };
          const ticket = await ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, body);
          if (ticket?.status !== 200)
            throw new Error(`hall ${centreId} gives no ticket: ${JSON.stringify(ticket?.body)}`);
          acknowledged.tickets.set(body.commandId, { centreId, number: String(ticket.body['number']) });
          void ask('POST', '/api/own-visit/actions/leave', { ...command(), token: ticket.body['token'] });
        }),
      );
      return seen.unanswered > unanswered ? Number.POSITIVE_INFINITY : performance.now() - began;
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
      const booked = await ask('POST', base, { ...command(), at, services });
      if (booked?.status !== 200) return;
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
        if (moved?.status === 200) acknowledged.bookings.set(bookingId, { at: to, state: 'booked' });
        else if (moved !== null && moved.tries === 1) acknowledged.bookings.set(bookingId, { at, state: 'booked' });
      }
    },
  };
}
