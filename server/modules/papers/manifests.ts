import type pg from 'pg';
import type { Manifest, ManifestRow } from '../../../contract/papers.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { stateAfter } from '../../../core/applications/life.ts';
import { applicationsHanded, type HandOver } from '../../../core/applications/papers.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { brokeConstraint, inTransaction } from '../../platform/transaction.ts';
import { type Application, applicationById, type CaseRoom, makeMove, openTask } from '../applications/index.ts';
import * as store from './store.ts';

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
  const row = (await store.manifestById(room.pool, manifestId)) ?? refuse('unknown-manifest', {});
  if (!(await maySend(room, asker, row)) && !(await mayReceive(room, asker, row))) return refuse('right-elsewhere', {});
  const lines = await store.linesOf(room.pool, manifestId);
  const today = await room.today(row.centreId);
  return { ...row, lines, late: row.direction === 'out' ? lateNumbers(lines, today, row) : [] };
}

/** The applications that will not leave on the day by which they have to. */
function lateNumbers(lines: readonly store.LineRow[], today: CivilDate, { state }: ManifestRow): string[] {
  if (state !== 'open') return [];
  const late = lines.filter(({ dispatchBy }) => dispatchBy !== null && dispatchBy < today);
  return [...new Set(late.flatMap(({ number }) => number ?? []))];
}

/** Does something with a manifest that is held, for whoever may. */
function withManifest<Result>(
  room: CaseRoom,
  asker: Asker,
  manifestId: string,
  may: typeof maySend,
  work: (client: pg.PoolClient, manifest: ManifestRow) => Promise<Result>,
): Promise<Result> {
  return inTransaction(room.pool, async (client) => {
    const manifest = (await store.manifestById(client, manifestId, 'hold')) ?? refuse('unknown-manifest', {});
    return (await may(room, asker, manifest)) ? work(client, manifest) : refuse('right-elsewhere', {});
  });
}

/** Scans a paper in. Throws `paper-elsewhere` with where it is, `paper-not-for` for one that goes another way. */
export async function scanIn(room: CaseRoom, asker: Asker, manifestId: string, barcode: string): Promise<void> {
  await withManifest(room, asker, manifestId, maySend, async (client, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const paper = (await store.paperByBarcode(client, barcode, 'hold')) ?? refuse('unknown-paper', { barcode });
    if (paper.manifestId === manifestId) return;
    const isHere = manifest.direction === 'in' ? paper.place === 'agency' : isAt(paper, manifest.centreId);
    if (!isHere) return refuse('paper-elsewhere', await whereabouts(client, paper));
    const application = (await applicationById(client, paper.applicationId)) as Application;
    if (!fits(manifest, application)) return refuse('paper-not-for', { barcode, number: application.number ?? '' });
    await store.insertLine(client, manifestId, paper.paperId).catch((error: unknown) => {
      if (brokeConstraint(error, 'manifest_line_once'))
        return refuse('paper-elsewhere', { barcode, manifest: null, at: null });
      throw error;
    });
    await store.movePapers(
      client,
      [paper.paperId],
      { place: 'manifest', manifestId, what: `manifest ${manifest.number}` },
      asker,
      room.now(),
    );
  });
}

function isAt({ place, centreId }: store.PaperRow, at: number): boolean {
  return (place === 'centre' || place === 'shelf') && centreId === at;
}

/** True when a paper of an application travels this way now. */
function fits({ direction, agencyId, centreId, toCentreId }: ManifestRow, application: Application): boolean {
  if (direction === 'out')
    return application.agencyId === agencyId && (application.state === 'registered' || application.state === 'closed');
  if (direction === 'in') return application.agencyId === agencyId && application.resultCentreId === centreId;
  return application.resultCentreId === toCentreId;
}

/** Where a paper is, as the refusal names it. */
async function whereabouts(client: pg.PoolClient, { barcode, manifestId }: store.PaperRow) {
  const manifest = manifestId === null ? null : await store.manifestById(client, manifestId);
  return { barcode, manifest: manifest?.number ?? null, at: manifest?.sealedAt ?? manifest?.openedAt ?? null };
}

/** Takes a paper out of an open manifest, back to where it was. */
export async function takeOut(room: CaseRoom, asker: Asker, manifestId: string, barcode: string): Promise<void> {
  await withManifest(room, asker, manifestId, maySend, async (client, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const paper = (await store.paperByBarcode(client, barcode, 'hold')) ?? refuse('unknown-paper', { barcode });
    if (paper.manifestId !== manifestId) return refuse('paper-elsewhere', await whereabouts(client, paper));
    await store.deleteLine(client, manifestId, paper.paperId);
    const back =
      manifest.direction === 'in'
        ? ({ place: 'agency' } as const)
        : { place: 'centre' as const, centreId: manifest.centreId };
    await store.movePapers(client, [paper.paperId], { ...back, what: 'taken out' }, asker, room.now());
  });
}

/** What sealing and handing over a manifest does to the applications in it. */
const MOVES_BY_DIRECTION = {
  out: { sealed: 'dispatch', handed: 'hand-over', short: 'come-back' },
  in: { sealed: 'send-result', handed: 'arrive', short: null },
  between: { sealed: 'move-result', handed: 'arrive', short: null },
} as const;

/** Seals a manifest: its applications are on their way. Throws `papers-left-out` when one goes without all of its papers. */
export async function seal(room: CaseRoom, asker: Asker, manifestId: string, sealNumber: string): Promise<void> {
  await withManifest(room, asker, manifestId, maySend, async (client, manifest) => {
    if (manifest.state !== 'open') return refuse('manifest-not-open', { number: manifest.number });
    const lines = await store.linesOf(client, manifestId);
    if (lines.length === 0) return refuse('manifest-empty', {});
    const applications = await heldApplications(
      client,
      lines.map(({ applicationId }) => applicationId),
    );
    if (manifest.direction === 'out') await mustBeWhole(client, manifest, applications);
    await store.sealManifest(client, manifestId, sealNumber, room.now());
    const { sealed } = MOVES_BY_DIRECTION[manifest.direction];
    for (const application of applications)
      if (stateAfter(application.state, sealed) !== null)
        await makeMove(client, room, application, {
          move: sealed,
          actor: asker,
          details: { manifest: manifest.number },
        });
  });
}

/** All papers of an application that wait at the centre go together. */
async function mustBeWhole(
  client: pg.PoolClient,
  manifest: ManifestRow,
  applications: readonly Application[],
): Promise<void> {
  for (const { applicationId, number } of applications) {
    const left = (await store.papersOf(client, applicationId)).filter((paper) => isAt(paper, manifest.centreId));
    if (left.length > 0)
      refuse('papers-left-out', { number: number ?? '', barcodes: left.map(({ barcode }) => barcode) });
  }
}

/** The applications of these papers, held in the order of their ids. */
async function heldApplications(client: pg.PoolClient, ids: readonly string[]): Promise<Application[]> {
  const held: Application[] = [];
  for (const id of [...new Set(ids)].toSorted()) held.push((await applicationById(client, id, 'hold')) as Application);
  return held;
}

/** What the one who takes over says of one paper. */
interface SaidLine {
  readonly barcode: string;
  readonly outcome: HandOver;
  readonly note?: string;
}

/**
 * Takes a manifest over, paper by paper. Applications that lack none of theirs go on; the others come back with an act, and their clock
 * runs on. Throws `lines-missing` when a paper was passed over in silence.
 */
export async function handOver(
  room: CaseRoom,
  asker: Asker,
  manifestId: string,
  said: readonly SaidLine[],
): Promise<void> {
  await withManifest(room, asker, manifestId, mayReceive, async (client, manifest) => {
    if (manifest.state === 'handed' || manifest.state === 'closed') return;
    if (manifest.state !== 'sealed') return refuse('manifest-not-sealed', { number: manifest.number });
    const lines = await store.linesOf(client, manifestId);
    const byBarcode = new Map(said.map((line) => [line.barcode, line]));
    for (const { barcode } of said)
      if (!lines.some((line) => line.barcode === barcode)) refuse('unknown-paper', { barcode });
    const unsaid = lines.filter(({ barcode }) => !byBarcode.has(barcode)).map(({ barcode }) => barcode);
    if (unsaid.length > 0) return refuse('lines-missing', { barcodes: unsaid });
    const outcomes = lines.map((line) => {
      const { outcome, note = null } = byBarcode.get(line.barcode) as SaidLine;
      return { ...line, outcome, note };
    });
    const { handed, notHanded } = applicationsHanded(outcomes);
    await store.handManifest(client, manifestId, outcomes, notHanded.length === 0, room.now());
    await putDown(client, room, asker, manifest, outcomes, new Set(handed));
    const moves = MOVES_BY_DIRECTION[manifest.direction];
    for (const application of await heldApplications(client, [...handed, ...notHanded])) {
      const move = handed.includes(application.applicationId) ? moves.handed : moves.short;
      if (move === null || stateAfter(application.state, move) === null) continue;
      await makeMove(client, room, application, { move, actor: asker, details: { manifest: manifest.number } });
    }
    await writeActs(client, room, manifest, outcomes);
  });
}

/** Puts the papers of a manifest where they are now: with the one who took them, or back with the one who sent them. */
async function putDown(
  client: pg.PoolClient,
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
  await store.movePapers(client, missing, { place: 'missing', what: what('missing') }, asker, room.now());
  await store.movePapers(client, taken, { ...there, what: what('handed over') }, asker, room.now());
  await store.movePapers(client, returned, { ...back, what: what('came back') }, asker, room.now());
}

/** An act for each application that was not taken over whole: a task for its centre. */
async function writeActs(
  client: pg.PoolClient,
  room: CaseRoom,
  { manifestId, number, centreId }: ManifestRow,
  outcomes: readonly (Pick<store.LineRow, 'barcode' | 'applicationId' | 'note'> & { readonly outcome: HandOver })[],
): Promise<void> {
  const short = outcomes.filter(({ outcome }) => outcome !== 'handed');
  for (const applicationId of new Set(short.map((line) => line.applicationId))) {
    const application = (await applicationById(client, applicationId)) as Application;
    const papers = short
      .filter((line) => line.applicationId === applicationId)
      .map(({ barcode, outcome, note }) => ({ barcode, outcome, note }));
    const details = { manifest: number, papers };
    await openTask(client, { kind: 'discrepancy', application, centreId, manifestId, details }, room.now());
  }
}
