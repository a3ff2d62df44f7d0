import type { ManifestRow } from '../../../contract/papers.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { receivesManifest } from '../../../core/applications/manifest-rights.ts';
import { applicationsHanded, type HandOver } from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Write } from '../../platform/handles.ts';
import {
  type Application,
  applicationById,
  type CaseContext,
  makeMove,
  openTask,
  settleTasks,
} from '../applications/index.ts';
import { canMove, heldApplications, MOVES_BY_DIRECTION, withManifest } from './manifest.ts';
import * as queries from './queries.ts';

/** What the one who takes over says of one paper. */
interface SaidLine {
  readonly barcode: string;
  readonly outcome: HandOver;
  readonly note?: string;
}

/** What the one who takes a manifest over sends. */
export interface HandingOver {
  readonly commandId: string;
  readonly lines: readonly SaidLine[];
}

/**
 * Takes a manifest over, paper by paper. Applications that lack none of theirs go on; the others come back with an act, and their clock
 * runs on. The same command does it once; a different report on a manifest that was taken over is refused, and the centre has to
 * look into it. Throws `lines-missing` when a paper was passed over in silence, `manifest-taken-over`, `sealed-by-you`, `command-conflict`.
 */
export async function handOverManifest(
  context: CaseContext,
  asker: Asker,
  manifestId: string,
  said: HandingOver,
): Promise<void> {
  const { commandId, ...body } = said;
  const { number, outcome } = await withManifest(context, asker, manifestId, receivesManifest, async (tx, manifest) => {
    const work = async () => {
      if (manifest.state !== 'handed' && manifest.state !== 'closed') {
        await takeOver(tx, context, asker, manifest, said.lines);
        return manifestId;
      }
      await noteContradiction(tx, context, manifest, said.lines);
      return TOO_LATE;
    };
    const command = { commandId, action: `hand-over manifest ${manifestId}`, body };
    return { number: manifest.number, outcome: await onceFor(tx, context, command, work) };
  });
  // Refused only now: the different report is recorded all the same.
  if (outcome === TOO_LATE) refuse('manifest-taken-over', { number });
}

/** What a command came to that found its manifest taken over. */
const TOO_LATE = 'too late';

/** A second report on papers that were already taken over, where it differs from the first: a person has to look into it. */
async function noteContradiction(
  tx: Write,
  context: CaseContext,
  { manifestId, number, centreId }: ManifestRow,
  said: readonly SaidLine[],
): Promise<void> {
  const lines = new Map((await queries.linesOf(tx, manifestId)).map((line) => [line.barcode, line]));
  const differs = said.filter(({ barcode, outcome }) => lines.get(barcode) && lines.get(barcode)?.outcome !== outcome);
  for (const id of new Set(differs.map(({ barcode }) => (lines.get(barcode) as queries.LineRow).applicationId))) {
    const application = (await applicationById(tx, id)) as Application;
    const papers = differs
      .filter(({ barcode }) => lines.get(barcode)?.applicationId === id)
      .map(({ barcode, outcome, note = null }) => ({ barcode, outcome, note }));
    const details = { manifest: number, saidTwice: true, papers };
    await openTask(tx, { kind: 'discrepancy', application, centreId, manifestId, details }, context.now());
  }
}

/** Takes a manifest over that is on its way. */
async function takeOver(
  tx: Write,
  context: CaseContext,
  asker: Asker,
  manifest: ManifestRow,
  said: readonly SaidLine[],
): Promise<void> {
  const { manifestId } = manifest;
  if (manifest.state !== 'sealed') return refuse('manifest-not-sealed', { number: manifest.number });
  if (asker.id !== null && asker.id === (await queries.sealerOf(tx, manifestId))) return refuse('sealed-by-you', {});
  const lines = await queries.linesOf(tx, manifestId);
  const byBarcode = new Map(said.map((line) => [line.barcode, line]));
  for (const { barcode } of said)
    if (!lines.some((line) => line.barcode === barcode)) refuse('unknown-paper', { barcode });
  if (byBarcode.size < said.length) return refuse('lines-twice', {});
  const unsaid = lines.filter(({ barcode }) => !byBarcode.has(barcode)).map(({ barcode }) => barcode);
  if (unsaid.length > 0) return refuse('lines-missing', { barcodes: unsaid });
  const outcomes = lines.map((line) => {
    const { outcome, note = null } = byBarcode.get(line.barcode) as SaidLine;
    return { ...line, outcome, note };
  });
  const { handed, notHanded } = applicationsHanded(outcomes);
  await queries.handManifest(tx, manifestId, outcomes, notHanded.length === 0, context.now());
  await putDown(tx, context, asker, manifest, outcomes, new Set(handed));
  const moves = MOVES_BY_DIRECTION[manifest.direction];
  for (const application of await heldApplications(tx, [...handed, ...notHanded])) {
    const { applicationId } = application;
    const move = handed.includes(applicationId) ? moves.handed : moves.short;
    if (move !== null && (await canMove(tx, application, move)))
      await makeMove(tx, context, application, { move, actor: asker, details: { manifest: manifest.number } });
    const isWhole = (await queries.papersOf(tx, applicationId)).every(({ place }) => place !== 'missing');
    if (handed.includes(applicationId) && isWhole) await settleTasks(tx, 'discrepancy', applicationId, context.now());
  }
  await writeActs(tx, context, manifest, outcomes);
}

/** Puts the papers of a manifest where they are now: with the one who took them, or back with the one who sent them. */
async function putDown(
  tx: Write,
  context: CaseContext,
  asker: Asker,
  { number, direction, centreId, toCentreId }: ManifestRow,
  outcomes: readonly { readonly paperId: string; readonly applicationId: string; readonly outcome: HandOver }[],
  handed: ReadonlySet<string>,
): Promise<void> {
  const agency = { place: 'agency' } as const;
  const centre = { place: 'centre', centreId } as const;
  const there =
    direction === 'out' ? agency : direction === 'in' ? centre : { place: 'centre' as const, centreId: toCentreId };
  const back = direction === 'in' ? agency : centre;
  const ids = (isOne: (line: (typeof outcomes)[number]) => boolean) =>
    outcomes.filter(isOne).map(({ paperId }) => paperId);
  const missing = ids(({ outcome }) => outcome === 'missing');
  const taken = ids(({ outcome, applicationId }) => outcome !== 'missing' && handed.has(applicationId));
  const returned = ids(({ outcome, applicationId }) => outcome !== 'missing' && !handed.has(applicationId));
  const what = (words: string) => `${words}, manifest ${number}`;
  await queries.movePapers(tx, missing, { place: 'missing', what: what('missing') }, asker, context.now());
  await queries.movePapers(tx, taken, { ...there, what: what('handed over') }, asker, context.now());
  await queries.movePapers(tx, returned, { ...back, what: what('came back') }, asker, context.now());
}

/** An act for each application that was not taken over whole: a task for its centre. */
async function writeActs(
  tx: Write,
  context: CaseContext,
  { manifestId, number, centreId }: ManifestRow,
  outcomes: readonly (Pick<queries.LineRow, 'barcode' | 'applicationId' | 'note'> & { readonly outcome: HandOver })[],
): Promise<void> {
  const short = outcomes.filter(({ outcome }) => outcome !== 'handed');
  for (const applicationId of new Set(short.map((line) => line.applicationId))) {
    const application = (await applicationById(tx, applicationId)) as Application;
    const papers = short
      .filter((line) => line.applicationId === applicationId)
      .map(({ barcode, outcome, note }) => ({ barcode, outcome, note }));
    const details = { manifest: number, papers };
    await openTask(tx, { kind: 'discrepancy', application, centreId, manifestId, details }, context.now());
  }
}
