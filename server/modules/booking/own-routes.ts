import type { bookingContract } from '../../../contract/booking.ts';
import { refuse } from '../../../core/problems.ts';
import type { Handlers } from '../../platform/serve.ts';
import { takeAddress } from '../notices/index.ts';
import { cancelBooking } from './cancel-booking.ts';
import { checkIn } from './check-in/check-in.ts';
import { confirmBooking, sendConfirmationCode } from './confirm-booking.ts';
import type { BookingContext } from './context.ts';
import { moveBooking } from './move-booking.ts';
import { hasContact } from './persons/queries.ts';
import { bookingByCode, bookingById, type BookingRow } from './queries.ts';
import { owned } from './show-booking.ts';
import { contactKeyOf, readBookingToken, tidyCode } from './token.ts';

type OwnRoute = Extract<keyof typeof bookingContract, `${string}/own-booking/${string}`>;

/** A visitor's actions on their own booking, by its secret. */
export function ownBookingHandlers(context: BookingContext): Pick<Handlers<typeof bookingContract>, OwnRoute> {
  return {
    'POST /api/own-booking/look': async ({ body: { token } }) => owned(context, await bookingOf(context, token)),

    'POST /api/own-booking/find': async ({ body: { code, contact } }) => {
      const { email, phone } = takeAddress(contact);
      const key = contactKeyOf(context.contactKey, email ?? phone);
      const own = await context.db.read(async (tx) => {
        const booking = await bookingByCode(tx, tidyCode(code));
        return booking !== null && (await hasContact(tx, booking.bookingId, key)) ? booking : null;
      });
      return owned(context, own ?? refuse('unknown-booking', {}));
    },

    'POST /api/own-booking/contact': async ({ body: { token, contact, address } }) => {
      await sendConfirmationCode(context, await bookingOf(context, token), contact, address);
    },

    'POST /api/own-booking/confirm': async ({ body: { token, code }, asker }) =>
      owned(context, await confirmBooking(context, await bookingOf(context, token), code, asker)),

    'POST /api/own-booking/move': async ({ body: { token, centreId, at }, asker }) => {
      const { bookingId } = await bookingOf(context, token);
      return owned(context, await moveBooking(context, bookingId, { centreId, at }, { actor: asker, by: 'visitor' }));
    },

    'POST /api/own-booking/cancel': async ({ body: { token }, asker }) => {
      const { bookingId } = await bookingOf(context, token);
      return owned(context, await cancelBooking(context, bookingId, { actor: asker, by: 'visitor' }));
    },

    'POST /api/own-booking/check-in': async ({ body: { token }, asker }) =>
      checkIn(context, await bookingOf(context, token), asker),
  };
}

/** The booking whose secret it is. Throws unknown-token. */
async function bookingOf({ db, tokenKey }: BookingContext, token: string): Promise<BookingRow> {
  const bookingId = readBookingToken(tokenKey, token);
  const booking = bookingId === null ? null : await db.read((tx) => bookingById(tx, bookingId));
  return booking ?? refuse('unknown-token', {});
}
