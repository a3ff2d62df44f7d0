import type { Booking, OwnBooking } from '../../../contract/booking.ts';
import { centreOf, type OfferFacts } from './offer-lookup.ts';
import type { BookingContext } from './context.ts';
import type { BookingRow } from './queries.ts';
import { bookingToken } from './token.ts';

/** A booking as it is shown. */
export function shown(facts: OfferFacts, booking: BookingRow): Booking {
  const { bookingId, code, centreId, day, at, until, state, channel, persons, language, heldUntil, atHome } = booking;
  const centre = centreOf(facts, centreId);
  const given = facts.services.get(centreId);
  const services = booking.services.map((service) => ({
    ...service,
    name: given?.get(service.serviceId)?.name ?? { ru: service.serviceId, en: service.serviceId },
  }));
  const where = { centreId, centre: centre.name, timeZone: centre.zone, day, at, until };
  return { bookingId, code, ...where, state, channel, services, persons, language, heldUntil, atHome };
}

/** The booking with the secret of its page, for its owner. */
export async function owned({ offers, tokenKey }: BookingContext, booking: BookingRow): Promise<OwnBooking> {
  return { ...shown(await offers.read(), booking), token: bookingToken(tokenKey, booking.bookingId) };
}
