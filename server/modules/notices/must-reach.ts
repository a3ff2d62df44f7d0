import { refuse } from '../../../core/problems.ts';
import type { Address } from './address.ts';
import type { NoticesContext } from './context.ts';

/** Makes sure that a message can go to an address. Throws no-way-to-send or contact-not-latin. */
export async function mustReach({ ways }: Pick<NoticesContext, 'ways'>, { email }: Address): Promise<void> {
  const way = ways[email === null ? 'sms' : 'email'];
  if (way === null) return refuse('no-way-to-send', {});
  if (email !== null && (await way.takes?.(email)) === false) return refuse('contact-not-latin', {});
}
