import { type Asker, mayAnywhere, mayAt } from '../../../core/access/asker.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { CHANNELS, type Channel } from '../../../core/booking/setting.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { type Address, takeAddress } from '../notices/index.ts';
import { partnerOfAsker } from '../partners/index.ts';
import type { BookableCentre, BookingRoom } from './room.ts';
import type { Known, Wish } from './wanted.ts';

/** The services of an address, such as `passport-14,collect:2`. */
export function readServices(text: string): Wish['services'] {
  return text.split(',').map((one) => {
    const [serviceId = '', quantity = '1'] = one.split(':');
    return { serviceId, quantity: Number(quantity) };
  });
}

/** A telephone or e-mail that was entered for a visitor; null where there is none. Throws contact-malformed or contact-extension. */
export function addressOf(text: string | undefined): Address | null {
  if (text === undefined) return null;
  return takeAddress(text);
}

/** Channels that staff may use where they keep bookings, a kiosk, and a passer-by. Programs of partners have one of their own. */
const OF_STAFF: readonly Channel[] = ['reception', 'call-centre'];
const OF_ANYBODY: readonly Channel[] = ['city'];

/**
 * The channel through which a caller books at a centre, or looks for one (null): the one they name, if it is theirs there, else their
 * usual one. A caller who names a channel of staff without a centre gets it where they keep bookings: `centresFor`. Throws channel-not-yours.
 */
export async function channelOf(
  room: BookingRoom,
  asker: Asker,
  named: Channel | undefined,
  centreId: CentreId | null,
): Promise<Channel> {
  const keeps =
    centreId !== null
      ? mayAnywhere(asker, 'keep-bookings') && (await room.mayKeepAt(asker, centreId))
      : named === undefined
        ? mayAt(asker, 'keep-bookings', EVERYWHERE)
        : mayAnywhere(asker, 'keep-bookings');
  const own = await channelsOf(room, asker, keeps);
  if (named === undefined) return own[0] ?? 'city';
  return own.includes(named) ? named : refuse('channel-not-yours', {});
}

/** The centres at which a caller may use a channel that is theirs somewhere. */
export async function centresFor(room: BookingRoom, asker: Asker, channel: Channel, known: Known): Promise<Known> {
  if ((await channelsOf(room, asker, false)).includes(channel)) return known;
  const theirs: [CentreId, BookableCentre][] = [];
  for (const one of known.centres) if (await room.mayKeepAt(asker, one[0])) theirs.push(one);
  return { ...known, centres: new Map(theirs) };
}

async function channelsOf(room: BookingRoom, asker: Asker, keepsBookings: boolean): Promise<readonly Channel[]> {
  if (mayAt(asker, 'operate', EVERYWHERE)) return ['city', ...CHANNELS];
  if (asker.kind === 'device') return ['kiosk'];
  if (asker.kind === 'key') {
    const partner = await room.db.read((tx) => partnerOfAsker(tx, asker));
    if (partner !== null) return [partner.channel];
  }
  return keepsBookings ? [...OF_STAFF, ...OF_ANYBODY] : OF_ANYBODY;
}
