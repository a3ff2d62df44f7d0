import { type Asker, mayAnywhere, mayAt } from '../../../core/access/asker.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { CHANNELS, type Channel } from '../../../core/booking/setting.ts';
import { refuse } from '../../../core/problems.ts';
import type { Wish } from '../../../core/booking/wish.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { takeAddress } from '../notices/index.ts';
import { mayAtCentre } from '../people/index.ts';
import { partnerOfAsker } from '../partners/index.ts';
import type { BookableCentre } from './bookable-centre.ts';
import type { BookingContext } from './context.ts';
import type { Contact } from './persons/queries.ts';
import type { OfferFacts } from './offer-lookup.ts';

/** The services of an address, such as `passport-14,collect:2`. */
export function readServices(text: string): Wish['services'] {
  return text.split(',').map((one) => {
    const [serviceId = '', quantity = '1'] = one.split(':');
    return { serviceId, quantity: Number(quantity) };
  });
}

/** How to reach a visitor, as staff or a partner entered it. Throws contact-malformed or contact-extension. */
export function contactIn({ email, phone }: { readonly email?: string; readonly phone?: string }): Contact {
  return {
    email: email === undefined ? null : takeAddress(email).email,
    phone: phone === undefined ? null : takeAddress(phone).phone,
  };
}

/** Channels that staff may use where they keep bookings, a kiosk, and a passer-by. Programs of partners have one of their own. */
const OF_STAFF: readonly Channel[] = ['reception', 'call-centre'];
const OF_ANYBODY: readonly Channel[] = ['city'];

/**
 * The channel through which a caller books at a centre, or looks for one (null): the one they name, if it is theirs there, else their
 * usual one. A caller who names a channel of staff without a centre gets it where they keep bookings: `centresFor`. Throws channel-not-yours.
 */
export async function channelOf(
  context: BookingContext,
  asker: Asker,
  named: Channel | undefined,
  centreId: CentreId | null,
): Promise<Channel> {
  const keeps =
    centreId !== null
      ? mayAnywhere(asker, 'keep-bookings') && (await mayKeepAt(context, asker, centreId))
      : named === undefined
        ? mayAt(asker, 'keep-bookings', EVERYWHERE)
        : mayAnywhere(asker, 'keep-bookings');
  const own = await channelsOf(context, asker, keeps);
  if (named === undefined) return own[0] ?? 'city';
  return own.includes(named) ? named : refuse('channel-not-yours', {});
}

/** The centres at which a caller may use a channel that is theirs somewhere. */
export async function centresFor(
  context: BookingContext,
  asker: Asker,
  channel: Channel,
  facts: OfferFacts,
): Promise<OfferFacts> {
  if ((await channelsOf(context, asker, false)).includes(channel)) return facts;
  const theirs: [CentreId, BookableCentre][] = [];
  for (const one of facts.centres) if (await mayKeepAt(context, asker, one[0])) theirs.push(one);
  return { ...facts, centres: new Map(theirs) };
}

async function channelsOf(context: BookingContext, asker: Asker, keepsBookings: boolean): Promise<readonly Channel[]> {
  if (mayAt(asker, 'operate', EVERYWHERE)) return ['city', ...CHANNELS];
  if (asker.kind === 'device') return ['kiosk'];
  if (asker.kind === 'key') {
    const partner = await context.db.read((tx) => partnerOfAsker(tx, asker));
    if (partner !== null) return [partner.channel];
  }
  return keepsBookings ? [...OF_STAFF, ...OF_ANYBODY] : OF_ANYBODY;
}

function mayKeepAt(context: BookingContext, asker: Asker, centreId: CentreId): Promise<boolean> {
  return mayAtCentre(context, asker, 'keep-bookings', centreId);
}
