/** Where a piece of paper is: in one place at a time. */
export type PaperPlace = 'centre' | 'shelf' | 'manifest' | 'agency' | 'applicant' | 'destroyed' | 'missing';

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
