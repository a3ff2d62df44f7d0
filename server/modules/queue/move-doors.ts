import type { Asker } from '../../../core/access/asker.ts';
import type { CommandBodies } from '../../../core/queue/commands.ts';
import { type Hall, hallOf } from '../../../core/queue/hall.ts';
import type { CommandId, DayKey } from '../../../core/queue/ids.ts';
import { audit } from '../../platform/audit.ts';
import { setEarlyClosing } from '../network/index.ts';
import { commandOf } from './chain.ts';
import { hallDay, type HallContext } from './context.ts';

/** Closes the doors of a hall before their hour. Throws what the command throws. */
export async function closeDoors(
  context: HallContext,
  asker: Asker,
  params: DayKey,
  { commandId, reason }: CommandBodies['close-doors'] & { readonly commandId: CommandId },
): Promise<Hall> {
  const key = await hallDay(context, params);
  await context.halls.dayBook.carryOut(key, commandOf('close-doors', commandId, { reason }));
  return follow(context, asker, key, reason);
}

/** Opens doors again that were closed before their hour. Throws what the command throws. */
export async function openDoors(context: HallContext, asker: Asker, params: DayKey, id: CommandId): Promise<Hall> {
  const key = await hallDay(context, params);
  await context.halls.dayBook.carryOut(key, commandOf('open-doors', id, { day: key.day }));
  return follow(context, asker, key, null);
}

/**
 * Offers and the bookings of the rest of the day follow the doors as they are now. The event comes first: a command that is sent again after
 * a crash gives the same facts, and what did not follow the first time follows then.
 */
async function follow(context: HallContext, asker: Asker, key: DayKey, reason: string | null): Promise<Hall> {
  const { db, now, halls, centreChanges, doorsMoved } = context;
  const hall = await halls.dayBook.view(key, hallOf);
  const isOpen = hall.state === 'open';
  if (!isOpen && hall.state !== 'doors-closed') return hall;
  await db.write(async (tx) => {
    await setEarlyClosing(tx, key, isOpen ? null : now());
    const action = isOpen ? 'doors-opened' : 'doors-closed';
    await audit(tx, asker, { action, object: `centre ${key.centreId}`, details: { day: key.day, reason } });
  });
  await centreChanges.catchUp();
  await doorsMoved.tell({ key, isOpen, asker });
  return hall;
}
