import type { Manifest, ManifestRow } from '../../../contract/papers.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type MoveName, stateAfter } from '../../../core/applications/life.ts';
import {
  applicationsHanded,
  type HandOver,
  isAtCentre,
  travelsFrom,
  travelsIn,
} from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { brokeConstraint, type Read, type Write } from '../../platform/handles.ts';
import { onceFor } from '../../platform/commands.ts';
import {
  type Application,
  applicationById,
  type CaseRoom,
  holdApplication,
  makeMove,
  openTask,
  settleTasks,
} from '../applications/index.ts';
import { papersHeldBack } from './held-back.ts';
import * as queries from './queries.ts';

/** True when the asker may fill and seal a manifest: the one who sends it. */
async function maySend({ may }: CaseRoom, asker: Asker, manifest: ManifestRow): Promise<boolean> {
  const { direction, agencyId, centreId } = manifest;
  if (direction === 'in' && agencyId !== null && (await may(asker, 'decide-applications', { agencyId }))) return true;
  return may(asker, 'carry-papers', { centreId });
}

/** True when the asker may take it over: the one to whom it goes. */
async function mayReceive({ may }: CaseRoom, asker: Asker, manifest: ManifestRow): Promise<boolean> {
  const { direction, agencyId, centreId, toCentreId } = manifest;
  if (direction === 'out') return may(asker, 'decide-applications', { agencyId: agencyId as string });
  return may(asker, 'carry-papers', { centreId: direction === 'in' ? centreId : (toCentreId as number) });
}

/** A manifest with its papers, for its two ends. Throws `unknown-manifest`. */
export async function manifestFor(room: CaseRoom, asker: Asker, manifestId: string): Promise<Manifest> {
  const row = (await room.db.read((tx) => queries.manifestById(tx, manifestId))) ?? refuse('unknown-manifest', {});
  if (!(await maySend(room, asker, row)) && !(await mayReceive(room, asker, row))) return refuse('right-elsewhere', {});
  const lines = await room.db.read((tx) => queries.linesOf(tx, manifestId));
  const today = await room.today(row.centreId);
  return { ...row, lines, late: row.direction === 'out' ? lateNumbers(lines, today, row) : [] };
}

/** The applications that will not leave on the day by which they have to. */
function lateNumbers(lines: readonly queries.LineRow[], today: CivilDate, { state }: ManifestRow): string[] {
  if (state !== 'open') return [];
  const late = lines.filter(({ dispatchBy }) => dispatchBy !== null && dispatchBy < today);
  return [...new Set(late.flatMap(({ number }) => number ?? []))];
}

/** Does something with a locked manifest, for a caller who may. */
function withManifest<Result>(
  room: CaseRoom,
  asker: Asker,
  manifestId: string,
  may: typeof maySend,
  work: (tx: Write, manifest: ManifestRow) => Promise<Result>,
): Promise<Result> {
  return room.db.write(async (tx) => {
    const manifest = (await queries.holdManifest(tx, manifestId)) ?? refuse('unknown-manifest', {});
    return (await may(room, asker, manifest)) ? work(tx, manifest) : refuse('right-elsewhere', {});
  });
}

/** Scans a paper in. Throws `paper-elsewhere` with where it is, `paper-not-for` for one that goes another way. */
export async function scanIn(room: CaseRoom, asker: Asker, manifestId: string, barcode: string): Promise<void> {
  await withManifest(room, asker, manifestId, maySend, async (tx, manifest) => {
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
      room.now(),
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

/** True when a paper of an application travels this way now. */
function fits({ direction, agencyId, centreId, toCentreId }: ManifestRow, application: Application): boolean {
  if (!travelsIn(direction, application.state)) return false;
  if (direction === 'between') return application.resultCentreId === toCentreId;
  return application.agencyId === agencyId && (direction === 'out' || application.resultCentreId === centreId);
}

/** Where a paper is, as the refusal names it. */
async function whereabouts(tx: Read, { barcode, manifestId }: queries.PaperRow) {
  const manifest = manifestId === null ? null : await queries.manifestById(tx, manifestId);
  return { barcode, manifest: manifest?.number ?? null, at: manifest?.sealedAt ?? manifest?.openedAt ?? null };
}

/** Takes a paper out of an open manifest, back to where it was. */
export async function takeOut(room: CaseRoom, asker: Asker, manifestId: string, barcode: string): Promise<void> {
  await withManifest(room, asker, manifestId, maySend, async (tx, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const paper = (await queries.holdPaper(tx, barcode)) ?? refuse('unknown-paper', { barcode });
    if (paper.manifestId !== manifestId) return refuse('paper-elsewhere', await whereabouts(tx, paper));
    await queries.deleteLine(tx, manifestId, paper.paperId);
    const back =
      manifest.direction === 'in'
        ? ({ place: 'agency' } as const)
        : { place: 'centre' as const, centreId: manifest.centreId };
    await queries.movePapers(tx, [paper.paperId], { ...back, what: 'taken out' }, asker, room.now());
  });
}

/** What sealing and handing over a manifest does to the applications in it. */
const MOVES_BY_DIRECTION = {
  out: { sealed: 'dispatch', handed: 'hand-over', short: 'come-back' },
  in: { sealed: 'send-result', handed: 'arrive', short: null },
  between: { sealed: 'move-result', handed: 'arrive', short: null },
} as const;

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
export async function seal(room: CaseRoom, asker: Asker, manifestId: string, said: Sealing): Promise<void> {
  await withManifest(room, asker, manifestId, maySend, async (tx, manifest) => {
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
    await queries.sealManifest(tx, manifestId, { seal: said.seal, by: asker.id }, room.now());
    const { sealed } = MOVES_BY_DIRECTION[manifest.direction];
    for (const application of applications) {
      if (!(await canMove(tx, application, sealed))) continue;
      const without = lost.get(application.applicationId);
      await makeMove(tx, room, application, {
        move: sealed,
        actor: asker,
        details: { manifest: manifest.number, ...(without === undefined ? {} : { without }) },
      });
    }
  });
}

/** True when an application can move on: its state allows it, and no paper of it is elsewhere. */
async function canMove(tx: Read, application: Application, move: MoveName): Promise<boolean> {
  return stateAfter(application.state, move) !== null && (await papersHeldBack(tx, application, move)).length === 0;
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

/** The applications of these papers, held in the order of their ids. */
async function heldApplications(tx: Write, ids: readonly string[]): Promise<Application[]> {
  const held: Application[] = [];
  for (const id of [...new Set(ids)].toSorted()) held.push((await holdApplication(tx, id)) as Application);
  return held;
}

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
export async function handOver(room: CaseRoom, asker: Asker, manifestId: string, said: HandingOver): Promise<void> {
  const { commandId, ...body } = said;
  const { number, outcome } = await withManifest(room, asker, manifestId, mayReceive, async (tx, manifest) => {
    const work = async () => {
      if (manifest.state !== 'handed' && manifest.state !== 'closed') {
        await takeOver(tx, room, asker, manifest, said.lines);
        return manifestId;
      }
      await noteContradiction(tx, room, manifest, said.lines);
      return TOO_LATE;
    };
    const command = { commandId, action: `hand-over manifest ${manifestId}`, body };
    return { number: manifest.number, outcome: await onceFor(tx, room, command, work) };
  });
  // Refused only now: the different report is recorded all the same.
  if (outcome === TOO_LATE) refuse('manifest-taken-over', { number });
}

/** What a command came to that found its manifest taken over. */
const TOO_LATE = 'too late';

/** A second report on papers that were already taken over, where it differs from the first: a person has to look into it. */
async function noteContradiction(
  tx: Write,
  room: CaseRoom,
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
    await openTask(tx, { kind: 'discrepancy', application, centreId, manifestId, details }, room.now());
  }
}

/** Takes a manifest over that is on its way. */
async function takeOver(
  tx: Write,
  room: CaseRoom,
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
  await queries.handManifest(tx, manifestId, outcomes, notHanded.length === 0, room.now());
  await putDown(tx, room, asker, manifest, outcomes, new Set(handed));
  const moves = MOVES_BY_DIRECTION[manifest.direction];
  for (const application of await heldApplications(tx, [...handed, ...notHanded])) {
    const { applicationId } = application;
    const move = handed.includes(applicationId) ? moves.handed : moves.short;
    if (move !== null && (await canMove(tx, application, move)))
      await makeMove(tx, room, application, { move, actor: asker, details: { manifest: manifest.number } });
    const isWhole = (await queries.papersOf(tx, applicationId)).every(({ place }) => place !== 'missing');
    if (handed.includes(applicationId) && isWhole) await settleTasks(tx, 'discrepancy', applicationId, room.now());
  }
  await writeActs(tx, room, manifest, outcomes);
}

/** Puts the papers of a manifest where they are now: with the one who took them, or back with the one who sent them. */
async function putDown(
  tx: Write,
  room: CaseRoom,
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
  await queries.movePapers(tx, missing, { place: 'missing', what: what('missing') }, asker, room.now());
  await queries.movePapers(tx, taken, { ...there, what: what('handed over') }, asker, room.now());
  await queries.movePapers(tx, returned, { ...back, what: what('came back') }, asker, room.now());
}

/** An act for each application that was not taken over whole: a task for its centre. */
async function writeActs(
  tx: Write,
  room: CaseRoom,
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
    await openTask(tx, { kind: 'discrepancy', application, centreId, manifestId, details }, room.now());
  }
}
