import { randomUUID } from 'node:crypto';
import type { Call as ApiCall } from '../../contract/client.ts';
import type { Call } from '../../contract/queue.ts';
import { addDays, type CivilDate, DAY_BOUNDARY, instantOf } from '../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../core/time/instant.ts';
import { openAgenda } from '../robots/agenda.ts';
import type { RecordedTicket } from './recorded-day.ts';
import { REPLAY_ZONE, type ReplayNetwork } from './replay-network.ts';

/** A visit as the API told it, beside its recording. */
export interface ReplayedVisit {
  readonly recorded: RecordedTicket;
  readonly takenAt: Instant;
  /** Null when the visitor was never called. */
  calledAt: Instant | null;
}

/** What came of a drive: every visit, and every request that failed. */
export interface Driven {
  readonly visits: readonly ReplayedVisit[];
  readonly failures: readonly unknown[];
}

export interface DriveSetting {
  readonly api: ApiCall;
  readonly date: CivilDate;
  readonly network: ReplayNetwork;
  readonly tickets: readonly RecordedTicket[];
  /** Told after every step of the clock: how many calls have been made. */
  progress(calls: number): void;
}

/** Where the specialists of the replay sit down. */
const SEATED_BEFORE = 1 * MINUTE;

/** Drives the day as recorded: each queue's window calls at the recorded minutes. The policy has only to agree. */
export async function driveAsRecorded(setting: DriveSetting): Promise<Driven> {
  const { tickets, network } = setting;
  const hall = openHall(setting);
  await hall.seat(Math.min(...tickets.map(({ takenAt }) => takenAt)) - SEATED_BEFORE);
  const windowOf = new Map<string, number>(
    network.centres.flatMap(({ centreId, windows }) =>
      windows.map(({ windowId, groupIds }) => [`${centreId}/${groupIds[0]}`, windowId] as const),
    ),
  );

  const work = new Map<Instant, (() => void)[]>();
  const at = (instant: Instant, then: () => void) => void work.set(instant, [...(work.get(instant) ?? []), then]);
  const inOrder = [...tickets].sort((a, b) => a.ticket - b.ticket);
  for (const ticket of inOrder) at(ticket.takenAt, () => hall.inTurn(ticket.office, () => hall.take(ticket)));
  for (const ticket of inOrder) {
    const centreId = network.centreIdOf(ticket.office);
    const windowId = windowOf.get(`${centreId}/${network.groupIdOf(ticket.queue)}`) as number;
    at(ticket.calledAt, () =>
      hall.inTurn(ticket.office, async () => {
        const call = await hall.ready(centreId, windowId);
        if (call === null)
          throw new Error(`nobody was waiting for ticket ${ticket.ticket} of ${ticket.office} ${ticket.queue}`);
        await hall.start(centreId, call);
        await hall.finish(centreId, call);
      }),
    );
  }
  for (const instant of [...work.keys()].sort((a, b) => a - b)) {
    await hall.step(instant);
    for (const then of work.get(instant) ?? []) then();
    await hall.settled();
  }
  return hall.driven();
}

/** Lets the policy decide: so many windows in each office serve everybody, each visit for so many minutes. */
export async function driveWindows(setting: DriveSetting, serviceMinutes: number): Promise<Driven> {
  const { tickets, network, date } = setting;
  const hall = openHall(setting);
  await hall.seat(Math.min(...tickets.map(({ takenAt }) => takenAt)) - SEATED_BEFORE);
  for (const { centreId, windows } of network.centres) {
    for (const { windowId } of windows) hall.inTurn(String(centreId), () => hall.ready(centreId, windowId));
  }
  await hall.settled();

  const agenda = openAgenda();
  const end = instantOf(addDays(date, 1), DAY_BOUNDARY, REPLAY_ZONE);
  // Whoever is at a window when the day ends lapses with it: there is nothing left to do for him.
  const at = (instant: Instant, then: () => void) => {
    if (instant < end) agenda.at(instant, then);
  };
  const serve = async (centreId: number, call: Call): Promise<void> => {
    await hall.start(centreId, call);
    at(call.at + Math.round(serviceMinutes * MINUTE), () =>
      hall.inTurn(String(centreId), async () => {
        await hall.finish(centreId, call);
        const next = await hall.ready(centreId, call.windowId);
        if (next !== null) await serve(centreId, next);
      }),
    );
  };
  for (const ticket of [...tickets].sort((a, b) => a.ticket - b.ticket)) {
    const centreId = network.centreIdOf(ticket.office);
    at(ticket.takenAt, () =>
      hall.inTurn(String(centreId), async () => {
        const call = await hall.take(ticket);
        if (call !== null) await serve(centreId, call);
      }),
    );
  }
  for (let instant = agenda.next(); instant !== null; instant = agenda.next()) {
    await hall.step(instant);
    agenda.runUntil(instant);
    await hall.settled();
  }
  return hall.driven();
}

/** The halls of the replayed day through the API: what happens in one office happens in order. */
function openHall({ api, date, network, progress }: DriveSetting) {
  const turns = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const visits = new Map<string, ReplayedVisit>();
  let calls = 0;

  const inTurn = (office: string, work: () => Promise<unknown>) => {
    const turn = (turns.get(office) ?? Promise.resolve()).then(work).then(
      () => undefined,
      (error: unknown) => void failures.push(error),
    );
    turns.set(office, turn);
  };
  const settled = async () => {
    await Promise.all(turns.values());
    turns.clear();
  };
  const at = (centreId: number, windowId: number) => ({ centreId, day: date, windowId });
  const command = () => ({ commandId: randomUUID() });
  const called = (call: Call | null): Call | null => {
    if (call === null) return null;
    const visit = visits.get(call.visitId);
    if (visit === undefined) throw new Error(`somebody was called who took no ticket: ${call.number}`);
    visit.calledAt = call.at;
    calls += 1;
    return call;
  };

  return {
    inTurn,
    settled,
    driven: (): Driven => ({ visits: [...visits.values()], failures }),
    step: async (to: Instant) => {
      await api('POST /api/clock/step', { body: { to } });
      progress(calls);
    },
    /** Steps to the moment and opens every window. */
    seat: async (moment: Instant) => {
      await api('POST /api/clock/step', { body: { to: moment } });
      await Promise.all(
        network.centres.map(async ({ centreId, windows }) => {
          for (const { windowId, groupIds } of windows) {
            const body = { ...command(), specialistId: `specialist-${windowId}`, groupIds: [...groupIds] };
            await api('POST /api/centres/:centreId/days/:day/windows/:windowId/open', {
              params: at(centreId, windowId),
              body,
            });
          }
        }),
      );
    },
    take: async (recorded: RecordedTicket): Promise<Call | null> => {
      const params = { centreId: network.centreIdOf(recorded.office), day: date };
      const body = { ...command(), groupId: network.groupIdOf(recorded.queue) };
      const ticket = await api('POST /api/centres/:centreId/days/:day/visits', { params, body });
      visits.set(ticket.visitId, { recorded, takenAt: ticket.takenAt, calledAt: null });
      return called(ticket.call);
    },
    ready: async (centreId: number, windowId: number): Promise<Call | null> => {
      const reply = await api('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
        params: at(centreId, windowId),
        body: command(),
      });
      return called(reply.call);
    },
    start: (centreId: number, { windowId, visitId }: Call) =>
      api('POST /api/centres/:centreId/days/:day/windows/:windowId/start', {
        params: at(centreId, windowId),
        body: { ...command(), visitId },
      }),
    finish: (centreId: number, { windowId, visitId }: Call) =>
      api('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', {
        params: at(centreId, windowId),
        body: { ...command(), visitId },
      }),
  };
}
