import type { Ticket } from '../../../contract/queue.ts';
import type { CommandBodies } from '../../../core/queue/commands.ts';
import type { CommandId, DayKey } from '../../../core/queue/ids.ts';
import { commandOf } from './chain.ts';
import { hallDay, type HallContext } from './context.ts';
import { keepPerson, type KeptPerson } from './persons/queries.ts';
import { ticketOf } from './replies.ts';
import { tokenOf } from './visit-token.ts';

/** Lines a visitor up. What may have to be forgotten of them is kept outside the log. Throws what a take throws. */
export async function takeTicket(
  context: HallContext,
  params: DayKey,
  commandId: CommandId,
  asked: CommandBodies['take'],
  { ground, contact }: KeptPerson = { ground: null, contact: null },
): Promise<Ticket> {
  const { db, halls, visitKey } = context;
  const key = await hallDay(context, params);
  const events = await halls.dayBook.carryOut(key, commandOf('take', commandId, asked));
  const ticket = ticketOf(events, (visitId) => tokenOf(visitKey, { key, visitId }));
  if (ground !== null || contact !== null)
    await db.writeNow((tx) => keepPerson(tx, { key, visitId: ticket.visitId }, { ground, contact }));
  return ticket;
}
