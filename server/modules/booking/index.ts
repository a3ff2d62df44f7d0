/** Bookings: the ledger of places, what visitors book through which channel, and what becomes of it. */
export { calendarOfBooking } from './desk.ts';
export { type Bookings, openBookings } from './bookings.ts';
export type { BookableCentre, BookingRoom } from './room.ts';
export { contactOf } from './persons/store.ts';
export { bookingToken } from './token.ts';
export { putBookingRule, putBookingSetting } from './ledger/store.ts';
