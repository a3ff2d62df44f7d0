import type { BookingsOnOffers } from '../network/index.ts';
import type { NoticesContext } from '../notices/index.ts';
import type { HallContext } from '../queue/index.ts';
import type { HoldRateLimit } from './hold-rate-limit.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { OfferLookup } from './offer-lookup.ts';
import type { SerialQueue } from './serial-queue.ts';

/** What bookings, and the modules above them, are opened with. */
export interface BookingContext extends HallContext, NoticesContext, BookingsOnOffers {
  /** Secrets of this installation: for the token of a booking, and for the key of a contact. */
  readonly tokenKey: Buffer;
  readonly contactKey: Buffer;
  /** What is known of centres and services. */
  readonly offers: OfferLookup;
  readonly ledger: Ledger;
  /** Work on one day of a centre, or on one booking, is done one after another. */
  readonly inTurn: SerialQueue;
  readonly mayHold: HoldRateLimit;
}
