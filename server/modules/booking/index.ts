/** Bookings: the ledger of places, what visitors book through which channel, and what becomes of it. */
export { calendarOfBooking } from './calendar-entry.ts';
export type { BookingContext } from './context.ts';
export { putBookingRule, putBookingSetting } from './ledger/queries.ts';
export { openBooking } from './module.ts';
export { bookingToken } from './token.ts';
