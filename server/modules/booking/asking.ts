import { CHANNELS, type Channel } from '../../../core/booking/setting.ts';
import { type Asker, mayAnywhere, mayAt } from '../../../core/access/asker.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { refuse } from '../../../core/problems.ts';
import type { Wish } from './wanted.ts';

/** The services of an address, such as `passport-14,collect:2`. */
export function readServices(text: string): Wish['services'] {
  return text.split(',').map((one) => {
    const [serviceId = '', quantity = '1'] = one.split(':');
    return { serviceId, quantity: Number(quantity) };
  });
}

/** Channels that staff may use, a kiosk, and a passer-by. Programs of partners have one of their own. */
const OF_STAFF: readonly Channel[] = ['reception', 'call-centre'];
const OF_ANYBODY: readonly Channel[] = ['city'];

/** The channel through which somebody books: the one he names, if it is his, else his usual one. Throws channel-not-yours. */
export function channelOf(asker: Asker, named: Channel | undefined): Channel {
  const own = channelsOf(asker);
  if (named === undefined) return own[0] ?? 'city';
  return own.includes(named) ? named : refuse('channel-not-yours', {});
}

function channelsOf(asker: Asker): readonly Channel[] {
  if (mayAt(asker, 'operate', EVERYWHERE)) return ['city', ...CHANNELS];
  if (asker.kind === 'device') return ['kiosk'];
  return mayAnywhere(asker, 'keep-bookings') ? [...OF_STAFF, ...OF_ANYBODY] : OF_ANYBODY;
}
