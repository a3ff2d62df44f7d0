import type { ManifestRow } from '../../../contract/papers.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { sendsManifest } from '../../../core/applications/manifest-rights.ts';
import { isAtCentre } from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import { type Application, type CaseContext, makeMove } from '../applications/index.ts';
import { canMove, fits, heldApplications, MOVES_BY_DIRECTION, withManifest } from './manifest.ts';
import * as queries from './queries.ts';

/** What the one who seals a manifest says. */
export interface Sealing {
  readonly seal: string;
  /** True: applications go although papers of theirs are missing. */
  readonly withoutMissing?: boolean;
}

/**
 * Seals a manifest: its applications are on their way. Throws `papers-left-out` when one goes without all of its papers that are here,
 * `papers-missing` when one goes without a lost one and nobody has said that it may, `paper-not-for` when one does not go this way any more.
 */
export async function sealManifest(
  context: CaseContext,
  asker: Asker,
  manifestId: string,
  said: Sealing,
): Promise<void> {
  await withManifest(context, asker, manifestId, sendsManifest, async (tx, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const lines = await queries.linesOf(tx, manifestId);
    if (lines.length === 0) return refuse('manifest-empty', {});
    const applications = await heldApplications(
      tx,
      lines.map(({ applicationId }) => applicationId),
    );
    for (const application of applications) {
      const { barcode } = lines.find((line) => line.applicationId === application.applicationId) as queries.LineRow;
      if (!fits(manifest, application)) refuse('paper-not-for', { barcode, number: application.number ?? '' });
    }
    const lost =
      manifest.direction === 'out' ? await mustBeWhole(tx, manifest, applications, said) : new Map<string, never>();
    await queries.sealManifest(tx, manifestId, { seal: said.seal, by: asker.id }, context.now());
    const { sealed } = MOVES_BY_DIRECTION[manifest.direction];
    for (const application of applications) {
      if (!(await canMove(tx, application, sealed))) continue;
      const without = lost.get(application.applicationId);
      await makeMove(tx, context, application, {
        move: sealed,
        actor: asker,
        details: { manifest: manifest.number, ...(without === undefined ? {} : { without }) },
      });
    }
  });
}

/** All papers of an application go together; gives the lost ones without which it is to go all the same. */
async function mustBeWhole(
  tx: Read,
  manifest: ManifestRow,
  applications: readonly Application[],
  { withoutMissing = false }: Sealing,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const without = new Map<string, readonly string[]>();
  for (const { applicationId, number } of applications) {
    const papers = await queries.papersOf(tx, applicationId);
    const left = papers.filter((paper) => isAtCentre(paper, manifest.centreId)).map(({ barcode }) => barcode);
    if (left.length > 0) refuse('papers-left-out', { number: number ?? '', barcodes: left });
    const lost = papers.filter(({ place }) => place === 'missing').map(({ barcode }) => barcode);
    if (lost.length === 0) continue;
    if (!withoutMissing) refuse('papers-missing', { number: number ?? '', barcodes: lost });
    without.set(applicationId, lost);
  }
  return without;
}
