import { mustAllow } from '../../../core/booking/actions.ts';
import { refuse } from '../../../core/problems.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import { brokeConstraint, type Write } from '../../platform/handles.ts';
import { mustReach, noteCodeSent, takeAddress } from '../notices/index.ts';
import type { BookingContext } from './context.ts';
import { aboutBooking, announceCode, notifyVisitor } from './notify.ts';
import { type OfferFacts, settingOf } from './offer-lookup.ts';
import {
  type Contact,
  countOfContact,
  type HomeAddress,
  putAddress,
  putContact,
  putProof,
  tryProof,
} from './persons/queries.ts';
import { type BookingRow, holdBookingFor, logBooking, setState } from './queries.ts';
import { contactKeyOf, newConfirmation, provesContact } from './token.ts';

const CODE_LIFE_MS = 10 * MINUTE;
/** One address gets a code in a minute; a booking sends three in that time, whatever addresses its visitor tries. */
const CODE_PACE = { pauseMs: MINUTE, most: 3 };

/**
 * Sends the digits that prove a contact. Throws booking-state, contact-malformed, contact-extension, no-way-to-send,
 * contact-not-latin, address-needed, code-too-often or codes-too-many.
 */
export async function sendConfirmationCode(
  context: BookingContext,
  booking: BookingRow,
  contact: string,
  address: HomeAddress | undefined,
): Promise<void> {
  const { bookingId, atHome } = booking;
  mustAllow('confirm', booking.state);
  const to = takeAddress(contact);
  await mustReach(context, to);
  if (atHome && address === undefined) return refuse('address-needed', {});
  const facts = await context.offers.read();
  const { code, hash } = newConfirmation(context.contactKey, bookingId);
  await context.db.write(async (tx) => {
    const now = context.now();
    const goodUntil = now + CODE_LIFE_MS;
    await putProof(tx, bookingId, to, hash, goodUntil);
    const mark = contactKeyOf(context.contactKey, (to.email ?? to.phone).toLowerCase());
    const paced = await noteCodeSent(tx, { about: aboutBooking(bookingId), mark, now }, CODE_PACE);
    if (paced !== null) return refuse(paced, {});
    if (address !== undefined && atHome) await putAddress(tx, bookingId, address);
    await announceCode(tx, context, facts, booking, { to, code, goodUntil });
  });
  context.sendNow();
}

/** The digits came back: the contact is proved and the booking is confirmed. Throws booking-state, wrong-code, contact-limit or contact-busy. */
export async function confirmBooking(
  context: BookingContext,
  { bookingId, state }: BookingRow,
  code: string,
  actor: Actor,
): Promise<BookingRow> {
  mustAllow('confirm', state);
  // The try counts, whatever becomes of it.
  const proof = await context.db.write((tx) => tryProof(tx, bookingId, context.now()));
  if (proof === null || !provesContact(context.contactKey, bookingId, code, proof.codeHash))
    return refuse('wrong-code', {});
  const facts = await context.offers.read();
  return context.db.write(async (tx) => {
    const booking = await holdBookingFor(tx, bookingId, 'confirm');
    await keepContact(tx, context, facts, booking, proof);
    await setState(tx, bookingId, 'booked', {});
    await logBooking(tx, bookingId, context.now(), { kind: 'confirmed', actor });
    const booked = { ...booking, state: 'booked' as const, heldUntil: null };
    await notifyVisitor(tx, context, facts, booked, 'booking-confirmed');
    return booked;
  });
}

/** Ties the contact that staff or a partner gave to a booking that is confirmed already. Throws contact-limit or contact-busy. */
export async function addContact(context: BookingContext, booking: BookingRow, contact: Contact): Promise<void> {
  if (contact.email === null && contact.phone === null) return;
  const facts = await context.offers.read();
  await context.db.write(async (tx) => {
    await keepContact(tx, context, facts, booking, contact);
    await notifyVisitor(tx, context, facts, booking, 'booking-confirmed');
  });
}

/** Ties a contact to a booking, within what one contact may have. */
async function keepContact(
  tx: Write,
  { contactKey, now }: BookingContext,
  facts: OfferFacts,
  { bookingId, centreId }: BookingRow,
  { email, phone }: Contact,
): Promise<void> {
  const { perContactMax } = settingOf(facts, centreId);
  const keys = [email, phone]
    .flatMap((one) => (one === null ? [] : [contactKeyOf(contactKey, one)]))
    .toSorted(Buffer.compare);
  for (const key of keys) {
    const others = await countOfContact(tx, key, bookingId, now());
    if (others >= perContactMax) return refuse('contact-limit', { most: perContactMax });
  }
  await putContact(tx, bookingId, { email, phone }, keys).catch((error: unknown) => {
    if (brokeConstraint(error, 'contact_is_free')) return refuse('contact-busy', {});
    throw error;
  });
}
