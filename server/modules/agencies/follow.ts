import type { Passport } from '../../../contract/catalogue.ts';
import { toBeQueried } from '../../../core/applications/evidence.ts';
import type { Write } from '../../platform/handles.ts';
import {
  type Application,
  type CaseRoom,
  type Consequence,
  evidenceOf,
  makeMove,
  type Moved,
  openPart,
  workingDayAfter,
} from '../applications/index.ts';
import { papersHeldBack } from '../papers/index.ts';
import * as queries from './queries.ts';

/** What a centre decides itself is named so in passports. */
const OWN = new Set(['mfc', 'centre']);
/** Within so many working days an agency answers a query (law 210-FZ, article 7.2; the figure is checked before use). */
const QUERY_DAYS = 5;

/** The messages of which an agency needs none when an application is over. */
const OF_USE_WHILE_OPEN = ['application', 'addition', 'query', 'term-over'] as const;

/** True when a message came to be of no use: what it speaks of was decided, or withdrawn, without it. */
export function isOvertaken({ endedOn }: Application, kind: queries.MessageKind): boolean {
  return endedOn !== null && kind !== 'withdrawal';
}

/**
 * The agency of a passport, written down when it is new; null: the centre decides itself. So it does where the applicant waits for the
 * result and the agency is reached by courier only: then its powers are exercised at the centre.
 */
export async function agencyOf(
  tx: Write,
  { agency }: Passport,
  { term }: Moved['variant'],
  at: number,
): Promise<string | null> {
  if (agency === null || OWN.has(agency.code)) return null;
  await queries.ensureAgency(tx, agency.code, agency.name, at);
  const isOnPaper = (await queries.wayTo(tx, agency.code))?.adapter === 'paper';
  return isOnPaper && term?.unit === 'same-visit' ? null : agency.code;
}

/** An application goes to its agency by the way that the agency has; what the centre decides itself is at work at once. */
export const agenciesFollow: Consequence = async (tx, room, moved) => {
  const { before, after, action } = moved;
  const { agencyId } = after;
  const settle = (kinds: readonly queries.MessageKind[]) =>
    queries.settleOvertaken(tx, after.applicationId, kinds, room.now());
  if (before.endedOn === null && after.endedOn !== null) await settle(OF_USE_WHILE_OPEN);
  switch (action.move) {
    case 'register':
      await sendQueries(tx, room, moved);
      if (agencyId === null) {
        await makeMove(tx, room, after, { move: 'send', actor: action.actor });
        return;
      }
      return tell(tx, room, moved, 'application');
    case 'hand-over':
    case 'send':
      return settle(['application']);
    case 'withdraw':
      return tell(tx, room, moved, 'withdrawal');
    case 'fix':
      return tell(tx, room, moved, 'addition');
    case 'decide-positive':
    case 'decide-negative':
      // What is not on paper, or is at the centre of issue already, is ready at once.
      if ((await papersHeldBack(tx, after, 'give-result')).length === 0)
        await makeMove(tx, room, after, { move: 'give-result', actor: action.actor });
      return;
    default:
  }
};

/** Puts a message on its way to an agency that is not reached on paper. */
async function tell(tx: Write, room: CaseRoom, { after }: Moved, kind: queries.MessageKind): Promise<void> {
  const { applicationId, agencyId, agencyBy } = after;
  if (agencyId === null || (await queries.wayTo(tx, agencyId))?.adapter === 'paper') return;
  await queries.insertMessage(tx, { applicationId, agencyId, kind, evidence: null, dueOn: agencyBy }, room.now());
}

/** Documents that the centre asks of other agencies itself. */
async function sendQueries(tx: Write, room: CaseRoom, { after, variant, day }: Moved): Promise<void> {
  const { answers } = openPart(room.vault, after);
  const seen = new Set((await evidenceOf(tx, after.applicationId)).map(({ kind }) => kind));
  const dueOn = workingDayAfter(await room.calendar(tx), day, QUERY_DAYS);
  for (const { kind, askedOf } of toBeQueried(variant.evidence, seen, answers)) {
    if (askedOf === undefined) continue;
    if ((await queries.wayTo(tx, askedOf)) === null)
      await queries.ensureAgency(tx, askedOf, await room.agencyName(tx, askedOf), room.now());
    await queries.insertMessage(
      tx,
      { applicationId: after.applicationId, agencyId: askedOf, kind: 'query', evidence: kind, dueOn },
      room.now(),
    );
  }
}
