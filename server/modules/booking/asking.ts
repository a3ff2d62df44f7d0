import { type Asker, mayAnywhere, mayAt } from '../../../core/access/asker.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { CHANNELS, type Channel } from '../../../core/booking/setting.ts';
import { refuse } from '../../../core/problems.ts';
import { type Address, takeAddress } from '../notices/index.ts';
import type { BookingRoom } from './room.ts';
import type { Wish } from './wanted.ts';

/** The services of an address, such as `passport-14,collect:2`. */
export function readServices(text: string): Wish['services'] {
  return text.split(',').map((one) => {
    const [serviceId = '', quantity = '1'] = one.split(':');
    return { serviceId, quantity: Number(quantity) };
  });
}

/** A telephone or e-mail that somebody wrote down for a visitor; null where he wrote none. Throws contact-malformed or contact-extension. */
export function addressOf(text: string | undefined): Address | null {
  if (text === undefined) return null;
  return takeAddress(text);
}

/** Channels that staff may use, a kiosk, and a passer-by. Programs of partners have one of their own. */
const OF_STAFF: readonly Channel[] = ['reception', 'call-centre'];
const OF_ANYBODY: readonly Channel[] = ['city'];

/** The channel through which somebody books: the one he names, if it is his, else his usual one. Throws channel-not-yours. */
export async function channelOf(room: BookingRoom, asker: Asker, named: Channel | undefined): Promise<Channel> {
  const own = await channelsOf(room, asker);
  if (named === undefined) return own[0] ?? 'city';
  return own.includes(named) ? named : refuse('channel-not-yours', {});
}

async function channelsOf(room: BookingRoom, asker: Asker): Promise<readonly Channel[]> {
  if (mayAt(asker, 'operate', EVERYWHERE)) return ['city', ...CHANNELS];
  if (asker.kind === 'device') return ['kiosk'];
  if (asker.kind === 'key') {
    const partner = await room.partnerOf(asker);
    if (partner !== null) return [partner.channel];
  }
  return mayAnywhere(asker, 'keep-bookings') ? [...OF_STAFF, ...OF_ANYBODY] : OF_ANYBODY;
}
