import type { FastifyInstance } from 'fastify';
import type { CentreId } from '../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate, type TimeZone } from '../../../core/time/civil.ts';
import { eachApart } from '../../platform/isolated.ts';
import { type Actor, PROGRAM } from '../../platform/audit.ts';
import type { Write } from '../../platform/handles.ts';
import { newConflicts } from './conflicts.ts';
import { takeBackArrival } from './arrivals/store.ts';
import { type DoorsMoved, tellOfDoors } from './doors.ts';
import type { Desk } from './make.ts';
import { openFloodGate } from './flood.ts';
import { fillLedger } from './ledger/fill.ts';
import { openLedger } from './ledger/ledger.ts';
import type { BookingRoom } from './room.ts';
import { bookingRoutes } from './routes.ts';
import { forgetContacts } from './persons/store.ts';
import { freeWhatIsDue, logBooking, setState, unsettled } from './store.ts';
import { openTurns } from './turns.ts';
import { openKnown } from './wanted.ts';

/** Holds come free, and cancelled places, at most this long after they are due while anyone looks. */
const SWEEP_EVERY_MS = 500;

/** The background work of a node on bookings. */
export interface Bookings {
  readonly desk: Desk;
  /** Writes what days offer now, after something that these centres offer from has changed; of all: null. */
  refill(centreIds: readonly CentreId[] | null): Promise<void>;
  /** How many bookings of a centre have no room once this work is done that had room before; within the transaction that does it. */
  newConflicts(tx: Write, centreId: CentreId, work: () => Promise<unknown>): Promise<number>;
  /** Tells everybody who is booked for the rest of the day what the doors of a hall did. */
  tellOfDoors(moved: DoorsMoved, actor: Actor): Promise<number>;
  /** Notes what became of bookings of days past, and forgets contacts of days before a date. */
  settle(forgetBefore: CivilDate): Promise<void>;
}

/** Serves bookings; `chance` gives a number from 0 to 1 that nobody can foresee. */
export function openBookings(app: FastifyInstance, room: BookingRoom, chance: () => number): Bookings {
  const known = openKnown(room);
  const ledger = openLedger(room.db, room.now, sweeper(room));
  const desk: Desk = { room, ledger, known, inTurn: openTurns(), mayHold: openFloodGate(room.contactKey) };
  bookingRoutes(app, desk, chance);
  return {
    desk,
    refill: async (centreIds) => {
      known.forget();
      await fillLedger(room, centreIds);
    },
    newConflicts: (tx, centreId, work) => newConflicts(desk, tx, centreId, work),
    tellOfDoors: async (moved, actor) => {
      const told = await tellOfDoors(desk, moved, actor);
      if (told > 0) room.sendNow();
      return told;
    },
    settle: async (forgetBefore) => {
      const all = [() => settlePast(room), () => room.db.write((tx) => forgetContacts(tx, forgetBefore))];
      await eachApart(all, 'bookings of days past', (settle) => settle());
    },
  };
}

/** Frees what is due, but not more often than half a second apart, unless the clock was moved. */
function sweeper({ db, now }: BookingRoom): () => Promise<unknown> {
  let sweptAt = -Infinity;
  let clockAt = -Infinity;
  return async () => {
    const [at, clock] = [performance.now(), now()];
    if (at - sweptAt < SWEEP_EVERY_MS && clock - clockAt < SWEEP_EVERY_MS) return;
    [sweptAt, clockAt] = [at, clock];
    await db.write((tx) => freeWhatIsDue(tx, clock));
  };
}

/** A visitor who came was served or not; a booking for which nobody came is missed. */
async function settlePast(room: BookingRoom): Promise<void> {
  const now = room.now();
  // Half a day behind UTC a day is over in every zone.
  const before = addDays(businessDayAt(now, 'UTC' as TimeZone), -1);
  await eachApart(await room.db.read((tx) => unsettled(tx, before)), 'what became of a booking', async (booking) => {
    const { bookingId, centreId, day, visitId, state } = booking;
    const outcome = state === 'booked' ? 'missed' : await outcomeOf(room, { centreId, day, visitId });
    if (outcome === null) return;
    await room.db.write(async (tx) => {
      if (outcome === 'missed' && visitId !== null) await takeBackArrival(tx, bookingId, visitId, null);
      await setState(tx, bookingId, outcome, {});
      await logBooking(tx, bookingId, now, { kind: outcome, actor: PROGRAM });
    });
  });
}

async function outcomeOf(
  { db, visitState }: BookingRoom,
  { visitId, ...key }: { readonly centreId: CentreId; readonly day: CivilDate; readonly visitId: string | null },
): Promise<'served' | 'missed' | null> {
  const state = visitId === null ? null : await db.read((tx) => visitState(tx, key, visitId));
  // A check-in that was cut off before the hall heard of it made no visit.
  if (state === null) return 'missed';
  return state === 'finished' ? 'served' : null;
}
