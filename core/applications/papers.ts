import type { ApplicationState, MoveName } from './life.ts';

/** Where a piece of paper is: in one place at a time. */
export type PaperPlace = 'centre' | 'shelf' | 'manifest' | 'agency' | 'applicant' | 'destroyed' | 'missing';

export type PaperForm = 'original' | 'copy' | 'form' | 'result';

/** A paper as a move of its application looks at it. */
export interface PaperStanding {
  readonly barcode: string;
  readonly form: PaperForm;
  readonly place: PaperPlace;
  readonly centreId: number | null;
}

/** True for a paper that is at this centre. */
export function isAtCentre({ place, centreId }: Pick<PaperStanding, 'place' | 'centreId'>, at: number): boolean {
  return (place === 'centre' || place === 'shelf') && centreId === at;
}

/** What a move asks of the papers of its application: of which, and where they have to be. */
interface PaperRule {
  readonly of: 'result' | 'all';
  readonly at: 'centre-of-issue' | 'manifest';
}

/** The moves that depend on where a paper is. A result that is not on paper holds nothing up. */
const PAPER_RULES: Partial<Readonly<Record<MoveName, PaperRule>>> = {
  'give-result': { of: 'result', at: 'centre-of-issue' },
  'send-result': { of: 'result', at: 'manifest' },
  'move-result': { of: 'result', at: 'manifest' },
  arrive: { of: 'result', at: 'centre-of-issue' },
  issue: { of: 'result', at: 'centre-of-issue' },
  dispose: { of: 'result', at: 'centre-of-issue' },
  'give-papers-back': { of: 'all', at: 'centre-of-issue' },
};

/** Out of anybody’s hands here: such a paper is not waited for. */
const GONE: ReadonlySet<PaperPlace> = new Set(['applicant', 'destroyed']);

/** True for a move that may be held up by a paper. */
export function dependsOnPapers(move: MoveName): boolean {
  return move in PAPER_RULES;
}

/** The papers that hold a move up, for they are not where it needs them; `centreId`: the centre at which the result is given out. */
export function papersInTheWay<Paper extends PaperStanding>(
  move: MoveName,
  papers: readonly Paper[],
  centreId: number,
): Paper[] {
  const rule = PAPER_RULES[move];
  if (rule === undefined) return [];
  return papers.filter((paper) => {
    if (GONE.has(paper.place) || (rule.of === 'result' && paper.form !== 'result')) return false;
    if (rule.at === 'manifest') return paper.place !== 'manifest';
    // What is given back is what is left of it: a lost paper has its act.
    if (rule.of === 'all' && paper.place === 'missing') return false;
    return !isAtCentre(paper, centreId);
  });
}

export type Direction = 'out' | 'in' | 'between';

/** Where papers are before they travel, and the states of applications whose papers travel this way. */
interface Way {
  readonly from: readonly PaperPlace[];
  readonly states: readonly ApplicationState[];
}

const DECIDED = ['decided-positive', 'decided-negative', 'in-transit-to-centre', 'ready'] as const;

/**
 * The ways of papers. Out: what was registered, what was added to it later, and a result that nobody has collected. Back: everything that
 * an agency has. Between centres: results, and papers that are given back. A paper that was missing is scanned where it has turned up.
 */
const WAYS: Readonly<Record<Direction, Way>> = {
  out: { from: ['centre', 'shelf', 'missing'], states: ['registered', 'at-agency', 'closed'] },
  in: {
    from: ['agency', 'missing'],
    states: ['at-agency', 'suspended', 'fix-requested', ...DECIDED, 'issued', 'unclaimed', 'returned', 'withdrawn'],
  },
  between: { from: ['centre', 'shelf', 'missing'], states: [...DECIDED, 'returned', 'withdrawn'] },
};

/** True when papers in such a place travel this way. */
export function travelsFrom(direction: Direction, place: PaperPlace): boolean {
  return WAYS[direction].from.includes(place);
}

/** True when the papers of an application in this state travel this way: an undecided one never goes from centre to centre. */
export function travelsIn(direction: Direction, state: ApplicationState): boolean {
  return WAYS[direction].states.includes(state);
}

/** The check digit of a barcode: every second digit from the right counts three times, as in retail codes. */
function checkDigit(digits: string): number {
  const sum = [...digits]
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

const DIGITS = 11;

/** The barcode of a paper by its number: eleven digits and a check digit, so that a misread one is nobody else’s. */
export function barcodeOf(paperNumber: number): string {
  const digits = String(paperNumber).padStart(DIGITS, '0');
  return `${digits}${checkDigit(digits)}`;
}

/** What became of one paper when a manifest was handed over. */
export type HandOver = 'handed' | 'refused' | 'missing';

/** A paper on a manifest, with what the one who takes it says. */
export interface HandedLine {
  readonly barcode: string;
  readonly applicationId: string;
  readonly outcome: HandOver;
}

/**
 * The applications that a hand-over takes along and those that it does not: an application goes with all its papers or not at all, for one
 * that lacks a sheet would be sent back.
 */
export function applicationsHanded(lines: readonly HandedLine[]): {
  readonly handed: string[];
  readonly notHanded: string[];
} {
  const all = [...new Set(lines.map(({ applicationId }) => applicationId))];
  const short = new Set(lines.filter(({ outcome }) => outcome !== 'handed').map(({ applicationId }) => applicationId));
  return { handed: all.filter((id) => !short.has(id)), notHanded: all.filter((id) => short.has(id)) };
}
