import type { Ticket } from '../../../contract/queue.ts';
import { refuse } from '../../../core/problems.ts';
import { nextOpenDay } from '../network/index.ts';
import { derivedId } from './chain.ts';
import type { HallContext } from './context.ts';
import { takeTicket } from './take-ticket.ts';
import type { VisitPlace } from './visit-token.ts';

/**
 * A visit that lapsed with its day is an appointment at the opening of the next: claimed once, however often it is asked for. Throws no-claim
 * and what a take throws.
 */
export async function claimNextDay(context: HallContext, { key, visitId }: VisitPlace): Promise<Ticket> {
  const { directory, halls, now } = context;
  const today = await halls.today(key.centreId);
  if (nextOpenDay(await directory.centre(key.centreId), key.day) !== today.day) return refuse('no-claim', {});
  const lapsed = (await halls.dayBook.dayAt(key, now())).visits.get(visitId);
  if (lapsed?.state !== 'lapsed' || lapsed.wishes.length === 0) return refuse('no-claim', {});
  const { persons, classLetter, language } = lapsed;
  const slot = await halls.dayBook.view(today, ({ opening }) => opening?.doorsOpen ?? null);
  const services = lapsed.wishes.map(({ serviceId, quantity }) => ({ serviceId, quantity }));
  const asked = { services, persons, classLetter, language, remote: false, slot };
  return takeTicket(context, today, derivedId(`claim/${visitId}`), asked);
}
