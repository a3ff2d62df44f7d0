import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { isAtCentre } from '../../../core/applications/papers.ts';
import type { Read, Write } from '../../platform/handles.ts';
import {
  type Application,
  type CaseContext,
  correctedSince,
  evidenceOf,
  isOnPaper,
  type Moved,
} from '../applications/index.ts';
import * as queries from './queries.ts';

/** Papers come into being at the registration and with a decision, and go out of our hands when they are given out. */
export async function onApplicationMoved(tx: Write, context: CaseContext, moved: Moved): Promise<void> {
  const { after, action } = moved;
  const { applicationId } = after;
  switch (action.move) {
    case 'register':
      return queries.insertPapers(tx, await papersTakenIn(tx, moved), action.actor, context.now());
    case 'fix':
      return queries.insertPapers(tx, await papersAdded(tx, moved), action.actor, context.now());
    case 'decide-positive':
    case 'decide-negative':
      return queries.insertPapers(tx, resultPapers(moved), action.actor, context.now());
    case 'issue':
    case 'give-papers-back':
      return giveOut(tx, applicationId, 'applicant', context.now(), moved);
    case 'dispose':
      return moved.variant.results.find(({ positive }) => positive === !after.refused)?.unclaimed === 'destroy'
        ? giveOut(tx, applicationId, 'destroyed', context.now(), moved)
        : undefined;
    default:
  }
}

/** What goes to an agency that works on paper: the form, copies, and originals; elsewhere only the originals that were kept. */
async function papersTakenIn(
  tx: Read,
  { after }: Moved,
  only: ReadonlySet<string> | null = null,
): Promise<queries.NewPaper[]> {
  const { applicationId, centreId, agencyId } = after;
  const goesOnPaper = agencyId !== null && (await isOnPaper(tx, agencyId));
  const here = { applicationId, place: 'centre', centreId } as const;
  const evidence = (await evidenceOf(tx, applicationId)).filter(({ kind }) => only === null || only.has(kind));
  const originals = evidence
    .filter(({ seen }) => seen === 'original-kept')
    .map(({ kind, sheets }) => ({ ...here, kind, form: 'original' as const, sheets: Math.max(1, sheets) }));
  if (!goesOnPaper) return originals;
  const copies = evidence
    .filter(({ copies: count }) => count > 0)
    .map(({ kind, sheets, copies: count }) => ({
      ...here,
      kind,
      form: 'copy' as const,
      sheets: Math.max(1, sheets * count),
    }));
  const form = { ...here, kind: 'application', form: 'form', sheets: 1 } as const;
  return [...(only === null || only.has(ANSWERS) ? [form] : []), ...originals, ...copies];
}

/** Stands for the form among what was corrected. */
const ANSWERS = 'the answers';

/** The papers that a correction adds: of documents that were given again, and the form when an answer is another one. */
async function papersAdded(tx: Read, moved: Moved): Promise<queries.NewPaper[]> {
  const corrected = await correctedSince(tx, moved.after.applicationId, 'ask-fix');
  const { fields, documents } = corrected;
  return papersTakenIn(tx, moved, new Set([...documents, ...(fields.length > 0 ? [ANSWERS] : [])]));
}

/** The result on paper, where it is made: at the agency, or at the centre itself. */
function resultPapers({ after, variant }: Moved): queries.NewPaper[] {
  const { applicationId, centreId, refused } = after;
  const result = variant.results.find(({ positive }) => positive === !refused);
  if ((result?.form ?? 'paper') === 'electronic') return [];
  const paper = { applicationId, kind: 'result', form: 'result', sheets: 1 } as const;
  return [
    travels(after, variant) ? { ...paper, place: 'agency', centreId: null } : { ...paper, place: 'centre', centreId },
  ];
}

async function giveOut(
  tx: Write,
  applicationId: string,
  place: 'applicant' | 'destroyed',
  now: number,
  moved: Moved,
): Promise<void> {
  const at = moved.after.resultCentreId ?? moved.after.centreId;
  const here = (await queries.papersOf(tx, applicationId)).filter((paper) => isAtCentre(paper, at));
  await queries.movePapers(
    tx,
    here.map(({ paperId }) => paperId),
    { place, what: moved.action.move },
    moved.action.actor,
    now,
  );
}

/** The papers of an application as it shows them. */
export async function shownPapers(tx: Read, applicationId: string): Promise<ApplicationFile['papers']> {
  const papers = await queries.papersOf(tx, applicationId);
  return papers.map(({ barcode, kind, form, sheets, place, cell, centreId }) => ({
    barcode,
    kind,
    form,
    sheets,
    place,
    where: [centreId, cell].filter((part) => part !== null).join(' · '),
  }));
}

/** True when the result of an application has to travel: it is on paper, an agency makes it, and nobody waits for it at the window. */
function travels({ agencyId, refused }: Application, { results, term }: Moved['variant']): boolean {
  const form = results.find(({ positive }) => positive === !refused)?.form ?? 'paper';
  return agencyId !== null && form !== 'electronic' && term?.unit !== 'same-visit';
}
