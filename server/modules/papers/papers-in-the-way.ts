import { type MoveName, movesFrom } from '../../../core/applications/life.ts';
import { dependsOnPapers, papersInTheWay } from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import type { Action, Application, CaseContext } from '../applications/index.ts';
import * as queries from './queries.ts';

/** The papers that hold a move of an application up; none for a move that depends on none. */
export async function papersHeldBack(
  tx: Read,
  { applicationId, centreId, resultCentreId }: Application,
  move: MoveName,
): Promise<queries.PaperRow[]> {
  if (!dependsOnPapers(move)) return [];
  return papersInTheWay(move, await queries.papersOf(tx, applicationId), resultCentreId ?? centreId);
}

/** The moves that the papers of an application hold up now. */
export async function movesHeldUp(
  tx: Read,
  _context: CaseContext,
  application: Application,
): Promise<ReadonlySet<MoveName>> {
  const asked = movesFrom(application.state).filter(dependsOnPapers);
  if (asked.length === 0) return new Set();
  const papers = await queries.papersOf(tx, application.applicationId);
  const at = application.resultCentreId ?? application.centreId;
  return new Set(asked.filter((move) => papersInTheWay(move, papers, at).length > 0));
}

/** Throws `papers-not-here` with where the first paper is that a move waits for. */
export async function papersMustBeHere(
  tx: Read,
  _context: CaseContext,
  application: Application,
  { move }: Action,
): Promise<void> {
  const [paper] = await papersHeldBack(tx, application, move);
  if (paper === undefined) return;
  const manifest = paper.manifestId === null ? null : await queries.manifestById(tx, paper.manifestId);
  refuse('papers-not-here', {
    barcode: paper.barcode,
    form: paper.form,
    place: paper.place,
    manifest: manifest?.number ?? null,
  });
}
