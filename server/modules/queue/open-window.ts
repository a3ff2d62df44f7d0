import type { WindowReply } from '../../../contract/queue.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import { notYourself } from '../../../core/queue/caller.ts';
import type { Skill } from '../../../core/queue/events.ts';
import type { CommandId, DayKey, SpecialistId, WindowId } from '../../../core/queue/ids.ts';
import { commandOf } from './chain.ts';
import { callerOf, hallDay, type HallContext } from './context.ts';
import { windowReplyOf } from './replies.ts';
import { takeSeat } from './seats/queries.ts';

/**
 * Opens a window for a specialist who sits in no other centre. Within the hall the day decides; the seat is taken first, and only by a
 * caller for whom the day would open the window. Throws not-yourself, specialist-at-centre and what the command throws.
 */
export async function openWindow(
  context: HallContext,
  asker: Asker,
  { windowId, ...params }: DayKey & { readonly windowId: WindowId },
  asked: { readonly commandId: CommandId; readonly specialistId: SpecialistId; readonly skills: readonly Skill[] },
): Promise<WindowReply> {
  const { db, halls } = context;
  const { commandId, specialistId, skills } = asked;
  const key = await hallDay(context, params);
  const caller = await callerOf(context, asker, key.centreId);
  const foreign = notYourself(caller, specialistId);
  if (foreign !== null) throw new ProblemError(foreign);
  const elsewhere = await db.writeNow((tx) => takeSeat(tx, specialistId, { key, windowId }));
  if (elsewhere !== null) return refuse('specialist-at-centre', { centreId: elsewhere });
  const body = { windowId, specialistId, skills, agreed: caller.runsHall };
  return windowReplyOf(windowId, await halls.dayBook.carryOut(key, commandOf('open-window', commandId, body, caller)));
}
