import type { Call } from '../../contract/queue.ts';
import { addDays, DAY_BOUNDARY, instantOf } from '../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../core/time/instant.ts';
import { openAgenda } from '../robots/agenda.ts';
import { type Driven, type DriveSetting, ReplayHalls } from './replay-halls.ts';
import { REPLAY_ZONE } from './replay-network.ts';

/** Where the specialists of the replay sit down. */
const SEATED_BEFORE = 1 * MINUTE;

/** Drives the day as recorded: each queue's window calls at the recorded minutes. The policy has only to agree. */
export async function driveAsRecorded(setting: DriveSetting): Promise<Driven> {
  const { tickets, network } = setting;
  const hall = new ReplayHalls(setting);
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
  const hall = new ReplayHalls(setting);
  await hall.seat(Math.min(...tickets.map(({ takenAt }) => takenAt)) - SEATED_BEFORE);
  for (const { centreId, windows } of network.centres) {
    for (const { windowId } of windows) hall.inTurn(String(centreId), () => hall.ready(centreId, windowId));
  }
  await hall.settled();

  const agenda = openAgenda();
  const end = instantOf(addDays(date, 1), DAY_BOUNDARY, REPLAY_ZONE);
  // A visitor at a window when the day ends lapses with it: there is nothing left to do for them.
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
