import { type CalendarEntry, calendarFile } from '../../../core/booking/calendar-file.ts';
import { refuse } from '../../../core/problems.ts';
import type { Words } from '../network/index.ts';
import type { BookingContext } from './context.ts';
import { centreOf } from './offer-lookup.ts';
import { bookingById, type BookingRow, changesOf } from './queries.ts';

/** A booking as a calendar file that is taken by hand. Throws unknown-booking. */
export async function calendarOfBooking({ db, now, offers }: BookingContext, bookingId: string): Promise<string> {
  const facts = await offers.read();
  return db.read(async (tx) => {
    const booking = (await bookingById(tx, bookingId)) ?? refuse('unknown-booking', {});
    const entry = entryOf(booking, centreOf(facts, booking.centreId), await changesOf(tx, bookingId));
    return calendarFile(entry, now());
  });
}

/** A booking as an entry of a calendar. It says where and when, and not what for. `sequence`: how often it has changed. */
export function entryOf(
  { bookingId, at, until, code, state, language }: BookingRow,
  { name, address }: { readonly name: Words; readonly address: string },
  sequence: number,
): CalendarEntry {
  const isRussian = language === 'ru';
  const title = isRussian ? 'Приём в центре госуслуг' : 'Appointment at the service centre';
  const text = isRussian ? `Код записи: ${readOut(code)}` : `Booking code: ${readOut(code)}`;
  const place = [isRussian ? name.ru : name.en, address].filter(Boolean).join(', ');
  return { id: bookingId, at, until, title, place, text, isCancelled: state === 'cancelled', sequence };
}

/** A code in two halves, as people say it. */
export function readOut(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}
