import { toBeQueried } from '../../../core/applications/evidence.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { cityDay } from '../../platform/city.ts';
import type { Write } from '../../platform/handles.ts';
import {
  type CaseContext,
  ensureAgency,
  evidenceOf,
  isOnPaper,
  makeMove,
  type Moved,
  openPart,
  wayTo,
  workingDayAfter,
} from '../applications/index.ts';
import { inForceOn } from '../catalogue/index.ts';
import { papersHeldBack } from '../papers/index.ts';
import * as queries from './queries.ts';

/** Within so many working days an agency answers a query (law 210-FZ, article 7.2; the figure is checked before use). */
const QUERY_DAYS = 5;

/** The messages of which an agency needs none when an application is over. */
const OF_USE_WHILE_OPEN = ['application', 'addition', 'query', 'term-over'] as const;

/** An application goes to its agency by the way that the agency has; what the centre decides itself is at work at once. */
export async function onApplicationMoved(tx: Write, context: CaseContext, moved: Moved): Promise<void> {
  const { before, after, action } = moved;
  const { agencyId } = after;
  const settle = (kinds: readonly queries.MessageKind[]) =>
    queries.settleOvertaken(tx, after.applicationId, kinds, context.now());
  if (before.endedOn === null && after.endedOn !== null) await settle(OF_USE_WHILE_OPEN);
  switch (action.move) {
    case 'register':
      await sendQueries(tx, context, moved);
      if (agencyId === null) {
        await makeMove(tx, context, after, { move: 'send', actor: action.actor });
        return;
      }
      return tell(tx, context, moved, 'application');
    case 'hand-over':
    case 'send':
      return settle(['application']);
    case 'withdraw':
      return tell(tx, context, moved, 'withdrawal');
    case 'fix':
      return tell(tx, context, moved, 'addition');
    case 'decide-positive':
    case 'decide-negative':
      // What is not on paper, or is at the centre of issue already, is ready at once.
      if ((await papersHeldBack(tx, after, 'give-result')).length === 0)
        await makeMove(tx, context, after, { move: 'give-result', actor: action.actor });
      return;
    default:
  }
}

/** Puts a message on its way to an agency that is not reached on paper. */
async function tell(tx: Write, context: CaseContext, { after }: Moved, kind: queries.MessageKind): Promise<void> {
  const { applicationId, agencyId, agencyBy } = after;
  if (agencyId === null || (await isOnPaper(tx, agencyId))) return;
  await queries.insertMessage(tx, { applicationId, agencyId, kind, evidence: null, dueOn: agencyBy }, context.now());
}

/** Documents that the centre asks of other agencies itself. */
async function sendQueries(tx: Write, context: CaseContext, { after, variant, day }: Moved): Promise<void> {
  const { answers } = openPart(context.vault, after);
  const seen = new Set((await evidenceOf(tx, after.applicationId)).map(({ kind }) => kind));
  const { calendar } = await context.calendar.inForce(tx);
  const dueOn = workingDayAfter(calendar, day, QUERY_DAYS);
  for (const { kind, askedOf } of toBeQueried(variant.evidence, seen, answers)) {
    if (askedOf === undefined) continue;
    if ((await wayTo(tx, askedOf)) === null)
      await ensureAgency(tx, askedOf, await agencyName(tx, askedOf, context.now()), context.now());
    await queries.insertMessage(
      tx,
      { applicationId: after.applicationId, agencyId: askedOf, kind: 'query', evidence: kind, dueOn },
      context.now(),
    );
  }
}

/** What the passports call an agency; its code where they do not name it. */
async function agencyName(tx: Write, code: string, at: Instant): Promise<{ readonly ru: string; readonly en: string }> {
  const known = await inForceOn(tx, await cityDay(tx, at));
  const named = known.find(({ passport: { agency } }) => agency?.code === code);
  return named?.passport.agency?.name ?? { ru: code, en: code };
}
