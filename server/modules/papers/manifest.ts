import type { Manifest, ManifestRow } from '../../../contract/papers.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { placeOfAgency } from '../../../core/access/scope.ts';
import { type MoveName, stateAfter } from '../../../core/applications/life.ts';
import { type ManifestEnds, receivesManifest, sendsManifest } from '../../../core/applications/manifest-rights.ts';
import { travelsIn } from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { type Application, type CaseContext, holdApplication } from '../applications/index.ts';
import { centreDay } from '../network/index.ts';
import { papersHeldBack } from './papers-in-the-way.ts';
import * as queries from './queries.ts';

/** A manifest with its papers, for its two ends. Throws `unknown-manifest`. */
export async function manifestFor(context: CaseContext, asker: Asker, manifestId: string): Promise<Manifest> {
  const row = (await context.db.read((tx) => queries.manifestById(tx, manifestId))) ?? refuse('unknown-manifest', {});
  const ends = await endsOf(context, row);
  if (!sendsManifest(asker, ends) && !receivesManifest(asker, ends)) return refuse('right-elsewhere', {});
  const lines = await context.db.read((tx) => queries.linesOf(tx, manifestId));
  const today = await centreDay(context, row.centreId);
  return { ...row, lines, late: row.direction === 'out' ? lateNumbers(lines, today, row) : [] };
}

/** The applications that will not leave on the day by which they have to. */
function lateNumbers(lines: readonly queries.LineRow[], today: CivilDate, { state }: ManifestRow): string[] {
  if (state !== 'open') return [];
  const late = lines.filter(({ dispatchBy }) => dispatchBy !== null && dispatchBy < today);
  return [...new Set(late.flatMap(({ number }) => number ?? []))];
}

/** The ends of a manifest as rights know them. */
async function endsOf(
  { places }: CaseContext,
  { direction, centreId, agencyId, toCentreId }: ManifestRow,
): Promise<ManifestEnds> {
  return {
    direction,
    centre: await places.ofCentre(centreId),
    agency: agencyId === null ? null : placeOfAgency(agencyId),
    toCentre: toCentreId === null ? null : await places.ofCentre(toCentreId),
  };
}

/** Does something with a locked manifest, for a caller who may. */
export function withManifest<Result>(
  context: CaseContext,
  asker: Asker,
  manifestId: string,
  may: typeof sendsManifest,
  work: (tx: Write, manifest: ManifestRow) => Promise<Result>,
): Promise<Result> {
  return context.db.write(async (tx) => {
    const manifest = (await queries.holdManifest(tx, manifestId)) ?? refuse('unknown-manifest', {});
    return may(asker, await endsOf(context, manifest)) ? work(tx, manifest) : refuse('right-elsewhere', {});
  });
}

/** True when a paper of an application travels this way now. */
export function fits({ direction, agencyId, centreId, toCentreId }: ManifestRow, application: Application): boolean {
  if (!travelsIn(direction, application.state)) return false;
  if (direction === 'between') return application.resultCentreId === toCentreId;
  return application.agencyId === agencyId && (direction === 'out' || application.resultCentreId === centreId);
}

/** What sealing and handing over a manifest does to the applications in it. */
export const MOVES_BY_DIRECTION = {
  out: { sealed: 'dispatch', handed: 'hand-over', short: 'come-back' },
  in: { sealed: 'send-result', handed: 'arrive', short: null },
  between: { sealed: 'move-result', handed: 'arrive', short: null },
} as const;

/** True when an application can move on: its state allows it, and no paper of it is elsewhere. */
export async function canMove(tx: Read, application: Application, move: MoveName): Promise<boolean> {
  return stateAfter(application.state, move) !== null && (await papersHeldBack(tx, application, move)).length === 0;
}

/** The applications of these papers, held in the order of their ids. */
export async function heldApplications(tx: Write, ids: readonly string[]): Promise<Application[]> {
  const held: Application[] = [];
  for (const id of [...new Set(ids)].toSorted()) held.push((await holdApplication(tx, id)) as Application);
  return held;
}
