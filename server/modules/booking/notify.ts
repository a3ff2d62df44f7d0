import type { NoticeKind } from '../../../core/notices/templates.ts';
import { HOUR, type Instant } from '../../../core/time/instant.ts';
import { localTime } from '../../../core/time/wording.ts';
import type { Write } from '../../platform/handles.ts';
import { type Address, announce, withdraw } from '../notices/index.ts';
import { entryOf, readOut } from './calendar-entry.ts';
import type { BookingContext } from './context.ts';
import { centreOf, type OfferFacts } from './offer-lookup.ts';
import { type Contact, contactOf } from './persons/queries.ts';
import { type BookingRow, changesOf } from './queries.ts';

/** How long before its time a visitor is reminded of a booking, if it was made that much earlier. */
const REMINDERS = [
  { before: 24 * HOUR, ifMadeBefore: 30 * HOUR },
  { before: 2 * HOUR, ifMadeBefore: 4 * HOUR },
];

/** What a visitor is told of in a booking's life. */
type Told =
  | 'booking-confirmed'
  | 'booking-moved'
  | 'booking-moved-by-centre'
  | 'booking-cancelled'
  | 'booking-doors-closed'
  | 'booking-doors-opened';

/** After these nobody is reminded of the time. */
const WITHOUT_REMINDERS: ReadonlySet<Told> = new Set<Told>(['booking-cancelled', 'booking-doors-closed']);

/** Notifies the visitor, by the ways they gave, in the transaction in which it happens; and sets when to remind them. */
export async function notifyVisitor(
  tx: Write,
  context: BookingContext,
  facts: OfferFacts,
  booking: BookingRow,
  told: Told,
): Promise<void> {
  await withdraw(tx, aboutBooking(booking.bookingId), told === 'booking-confirmed' ? ['booking-code'] : null);
  const contact = await contactOf(tx, booking.bookingId);
  if (contact === null) return;
  const now = context.now();
  const sequence = await changesOf(tx, booking.bookingId);
  for (const to of addressesOf(contact)) {
    await announce(tx, { ...letter(context, facts, booking, told, to, sequence), goodUntil: booking.at }, now);
    if (WITHOUT_REMINDERS.has(told)) continue;
    for (const { before, ifMadeBefore } of REMINDERS) {
      if (booking.at - now < ifMadeBefore) continue;
      const reminder = letter(context, facts, booking, 'booking-reminder', to, sequence);
      await announce(tx, { ...reminder, at: booking.at - before, goodUntil: booking.at }, now);
    }
  }
}

/** Puts the digits that prove a contact on their way; a code that has not gone yet is worth nothing now. */
export async function announceCode(
  tx: Write,
  context: BookingContext,
  facts: OfferFacts,
  booking: BookingRow,
  { to, code, goodUntil }: { readonly to: Address; readonly code: string; readonly goodUntil: Instant },
): Promise<void> {
  const notice = letter(context, facts, booking, 'booking-code', to, 0);
  await withdraw(tx, notice.about, ['booking-code']);
  await announce(tx, { ...notice, secret: code, urgent: true, goodUntil }, context.now());
}

function letter(
  { siteUrl }: BookingContext,
  facts: OfferFacts,
  booking: BookingRow,
  kind: NoticeKind,
  to: Address,
  sequence: number,
) {
  const { bookingId, centreId, at, language } = booking;
  const centre = centreOf(facts, centreId);
  return {
    kind,
    to,
    language: language === 'ru' ? ('ru' as const) : ('en' as const),
    about: aboutBooking(bookingId),
    params: {
      zone: centre.zone,
      time: localTime(at, centre.zone),
      centre: centre.name,
      ...(centre.address !== '' && { address: centre.address }),
      booking: readOut(booking.code),
      ...(siteUrl !== null && { site: siteUrl }),
      ...(to.email !== null &&
        kind !== 'booking-code' && {
          appointment: {
            ...entryOf(booking, centre, sequence),
            // Nobody is seen at that time: it leaves the calendar, and comes back with the booking's next time, or when the doors open again.
            ...(kind === 'booking-doors-closed' && { isCancelled: true }),
          },
        }),
    },
  };
}

export function aboutBooking(bookingId: string): string {
  return `booking ${bookingId}`;
}

function addressesOf({ email, phone }: Contact): Address[] {
  return [...(email === null ? [] : [{ email, phone: null }]), ...(phone === null ? [] : [{ email: null, phone }])];
}
