import type { ManifestRow } from '../../../contract/papers.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { sendsManifest } from '../../../core/applications/manifest-rights.ts';
import { isAtCentre, travelsFrom } from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import { brokeConstraint, type Read } from '../../platform/handles.ts';
import { type Application, applicationById, type CaseContext } from '../applications/index.ts';
import { fits, withManifest } from './manifest.ts';
import * as queries from './queries.ts';

/** Scans a paper in. Throws `paper-elsewhere` with where it is, `paper-not-for` for one that goes another way. */
export async function scanIn(context: CaseContext, asker: Asker, manifestId: string, barcode: string): Promise<void> {
  await withManifest(context, asker, manifestId, sendsManifest, async (tx, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const paper = (await queries.holdPaper(tx, barcode)) ?? refuse('unknown-paper', { barcode });
    if (paper.manifestId === manifestId) return;
    const application = (await applicationById(tx, paper.applicationId)) as Application;
    if (!isHere(manifest, paper, application)) return refuse('paper-elsewhere', await whereabouts(tx, paper));
    if (!fits(manifest, application)) return refuse('paper-not-for', { barcode, number: application.number ?? '' });
    await queries.insertLine(tx, manifestId, paper.paperId).catch((error: unknown) => {
      if (brokeConstraint(error, 'manifest_line_once'))
        return refuse('paper-elsewhere', { barcode, manifest: null, at: null });
      throw error;
    });
    await queries.movePapers(
      tx,
      [paper.paperId],
      { place: 'manifest', manifestId, what: `manifest ${manifest.number}` },
      asker,
      context.now(),
    );
  });
}

/** True when a paper can be where it is scanned; one that was missing turns up at a centre of its application, or at its agency. */
function isHere({ direction, centreId }: ManifestRow, paper: queries.PaperRow, application: Application): boolean {
  if (!travelsFrom(direction, paper.place)) return false;
  if (paper.place === 'missing')
    return direction === 'in' || application.centreId === centreId || application.resultCentreId === centreId;
  return direction === 'in' || isAtCentre(paper, centreId);
}

/** Where a paper is, as the refusal names it. */
async function whereabouts(tx: Read, { barcode, manifestId }: queries.PaperRow) {
  const manifest = manifestId === null ? null : await queries.manifestById(tx, manifestId);
  return { barcode, manifest: manifest?.number ?? null, at: manifest?.sealedAt ?? manifest?.openedAt ?? null };
}

/** Takes a paper out of an open manifest, back to where it was. */
export async function takeOut(context: CaseContext, asker: Asker, manifestId: string, barcode: string): Promise<void> {
  await withManifest(context, asker, manifestId, sendsManifest, async (tx, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const paper = (await queries.holdPaper(tx, barcode)) ?? refuse('unknown-paper', { barcode });
    if (paper.manifestId !== manifestId) return refuse('paper-elsewhere', await whereabouts(tx, paper));
    await queries.deleteLine(tx, manifestId, paper.paperId);
    const back =
      manifest.direction === 'in'
        ? ({ place: 'agency' } as const)
        : { place: 'centre' as const, centreId: manifest.centreId };
    await queries.movePapers(tx, [paper.paperId], { ...back, what: 'taken out' }, asker, context.now());
  });
}
