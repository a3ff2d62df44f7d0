import type { bookingContract } from '../../../contract/booking.ts';
import { refuse } from '../../../core/problems.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import type { Handlers } from '../../platform/serve.ts';
import { mustReach, noteCodeSent, takeAddress } from '../notices/index.ts';
import { checkIn } from './check-in.ts';
import { cancelBooking, confirmBooking, moveTo, mustBeIn, owned, sameHash } from './desk.ts';
import type { Desk } from './make.ts';
import { hasContact, putAddress, putProof, tryProof } from './persons/store.ts';
import { bookingByCode, bookingById, type BookingRow } from './store.ts';
import { aboutBooking, sendCode } from './tell.ts';
import { confirmationHash, contactKeyOf, newConfirmation, readBookingToken, tidyCode } from './token.ts';

const CODE_LIFE_MS = 10 * MINUTE;
/** One address gets a code in a minute; a booking sends three in that time, whatever addresses its visitor tries. */
const CODE_PACE = { pauseMs: MINUTE, most: 3 };
/** The place of a cancelled booking comes free within so many minutes, nobody knows when. */
const FREES_WITHIN_MINUTES = 15;

/** A visitor's actions on their own booking, by its secret. `chance`: a number from 0 to 1 that nobody can foresee. */
export function ownBookingHandlers(
  desk: Desk,
  chance: () => number,
): Pick<Handlers<typeof bookingContract>, Extract<keyof typeof bookingContract, `${string}/own-booking/${string}`>> {
  const { room, known } = desk;
  const own = async (token: string): Promise<BookingRow> => {
    const bookingId = readBookingToken(room.tokenKey, token);
    const booking = bookingId === null ? null : await room.db.read((tx) => bookingById(tx, bookingId));
    return booking ?? refuse('unknown-token', {});
  };
  return {
    'POST /api/own-booking/look': async ({ body: { token } }) => owned(desk, await own(token)),

    'POST /api/own-booking/find': async ({ body: { code, contact } }) => {
      const address = takeAddress(contact);
      const booking = await room.db.read((tx) => bookingByCode(tx, tidyCode(code)));
      const key = contactKeyOf(room.contactKey, address.email ?? address.phone);
      const isHis = booking !== null && (await room.db.read((tx) => hasContact(tx, booking.bookingId, key)));
      return isHis ? owned(desk, booking) : refuse('unknown-booking', {});
    },

    'POST /api/own-booking/contact': async ({ body: { token, contact, address } }) => {
      const booking = await own(token);
      mustBeIn(booking, 'confirm');
      const to = takeAddress(contact);
      await mustReach(room, to);
      if (booking.atHome && address === undefined) return refuse('address-needed', {});
      const facts = await known.read();
      const { code, hash } = newConfirmation(room.contactKey, booking.bookingId);
      await room.db.write(async (tx) => {
        const now = room.now();
        const goodUntil = now + CODE_LIFE_MS;
        await putProof(tx, booking.bookingId, to, hash, goodUntil);
        const mark = contactKeyOf(room.contactKey, (to.email ?? to.phone).toLowerCase());
        const paced = await noteCodeSent(tx, { about: aboutBooking(booking.bookingId), mark, now }, CODE_PACE);
        if (paced !== null) return refuse(paced, {});
        if (address !== undefined && booking.atHome) await putAddress(tx, booking.bookingId, address);
        await sendCode(room, facts, tx, booking, { to, code, goodUntil });
      });
      room.sendNow();
    },

    'POST /api/own-booking/confirm': async ({ body: { token, code }, asker }) => {
      const booking = await own(token);
      mustBeIn(booking, 'confirm');
      const proof = await room.db.write((tx) => tryProof(tx, booking.bookingId, room.now()));
      const hash = confirmationHash(room.contactKey, booking.bookingId, code);
      if (proof === null || !sameHash(proof.codeHash, hash)) return refuse('wrong-code', {});
      const { email, phone } = proof;
      return owned(desk, await confirmBooking(desk, booking.bookingId, { email, phone }, asker));
    },

    'POST /api/own-booking/move': async ({ body: { token, centreId, at }, asker }) => {
      const { bookingId } = await own(token);
      return owned(desk, await moveTo(desk, bookingId, { centreId, at }, { actor: asker, by: 'visitor' }));
    },

    'POST /api/own-booking/cancel': async ({ body: { token }, asker }) => {
      const { bookingId } = await own(token);
      const delay = FREES_WITHIN_MINUTES * MINUTE * chance();
      const cancelled = await cancelBooking(desk, bookingId, asker, ({ at, state }, now) =>
        state === 'held' ? null : Math.min(at, now + Math.ceil(delay)),
      );
      return owned(desk, cancelled);
    },

    'POST /api/own-booking/check-in': async ({ body: { token }, asker }) => checkIn(desk, await own(token), asker),
  };
}
