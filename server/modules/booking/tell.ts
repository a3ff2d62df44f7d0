import { type CalendarEntry, calendarFile } from '../../../core/booking/calendar-file.ts';
import type { NoticeKind } from '../../../core/notices/templates.ts';
import { HOUR, type Instant } from '../../../core/time/instant.ts';
import { localTime } from '../../../core/time/wording.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { type Address, announce, withdraw } from '../notices/index.ts';
import type { BookingRoom } from './room.ts';
import { contactOf } from './persons/store.ts';
import { type BookingRow, changesOf } from './store.ts';
import { centreOf, type Known } from './wanted.ts';

/** How long before its time a visitor is reminded of a booking, if it was made that much earlier. */
const REMINDERS = [
  { before: 24 * HOUR, ifMadeBefore: 30 * HOUR },
  { before: 2 * HOUR, ifMadeBefore: 4 * HOUR },
];

/** What a visitor is told of in a booking's life. */
export type Told =
  | 'booking-confirmed'
  | 'booking-moved'
  | 'booking-moved-by-centre'
  | 'booking-cancelled'
  | 'booking-doors-closed'
  | 'booking-doors-opened';

/** After these nobody is reminded of the time. */
const WITHOUT_REMINDERS: ReadonlySet<Told> = new Set<Told>(['booking-cancelled', 'booking-doors-closed']);

/** Notifies the visitor, by the ways they gave, in the transaction in which it happens; and sets when to remind them. */
export async function tell(room: BookingRoom, known: Known, tx: Write, booking: BookingRow, told: Told): Promise<void> {
  const about = aboutBooking(booking.bookingId);
  await withdraw(tx, about, told === 'booking-confirmed' ? ['booking-code'] : null);
  const contact = await contactOf(tx, booking.bookingId);
  if (contact === null) return;
  const now = room.now();
  const sequence = await changesOf(tx, booking.bookingId);
  for (const to of addressesOf(contact)) {
    await announce(tx, { ...letter(room, known, booking, told, to, sequence), goodUntil: booking.at }, now);
    if (WITHOUT_REMINDERS.has(told)) continue;
    for (const { before, ifMadeBefore } of REMINDERS) {
      if (booking.at - now < ifMadeBefore) continue;
      const reminder = letter(room, known, booking, 'booking-reminder', to, sequence);
      await announce(tx, { ...reminder, at: booking.at - before, goodUntil: booking.at }, now);
    }
  }
}

/** Sends the digits that prove a contact. */
export async function sendCode(
  room: BookingRoom,
  known: Known,
  tx: Write,
  booking: BookingRow,
  { to, code, goodUntil }: { readonly to: Address; readonly code: string; readonly goodUntil: Instant },
): Promise<void> {
  const now = room.now();
  const notice = letter(room, known, booking, 'booking-code', to, 0);
  // A code that has not gone yet is worth nothing now.
  await withdraw(tx, notice.about, ['booking-code']);
  await announce(tx, { ...notice, secret: code, urgent: true, goodUntil }, now);
}

function letter(room: BookingRoom, known: Known, booking: BookingRow, kind: NoticeKind, to: Address, sequence: number) {
  const { bookingId, at, language } = booking;
  const centre = centreOf(known, booking.centreId);
  const spoken = language === 'ru' ? ('ru' as const) : ('en' as const);
  return {
    kind,
    to,
    language: spoken,
    about: aboutBooking(bookingId),
    params: {
      zone: centre.zone,
      time: localTime(at, centre.zone),
      centre: centre.name,
      ...(centre.address !== '' && { address: centre.address }),
      booking: readOut(booking.code),
      ...(room.site !== null && { site: room.site }),
      ...(to.email !== null &&
        kind !== 'booking-code' && {
          appointment: {
            ...entryOf(booking, centre.name[spoken], centre.address, sequence),
            // Nobody is seen at that time: it leaves the calendar, and comes back with the booking's next time, or when the doors open again.
            ...(kind === 'booking-doors-closed' && { isCancelled: true }),
          },
        }),
    },
  };
}

/** A booking as a calendar file that is taken by hand. */
export async function calendarOf(
  tx: Read,
  booking: BookingRow,
  centre: string,
  address: string,
  now: Instant,
): Promise<string> {
  return calendarFile(entryOf(booking, centre, address, await changesOf(tx, booking.bookingId)), now);
}

/** A booking as an entry of a calendar. It says where and when, and not what for. */
function entryOf(
  { bookingId, at, until, code, state, language }: BookingRow,
  centre: string,
  address: string,
  sequence: number,
): CalendarEntry {
  const title = language === 'ru' ? 'Приём в центре госуслуг' : 'Appointment at the service centre';
  const text = language === 'ru' ? `Код записи: ${readOut(code)}` : `Booking code: ${readOut(code)}`;
  const place = [centre, address].filter(Boolean).join(', ');
  return { id: bookingId, at, until, title, place, text, isCancelled: state === 'cancelled', sequence };
}

/** A code in two halves, as people say it. */
export function readOut(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

export function aboutBooking(bookingId: string): string {
  return `booking ${bookingId}`;
}

function addressesOf({ email, phone }: { readonly email: string | null; readonly phone: string | null }): Address[] {
  return [...(email === null ? [] : [{ email, phone: null }]), ...(phone === null ? [] : [{ email: null, phone }])];
}
